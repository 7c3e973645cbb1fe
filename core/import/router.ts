import type { RevertEvent } from '#shared/contract/imports.ts';
import { requireIdentity } from '../context.ts';
import { EventStream } from '../event-stream.ts';
import { procedures } from '../procedures.ts';
import { errorFileChunk, errorFilePath } from './batches/error-file-chunk.ts';
import { listBatches } from './batches/list-batches.ts';
import { planUploads } from './plan/decide.ts';
import { readScaleDescriptions } from './plan/dictionaries.ts';
import { forgetMapping, inspectUpload, inspectUploads } from './plan/inspect.ts';
import { previewPlan } from './plan/preview.ts';
import { questionsOf } from './plan/questions.ts';
import { foreseeRevert } from './revert/foresee.ts';
import { Revert } from './revert/revert.ts';
import { readVocabulary } from './run/make-context.ts';

const { imports } = procedures;

/** The import's part of the contract. */
export const importsRouter = imports.router({
  inspect: imports.inspect.handler(async ({ input, context }) => {
    const identity = await requireIdentity(context);
    const plan = await inspectUploads(context.app, identity, input.uploadIds);
    return { plan, questions: questionsOf(plan, await readVocabulary(context.app, identity)) };
  }),
  plan: imports.plan.handler(async ({ input, context, signal }) =>
    planUploads(context.app, await requireIdentity(context), input.uploadIds, input.decisions, signal),
  ),
  inspectFile: imports.inspectFile.handler(async ({ input, context }) => {
    const { uploadId, format, object, otherUploadIds } = input;
    return inspectUpload(context.app, await requireIdentity(context), uploadId, {
      ...(format && { format }),
      ...(object && { object }),
      scales: await readScaleDescriptions(context.app, otherUploadIds),
    });
  }),
  forgetMapping: imports.forgetMapping.handler(async ({ input, context }) => {
    await forgetMapping(context.app, await requireIdentity(context), input.headers, input.object);
    return {};
  }),
  preview: imports.preview.handler(async ({ input, context, signal }) =>
    previewPlan(context.app, await requireIdentity(context), input.plan, input.rowsPerFile, signal),
  ),
  run: imports.run.handler(async function* ({ input, context, signal }) {
    const identity = await requireIdentity(context);
    const events = context.services.imports.start(context.app, identity, input.plan, {
      isDryRun: input.dryRun,
      pace: context.pace,
    });
    yield* events.listen(signal);
  }),
  resume: imports.resume.handler(async function* ({ input, context, signal }) {
    const identity = await requireIdentity(context);
    const events = await context.services.imports.resume(context.app, identity, input.batchId, context.pace);
    yield* events.listen(signal);
  }),
  watch: imports.watch.handler(async function* ({ input, context, signal }) {
    await requireIdentity(context);
    yield* context.services.imports.watch(input.batchId).listen(signal);
  }),
  cancel: imports.cancel.handler(async ({ input, context }) => {
    await requireIdentity(context);
    return { wasRunning: await context.services.imports.cancel(input.batchId) };
  }),
  list: imports.list.handler(async ({ input, context }) => {
    const identity = await requireIdentity(context);
    const jobs = context.services.imports;
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'imports' }, (tx) =>
      listBatches(tx, identity, input.limit, {
        dataDir: context.app.dataDir,
        isRunning: (id) => jobs.isRunning(id),
      }),
    );
  }),
  errorFile: imports.errorFile.handler(async ({ input, context }) => {
    const identity = await requireIdentity(context);
    const { app } = context;
    const ofDryRun = context.services.imports.dryRunErrorFile(input.runId, input.name);
    const wanted = { batchId: input.runId, name: input.name };
    const path =
      ofDryRun ??
      (await app.engine.transaction({ as: identity, readOnly: true, label: 'error file' }, (tx) =>
        errorFilePath(tx, identity, app.dataDir, wanted),
      ));
    return errorFileChunk(path, input);
  }),
  foreseeRevert: imports.foreseeRevert.handler(async ({ input, context, signal }) =>
    foreseeRevert(context.app, await requireIdentity(context), input.batchId, signal),
  ),
  revert: imports.revert.handler(async function* ({ input, context, signal }) {
    const identity = await requireIdentity(context);
    const events = new EventStream<RevertEvent>();
    context.services.imports
      .whileReverting(() =>
        new Revert(context.app, identity, input.batchId, (event) => events.push(event), context.pace).run(),
      )
      .then(
        (report) => events.end({ type: 'report', report }),
        (error: unknown) => events.fail(error),
      );
    yield* events.listen(signal);
  }),
});
