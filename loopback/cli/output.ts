import { once } from 'node:events';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/** Where a command's words go: results to stdout, everything else to stderr, so that output can be piped. */
export interface Output {
  readonly isJson: boolean;
  /** The result: one JSON document with `--json`, else what `lines` says. */
  result(document: unknown, lines: () => readonly string[]): void;
  /** A word on the way, for a person only. */
  note(line: string): void;
  /** What is being done, in place; shown only on a terminal. Without a text it is cleared. */
  progress(text?: string): void;
}

let hasPrinted = false;

/** Prints a part of the result; resolves when the reader can take more. */
export async function print(text: string): Promise<void> {
  hasPrinted = true;
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export function terminalOutput(options: { json: boolean }): Output {
  const showsProgress = process.stderr.isTTY && !options.json;
  return {
    isJson: options.json,
    result(document, lines) {
      hasPrinted = true;
      process.stdout.write(
        options.json
          ? `${toJson(document)}\n`
          : lines()
              .map((line) => `${printable(line)}\n`)
              .join(''),
      );
    },
    note(line) {
      if (!options.json) process.stderr.write(`${printable(line)}\n`);
    },
    progress(text = '') {
      if (showsProgress) process.stderr.write(`\r\u001b[K${text}`);
    },
  };
}

/**
 * JSON that any reader takes: a bigint becomes a number where that is exact, else its digits as text; bytes become
 * hexadecimal as PostgreSQL writes them. Not a number and the infinities are texts, as PostgreSQL writes them too.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return Number.isSafeInteger(Number(item)) ? Number(item) : item.toString();
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
    if (item instanceof Uint8Array) return `\\x${Buffer.from(item).toString('hex')}`;
    return item;
  });
}

/** Without control characters: names that came in with a file may hold sequences that a terminal obeys. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, ' ');
}

/**
 * Ends a failed command: one line for a person on stderr and, with `--json`, a document on stdout; not where part of a
 * result is there already: that is left cut off, so that no reader takes it for whole.
 */
export function reportFailure(error: unknown, options: { json: boolean }): void {
  const known =
    error instanceof SatchelError
      ? error
      : (forbiddenFile(error) ??
        new SatchelError('internal', say`Something went wrong inside Satchel: ${describe(error)}`));
  if (options.json && !hasPrinted) {
    const { code, message, details } = known;
    process.stdout.write(`${toJson({ error: { code, message, details } })}\n`);
  }
  process.stderr.write(`satchel: ${printable(known.message.replaceAll(/\s*\n\s*/g, ' '))}\n`);
}

/** A file that the person named, and the system does not give to them. */
function forbiddenFile(error: unknown): SatchelError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  if (error.code !== 'EACCES' && error.code !== 'EPERM') return undefined;
  return new SatchelError('invalid', say`Your user has no right to use ${String(error.path)}.`, {
    cause: error,
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
