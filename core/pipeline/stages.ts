import type { Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { StageSetting } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { queryRows } from '../data/statement.ts';
import { firstStages } from '../objects/opportunities/first-stages.ts';

/** The names that a new workspace is given; where they stand unchanged, the interface uses its own language's. */
export const builtInLabels: Readonly<Record<OpportunityStage, string>> = {
  prospecting: 'Prospecting',
  qualification: 'Qualification',
  needs_analysis: 'Needs analysis',
  value_proposition: 'Value proposition',
  proposal: 'Proposal',
  negotiation: 'Negotiation',
  closed_won: 'Closed won',
  closed_lost: 'Closed lost',
};

/** The stages in the workspace's order, hidden ones too. */
export async function stageSettings(tx: Tx): Promise<StageSetting[]> {
  const rows = await queryRows(
    tx,
    returning({
      stage: 'pipeline_stages.kind',
      label: 'pipeline_stages.name',
      position: 'pipeline_stages.position',
      isHidden: 'pipeline_stages.is_hidden',
      probability: 'pipeline_stages.probability',
    }),
    sql`
      SELECT s.kind AS stage, s.name AS label, s.position, s.is_hidden AS "isHidden", s.probability
      FROM ${firstStages} s
      ORDER BY s.position, s.kind`,
  );
  return rows.map((row) => ({ ...row, label: row.label === builtInLabels[row.stage] ? null : row.label }));
}
