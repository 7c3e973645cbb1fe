/** Where the engine reports. Structured facts first, then a sentence; never the values of records. */
export interface EngineLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export const silentLog: EngineLog = { info: () => {}, warn: () => {}, error: () => {} };
