import { Command } from 'commander';
import { z } from 'zod';
import type { ImportBatch, RevertReport } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { type ImportBatchId, importBatchIdSchema } from '#shared/ids.ts';
import { inEnglish, say } from '#shared/message.ts';
import {
  action,
  clientOf,
  commonOptions,
  satchelCommand,
  type WorkspaceInvocation,
  withWorkspace,
} from './command.ts';
import { counted } from './counted.ts';
import { followImport, reportLines } from './import.ts';
import { inWords } from './in-words.ts';

const revertOptions = commonOptions.extend({ dryRun: z.boolean().default(false) });

/** Looks at imports, and takes them back. */
export function importsCommand(): Command {
  const list = satchelCommand('list', 'List the imports, newest first').action(
    action(commonOptions, (invocation) => withWorkspace(invocation, listImports)),
  );
  const revert = satchelCommand('revert', 'Take an import back')
    .argument('<id>', 'the import, as "imports list" shows it')
    .option('--dry-run', 'tell what would go and what would stay, change nothing')
    .action(
      action(revertOptions, (invocation, { dryRun }, [id = '']) =>
        withWorkspace(invocation, (workspace) =>
          dryRun ? foreseeImport(workspace, importId(id)) : revertImport(workspace, importId(id)),
        ),
      ),
    );
  const resume = satchelCommand('resume', 'Go on with an import that was interrupted')
    .argument('<id>', 'the import, as "imports list" shows it')
    .action(
      action(commonOptions, (invocation, _options, [id = '']) =>
        withWorkspace(invocation, (workspace) => resumeImport(workspace, importId(id))),
      ),
    );
  return new Command('imports')
    .description('List, revert or resume imports')
    .addCommand(list)
    .addCommand(revert)
    .addCommand(resume);
}

async function listImports({ application, output }: WorkspaceInvocation): Promise<void> {
  const { imports } = await clientOf(application);
  const batches = await imports.list({ limit: 200 });
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
  { application, output }: WorkspaceInvocation,
  batchId: ImportBatchId,
): Promise<void> {
  const { imports } = await clientOf(application);
  for await (const event of await imports.revert({ batchId })) {
    if (event.type === 'progress') output.progress(`${event.done} of ${event.total ?? '?'} steps`);
    else {
      output.progress();
      output.result(inWords(event.report), () => revertLines(event.report));
    }
  }
}

async function foreseeImport(
  { application, output, signal }: WorkspaceInvocation,
  batchId: ImportBatchId,
): Promise<void> {
  const { imports } = await clientOf(application);
  const forecast = await imports.foreseeRevert({ batchId }, { signal });
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

async function resumeImport(workspace: WorkspaceInvocation, batchId: ImportBatchId): Promise<void> {
  const { imports } = await clientOf(workspace.application);
  const report = await followImport(workspace, imports, await imports.resume({ batchId }));
  workspace.output.result(inWords(report), () => reportLines(report));
}

function importId(text: string): ImportBatchId {
  const id = importBatchIdSchema.safeParse(text);
  if (!id.success)
    throw new SatchelError('invalid', say`${text} is no import. Run "satchel imports list" to see them.`);
  return id.data;
}
