import { z } from 'zod';
import type { Tx } from '#db/engine/types.ts';
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

/** Runs the statement under EXPLAIN ANALYZE in its own transaction, so under the same role, settings and parameters. */
export async function explain(tx: Tx, { sql, params }: RecordedStatement): Promise<Explained> {
  const [row] = await tx.query<{ 'QUERY PLAN': unknown }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, params);
  const [{ Plan: plan, 'Execution Time': milliseconds }] = explainSchema.parse(row?.['QUERY PLAN']);
  return { sql, scans: [...scansOf(plan)], milliseconds };
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
