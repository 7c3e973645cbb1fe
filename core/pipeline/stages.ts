import type { Identity, Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { StageSetting } from '#shared/contract/pipeline.ts';
import type { OpportunityStage } from '#shared/enums.ts';
import { queryRows } from '../data/statement.ts';

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
export async function stageSettings(tx: Tx, identity: Identity): Promise<StageSetting[]> {
  const rows = await queryRows(
    tx,
    returning({
      stage: 'stage_settings.stage',
      label: 'stage_settings.label',
      position: 'stage_settings.position',
      isHidden: 'stage_settings.is_hidden',
      probability: 'stage_settings.probability',
    }),
    sql`
      SELECT s.stage, s.label, s.position, s.is_hidden AS "isHidden", s.probability
      FROM stage_settings s
      WHERE s.workspace_id = ${identity.workspaceId}::uuid
      ORDER BY s.position, s.stage`,
  );
  return rows.map((row) => ({ ...row, label: row.label === builtInLabels[row.stage] ? null : row.label }));
}
