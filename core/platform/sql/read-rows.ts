import { setImmediate } from 'node:timers/promises';
import type { Engine, Identity, Tx } from '#db/engine/types.ts';
import { checked } from '#shared/contract/invalid-input.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { textSchema } from '#shared/values.ts';

const rowsPerBatch = 1_000;

/**
 * Runs one query that a person wrote, in a read-only transaction under their own rights: it sees what they may see and
 * changes nothing.
 *
 * A cursor takes only a query: anything else (and a second statement) is refused by the database itself. `EXPLAIN` and
 * `SHOW` are no queries in that sense and run as they are.
 *
 * @param onRows takes each batch in turn; the next is fetched when it is done, so a result of any size fits in memory
 * @throws SatchelError `invalid` when the database refuses the statement
 */
export async function readRows(
  engine: Engine,
  identity: Identity,
  statement: string,
  options: { signal: AbortSignal; onRows: (rows: readonly object[]) => Promise<void> },
): Promise<void> {
  const query = checked(textSchema, statement).replace(leadingComments, '').replace(/;\s*$/, '');
  if (query === '') throw new SatchelError('invalid', say`Write a query, e.g. "SELECT name FROM accounts".`);
  if (commands.test(query)) throw onlyReads();
  const { signal, onRows } = options;
  await engine.transaction({ as: identity, readOnly: true, label: 'sql', signal }, async (tx) => {
    if (/^(explain|show)\b/i.test(query)) return onRows(await ask(tx, query));
    await ask(tx, `DECLARE result NO SCROLL CURSOR FOR ${query}`);
    for (;;) {
      const rows = await ask(tx, `FETCH ${rowsPerBatch} FROM result`);
      if (rows.length > 0) await onRows(rows);
      if (rows.length < rowsPerBatch) return undefined;
      // The database answers without a turn of the event loop, in which Ctrl+C would be noticed.
      await setImmediate();
    }
  });
}

const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/** What the database would refuse as a mistake in the writing, since a cursor takes only a query. */
const commands =
  /^(?:insert|update|delete|merge|truncate|create|alter|drop|grant|revoke|comment|copy|vacuum|analy[sz]e|reindex|cluster|refresh|do|call|set|reset|begin|start|commit|end|rollback|abort|savepoint|lock|import|security)\b/i;

/** What PostgreSQL says of a statement that writes within a query; it has no state of its own for it. */
const writesWithin = /data-modifying statements/;
const readOnlyTransaction = '25006';

function onlyReads(cause?: unknown): SatchelError {
  return new SatchelError(
    'invalid',
    say`A query here only reads: write one SELECT. Records are changed in the app, or by an import.`,
    { cause },
  );
}

/** The statement is the person's own, so what the database has to say against it is theirs to read. */
async function ask(tx: Tx, statement: string): Promise<object[]> {
  try {
    return await tx.query(statement);
  } catch (error) {
    if (!(error instanceof SatchelError)) throw error;
    // What is no report of the database was said by the engine itself.
    if (!(error.cause instanceof Error)) throw error;
    const said = error.cause.message;
    if (error.details['sqlState'] === readOnlyTransaction || writesWithin.test(said)) throw onlyReads(error);
    throw error.code === 'busy' || error.code === 'corrupt'
      ? error
      : new SatchelError('invalid', say`The database refuses that query: ${said}.`, { cause: error });
  }
}
