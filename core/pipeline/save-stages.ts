import { sql } from '#db/sql.ts';
import type { StageInput, StageSetting } from '#shared/contract/pipeline.ts';
import { closedStages, type OpportunityStage } from '#shared/enums.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';
import type { Application, Identity } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { executeStatement } from '../data/statement.ts';
import { firstStages } from '../objects/opportunities/first-stages.ts';
import { builtInLabels, stageSettings } from './stages.ts';

/** What a closed deal is worth is known. */
const closedProbability: Partial<Record<OpportunityStage, number>> = { closed_won: 1, closed_lost: 0 };

/**
 * Sets up the pipeline: names, order, what is hidden, and the weights. A hidden stage keeps its deals.
 * @throws SatchelError `invalid` naming what cannot be, `forbidden`
 */
export async function saveStages(
  app: Application,
  identity: Identity,
  stages: readonly StageInput[],
): Promise<StageSetting[]> {
  checkStages(stages);
  return app.engine.transaction({ as: identity, label: 'save stages' }, async (tx) => {
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Changed the pipeline` });
    let changed = 0;
    for (const [index, { stage, label, isHidden, probability }] of stages.entries()) {
      changed += await executeStatement(
        tx,
        sql`
          UPDATE pipeline_stages s
          SET name = ${label ?? builtInLabels[stage]}, position = ${index + 1}, is_hidden = ${isHidden},
            probability = ${probability}::numeric
          FROM ${firstStages} f
          WHERE s.workspace_id = ${identity.workspaceId}::uuid AND s.id = f.id AND f.kind = ${stage}::opportunity_stage`,
      );
    }
    if (changed === 0) {
      throw new SatchelError('forbidden', say`Your role does not allow you to change the pipeline.`);
    }
    return stageSettings(tx);
  });
}

function checkStages(stages: readonly StageInput[]): void {
  const names = stages.map(({ stage, label }) => fold(label ?? builtInLabels[stage]));
  const problem =
    new Set(stages.map(({ stage }) => stage)).size < stages.length
      ? say`Name each stage once.`
      : new Set(names).size < names.length
        ? say`Give each stage a name of its own.`
        : stages.every(({ stage, isHidden }) => isHidden || closedStages.includes(stage))
          ? say`Leave at least one open stage in sight: new deals begin there.`
          : stages.some(({ stage, isHidden }) => isHidden && closedStages.includes(stage))
            ? say`The stages for won and lost deals cannot be hidden.`
            : stages.some(
                  ({ stage, probability }) =>
                    Number(probability) !== (closedProbability[stage] ?? Number(probability)),
                )
              ? say`A won deal counts in full, and a lost one not at all.`
              : undefined;
  if (problem) throw new SatchelError('invalid', problem, { details: { field: 'stages' } });
}
