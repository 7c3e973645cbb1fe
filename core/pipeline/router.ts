import { say } from '#shared/message.ts';
import { requireIdentity } from '../context.ts';
import { opportunities } from '../objects/opportunities/opportunities.ts';
import { procedures } from '../procedures.ts';
import { updateRecord } from '../records/update.ts';
import { pipelineBoard } from './board.ts';
import { saveStages } from './save-stages.ts';
import { stageSettings } from './stages.ts';

const { pipeline } = procedures;

export const pipelineRouter = pipeline.router({
  stages: pipeline.stages.handler(async ({ context }) => {
    const identity = await requireIdentity(context);
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'stages' }, (tx) =>
      stageSettings(tx),
    );
  }),
  saveStages: pipeline.saveStages.handler(async ({ context, input }) =>
    saveStages(context.app, await requireIdentity(context), input.stages),
  ),
  board: pipeline.board.handler(async ({ context, input }) => {
    const identity = await requireIdentity(context);
    const { cardsPerStage, ...scope } = input;
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'board' }, (tx) =>
      pipelineBoard(tx, identity, scope, cardsPerStage),
    );
  }),
  moveToStage: pipeline.moveToStage.handler(async ({ context, input }) =>
    updateRecord(context.app, opportunities, await requireIdentity(context), {
      id: input.id,
      values: { stage: input.stage },
      label: say`Moved opportunity`,
    }),
  ),
});
