import type { Engine, PlanKind, SqlValue, TransactionOptions, Tx } from '#db/engine/types.ts';

export interface RecordedStatement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  readonly plan: PlanKind;
}

/** What is told of each statement that returns rows, before it runs, with the transaction it runs in. */
export type StatementListener = (statement: RecordedStatement, tx: Tx) => Promise<void>;

/** The same engine, with every statement of its transactions shown to a listener first. */
export function recordingEngine(engine: Engine, listener: StatementListener): Engine {
  const watch = (tx: Tx): Tx => ({
    rows: async (row, sql, params = [], plan = 'kept') => {
      await listener({ sql, params, plan }, tx);
      return tx.rows(row, sql, params, plan);
    },
    query: async <Row extends object>(
      sql: string,
      params: readonly SqlValue[] = [],
      plan: PlanKind = 'kept',
    ) => {
      await listener({ sql, params, plan }, tx);
      return tx.query<Row>(sql, params, plan);
    },
    execute: async (sql, params = []) => {
      await listener({ sql, params, plan: 'kept' }, tx);
      return tx.execute(sql, params);
    },
    script: (sql) => tx.script(sql),
    copyIn: (target, data, format) => tx.copyIn(target, data, format),
  });
  return {
    transaction: <T>(options: TransactionOptions, work: (tx: Tx) => Promise<T>) =>
      engine.transaction(options, (tx) => work(watch(tx))),
    get quietMilliseconds() {
      return engine.quietMilliseconds;
    },
    pause: (milliseconds, signal) => engine.pause(milliseconds, signal),
    whenIdle: (task) => engine.whenIdle(task),
    onTablesChanged: (changed) => engine.onTablesChanged(changed),
    close: () => engine.close(),
  };
}
