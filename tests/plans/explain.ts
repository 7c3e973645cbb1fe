import { z } from 'zod';
import type { SqlValue, Tx } from '#db/engine/types.ts';
import type { RecordedStatement } from '../support/recording-engine.ts';

/** One place where a plan reads a table or an index. */
export interface Scan {
  readonly node: string;
  readonly table: string;
  readonly index: string | null;
  /** Rows looked at, those that a condition then dropped included. */
  readonly rows: number;
}

export interface Explained {
  readonly sql: string;
  readonly scans: readonly Scan[];
  readonly milliseconds: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Index Name'?: string | undefined;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number | undefined;
  readonly 'Rows Removed by Index Recheck'?: number | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const planNodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    'Rows Removed by Index Recheck': z.number().optional(),
    Plans: z.array(planNodeSchema).optional(),
  }),
);
const explainSchema = z.tuple([z.object({ Plan: planNodeSchema, 'Execution Time': z.number() })]);

/**
 * Runs the statement under EXPLAIN ANALYZE in its own transaction, so under the same role, settings and parameters, and by
 * the plan that the engine would use: the one for any parameters, or one for these.
 */
export async function explain(tx: Tx, { sql, params, plan: kind }: RecordedStatement): Promise<Explained> {
  const mode = kind === 'kept' ? 'force_generic_plan' : 'force_custom_plan';
  const values = params.length > 0 ? `(${params.map(literal).join(', ')})` : '';
  await tx.script(`SET LOCAL plan_cache_mode = ${mode}; PREPARE explained AS ${sql}`);
  const [row] = await tx.query<{ 'QUERY PLAN': unknown }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE explained${values}`,
  );
  await tx.script('DEALLOCATE explained; SET LOCAL plan_cache_mode = force_generic_plan');
  const [{ Plan: plan, 'Execution Time': milliseconds }] = explainSchema.parse(row?.['QUERY PLAN']);
  return { sql, scans: [...scansOf(plan)], milliseconds };
}

/** A parameter as the text of an EXECUTE, of the type that the statement gives it. */
function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  const text = Array.isArray(value)
    ? `{${value.map((part) => JSON.stringify(String(part))).join(',')}}`
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

function* scansOf(node: PlanNode): Generator<Scan> {
  const rows =
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0)) *
    node['Actual Loops'];
  const table = node['Relation Name'];
  const index = node['Index Name'] ?? null;
  // What run-time pruning left out was never executed and is no scan.
  if ((table !== undefined || index !== null) && node['Actual Loops'] > 0) {
    yield { node: node['Node Type'], table: table ?? '', index, rows };
  }
  for (const child of node.Plans ?? []) yield* scansOf(child);
}
