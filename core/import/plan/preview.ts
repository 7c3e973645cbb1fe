import type { Identity } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { CorrectionProposal, ImportPlan, ImportPreview, PreviewRow } from '#shared/contract/imports.ts';
import { importBatchIdSchema, recordIdSchema } from '#shared/ids.ts';
import type { Application } from '../../context.ts';
import { uploadPath } from '../../uploads/upload-paths.ts';
import { completeUpload } from '../../uploads/uploads.ts';
import { isGiven } from '../given.ts';
import { editDistance, fold, letters, similarityLimit } from '../mapping/names.ts';
import type { ImportContext } from '../run/import-context.ts';
import { LinkNames } from '../run/link-names.ts';
import { Links } from '../run/links.ts';
import { lookUpLinks, readInBackground } from '../run/look-up-links.ts';
import { makeContext } from '../run/make-context.ts';
import { type OrderedFile, orderedFiles } from '../run/ordered-files.ts';
import type { ParsedRow } from '../run/row-parser.ts';
import { Slice } from '../run/slice.ts';
import { Teams } from '../run/teams.ts';
import { byLetters, type LinkColumn, type NamesInFiles, surveyLinks } from './link-survey.ts';
import { questionsOf } from './questions.ts';

/** Names that resemble no other are compared with all others one by one: only so many. */
const maxCompared = 200;
const maxNames = 20_000;
const maxProposals = 500;

/** What a plan makes of the first rows of each file, and the names in all rows that are in doubt. Writes nothing. */
export async function previewPlan(
  app: Application,
  identity: Identity,
  plan: ImportPlan,
  rowsPerFile: number,
  signal: AbortSignal = new AbortController().signal,
): Promise<ImportPreview> {
  for (const { uploadId } of plan.files) await completeUpload(app.dataDir, uploadId);
  const batchId = importBatchIdSchema.parse(app.ids.next());
  const pathOf = (id: Parameters<typeof uploadPath>[1]) => uploadPath(app.dataDir, id);
  const context = await app.engine.transaction(
    { as: identity, readOnly: true, label: 'import: preview' },
    (tx) => makeContext(tx, { app, identity, plan, batchId, isDryRun: true, pace: 'background', pathOf }),
  );
  const files = orderedFiles(plan, pathOf);
  const names: NamesInFiles = new Map();
  const surveys = new Map<OrderedFile, Awaited<ReturnType<typeof surveyLinks>>>();
  for (const file of files) surveys.set(file, await surveyLinks(context, file, rowsPerFile, names, signal));
  const columns = [...surveys.values()].flatMap(({ linkColumns }) => linkColumns);
  const doubts = await findDoubts(context, columns, names, signal);
  const previews = await previewRows(context, files, surveys, names, signal);
  return {
    questions: questionsOf(plan),
    files: previews,
    proposals: doubts.proposals,
    missingLinks: doubts.missing,
    order: files.map((file) => file.plan.uploadId),
  };
}

type Doubts = { proposals: CorrectionProposal[]; missing: ImportPreview['missingLinks'] };

/** Goes through the names that are neither in the files nor in the workspace. */
async function findDoubts(
  context: ImportContext,
  columns: readonly LinkColumn[],
  names: NamesInFiles,
  signal: AbortSignal,
): Promise<Doubts> {
  const doubts: Doubts = { proposals: [], missing: [] };
  const workspaceNames = new Map<ImportObject, string[]>();
  for (const linkColumn of columns) {
    const { target, values, file, column } = linkColumn;
    const inFiles = names.get(target) ?? new Map<string, string>();
    const inWorkspace = workspaceNames.get(target) ?? [
      ...(await LinkNames.read(context.app, context.identity, target, signal)).all(),
    ];
    workspaceNames.set(target, inWorkspace);
    const known = new Set([...inFiles.keys(), ...inWorkspace.map(fold)]);
    const sameLetters = byLetters([...inWorkspace, ...inFiles.values()]);
    const candidates = [...new Set([...inFiles.values(), ...inWorkspace])].slice(0, maxNames);
    const missing = new Map<string, number>();
    for (const [name, rows] of values) {
      if (known.has(fold(name))) continue;
      const isDeclined = file.declined.has(`${column.index}\u0000${name}`);
      const same = sameLetters.get(letters(name));
      const similar = same === undefined && missing.size < maxCompared ? mostSimilar(name, candidates) : null;
      const to = same ?? similar;
      if (isGiven(to) && doubts.proposals.length < maxProposals) {
        doubts.proposals.push({
          uploadId: file.plan.uploadId,
          column: column.index,
          header: column.header,
          from: name,
          to,
          rows,
          kind: same === undefined ? 'similar' : 'same_letters',
          isApplied: same !== undefined && !isDeclined,
        });
      }
      if (same === undefined || isDeclined) missing.set(name, rows);
    }
    if (missing.size > 0) {
      doubts.missing.push({
        uploadId: file.plan.uploadId,
        column: column.index,
        header: column.header,
        target,
        distinct: missing.size,
        samples: [...missing.keys()].slice(0, 10),
        rows: [...missing.values()].reduce((sum, rows) => sum + rows, 0),
      });
    }
  }
  return doubts;
}

