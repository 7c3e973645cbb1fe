import { Command } from 'commander';
import { listBatches } from '#core/import/batches/list-batches.ts';
import { foreseeRevert } from '#core/import/revert/foresee.ts';
import { Revert } from '#core/import/revert/revert.ts';
import type { ImportBatch, RevertReport } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { type ImportBatchId, importBatchIdSchema } from '#shared/ids.ts';
import { inEnglish, say } from '#shared/message.ts';
import {
  action,
  type CommonOptions,
  satchelCommand,
  type WorkspaceInvocation,
  withWorkspace,
} from './command.ts';
import { counted } from './counted.ts';
import { followImport, reportLines } from './import.ts';
import { inWords } from './in-words.ts';

interface RevertOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

/** Looks at imports, and takes them back. */
export function importsCommand(): Command {
  const list = satchelCommand('list', 'List the imports, newest first').action(
    action<CommonOptions>((invocation) => withWorkspace(invocation, listImports)),
  );
  const revert = satchelCommand('revert', 'Take an import back')
    .argument('<id>', 'the import, as "imports list" shows it')
    .option('--dry-run', 'tell what would go and what would stay, change nothing')
    .action(
      action<RevertOptions>((invocation, { dryRun }, [id = '']) =>
        withWorkspace(invocation, (workspace) =>
          dryRun === true ? foreseeImport(workspace, importId(id)) : revertImport(workspace, importId(id)),
        ),
      ),
    );
  const resume = satchelCommand('resume', 'Go on with an import that was interrupted')
    .argument('<id>', 'the import, as "imports list" shows it')
    .action(
      action<CommonOptions>((invocation, _options, [id = '']) =>
        withWorkspace(invocation, (workspace) => resumeImport(workspace, importId(id))),
      ),
    );
  return new Command('imports')
    .description('List, revert or resume imports')
    .addCommand(list)
    .addCommand(revert)
    .addCommand(resume);
}

async function listImports({ application, identity, output }: WorkspaceInvocation): Promise<void> {
  const { app } = application;
  const batches = await app.engine.transaction({ as: identity, readOnly: true, label: 'imports' }, (tx) =>
    listBatches(tx, identity, 200, { dataDir: app.dataDir, isRunning: () => false }),
  );
  output.result(inWords(batches), () =>
    batches.length === 0 ? ['Nothing was imported yet.'] : batches.map(batchLine),
  );
}

function batchLine(batch: ImportBatch): string {
  const counts = Object.entries(batch.counts).map(
    ([object, { created, updated, failed }]) => `${object} +${created} ~${updated} !${failed}`,
  );
  return [
    batch.id,
    batch.startedAt.slice(0, 19),
    batch.status,
    batch.fileNames.join(', '),
    counts.join('; '),
  ].join('  ');
}

async function revertImport(
  { application, identity, output }: WorkspaceInvocation,
  id: ImportBatchId,
): Promise<void> {
  const { app } = application;
  const report = await application.services.imports.whileReverting(() =>
    new Revert(
      app,
      identity,
      id,
      (event) => {
        if (event.type === 'progress') output.progress(`${event.done} of ${event.total ?? '?'} steps`);
      },
      'bulk',
    ).run(),
  );
  output.progress();
  output.result(inWords(report), () => revertLines(report));
}

async function foreseeImport(
  { application, identity, output, signal }: WorkspaceInvocation,
  id: ImportBatchId,
): Promise<void> {
  const forecast = await foreseeRevert(application.app, identity, id, signal);
  const { removed, restored, kept, reasons } = forecast;
  output.result(inWords(forecast), () => [
    `Would remove ${removed.toLocaleString('en')}, restore ${restored.toLocaleString('en')} and keep ${kept.toLocaleString('en')} records.`,
    ...reasons.map(({ message, records }) => `  ${records.toLocaleString('en')}: ${inEnglish(message)}`),
  ]);
}

function revertLines({ batchId, removed, restored, kept, keptSamples }: RevertReport): string[] {
  return [
    `Removed ${counted(removed, 'record')} and restored ${restored.toLocaleString('en')}.`,
    ...(kept === 0 ? [] : [`Kept ${kept.toLocaleString('en')}:`]),
    ...keptSamples.map(
      ({ object, id, name, reason }) => `  ${object} ${name === '' ? id : name}: ${inEnglish(reason)}`,
    ),
    ...(kept === 0
      ? []
      : [`The import is partly reverted. Once what keeps them is gone: satchel imports revert ${batchId}`]),
  ];
}

async function resumeImport(workspace: WorkspaceInvocation, id: ImportBatchId): Promise<void> {
  const { app, services } = workspace.application;
  const events = await services.imports.resume(app, workspace.identity, id, 'bulk');
  const report = await followImport(workspace, events.listen());
  workspace.output.result(inWords(report), () => reportLines(report));
}

function importId(text: string): ImportBatchId {
  const id = importBatchIdSchema.safeParse(text);
  if (!id.success)
    throw new SatchelError('invalid', say`${text} is no import. Run "satchel imports list" to see them.`);
  return id.data;
}