function mostSimilar(name: string, candidates: readonly string[]): string | null {
  const wanted = fold(name);
  const limit = similarityLimit(wanted.length);
  let best: { name: string; distance: number } | null = null;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(wanted, fold(candidate), limit);
    if (distance <= limit && (best === null || distance < best.distance))
      best = { name: candidate, distance };
  }
  return best?.name ?? null;
}

/** The first rows on their way through a dry run. */
async function previewRows(
  context: ImportContext,
  files: readonly OrderedFile[],
  surveys: ReadonlyMap<OrderedFile, { readonly firstRows: readonly ParsedRow[] }>,
  names: NamesInFiles,
  signal: AbortSignal,
): Promise<ImportPreview['files']> {
  const links = new Links(context);
  const teams = new Teams(context.identity, context.batchId, context.app.ids);
  await readInBackground(context, signal, (tx) => teams.load(tx));
  const previews: ImportPreview['files'] = [];
  for (const file of files) {
    const rows = surveys.get(file)?.firstRows ?? [];
    // What stands further down in another file is there once the import runs.
    for (const { link, by, name } of rows.flatMap((row) => row.links)) {
      const full = by === 'name' ? names.get(link.target)?.get(fold(name)) : undefined;
      if (full !== undefined) links.put(link.target, by, name, { id: context.app.ids.next(), name: full });
    }
    await lookUpLinks(context, links, file, rows, signal);
    const result = await readInBackground(context, signal, (tx) =>
      new Slice(context, file, links, teams, null).import(tx, rows),
    );
    const failures = new Map(result.failures.map(({ row, message }) => [row.line, message]));
    const matches = new Map(result.matches.map((match) => [match.line, match]));
    previews.push({
      uploadId: file.plan.uploadId,
      rows: rows.map((row) => previewRow(row, file, failures, matches)),
    });
  }
  return previews;
}

function previewRow(
  row: ParsedRow,
  file: OrderedFile,
  failures: ReadonlyMap<number, string>,
  matches: ReadonlyMap<number, { id: string; name: string; isTrashed: boolean; kind: string }>,
): PreviewRow {
  const match = matches.get(row.line);
  const cells = file.plan.columns.flatMap(({ target, index }) => {
    if (target.kind === 'ignore') return [];
    const key = target.kind === 'field' || target.kind === 'link' ? target.field : `custom.${target.key}`;
    const link = row.links.find(({ column }) => column.index === index);
    const custom =
      target.kind === 'custom' || target.kind === 'new_custom' ? row.custom[target.key] : undefined;
    const value = link?.name ?? (!isGiven(custom) ? row.values[key] : String(custom)) ?? null;
    const issue = row.issues.find((candidate) => candidate.target === key)?.message ?? null;
    return [{ target: key, value, issue }];
  });
  return {
    line: row.line,
    cells,
    issue: failures.get(row.line) ?? null,
    match: match
      ? {
          id: recordIdSchema.parse(match.id),
          name: match.name,
          isTrashed: match.isTrashed,
          matchedBy: match.kind,
        }
      : null,
  };
}
