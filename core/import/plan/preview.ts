import type { Identity } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type {
  ColumnPlan,
  CorrectionProposal,
  ImportPlan,
  ImportPreview,
  PreviewRow,
} from '#shared/contract/imports.ts';
import { importBatchIdSchema, recordIdSchema } from '#shared/ids.ts';
import type { Message } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';
import type { Application } from '../../context.ts';
import { isGiven } from '../../data/given.ts';
import { editDistance, letters, similarityLimit } from '../../data/names.ts';
import { importModuleOf } from '../../objects/import-modules.ts';
import { uploadPath } from '../../uploads/upload-paths.ts';
import { completeUpload } from '../../uploads/uploads.ts';
import { Companions } from '../run/companions.ts';
import type { ImportContext } from '../run/import-context.ts';
import { lookUpLinks, readInBackground } from '../run/linking/look-up.ts';
import { RecordNames } from '../run/linking/names.ts';
import { LinkResolver } from '../run/linking/resolver.ts';
import { makeContext } from '../run/make-context.ts';
import { NearNames, nameColumn } from '../run/matching/near-names.ts';
import { isDeclined, type OrderedFile, orderedFiles } from '../run/ordered-files.ts';
import type { ParsedRow, RowLink } from '../run/row-parser.ts';
import { importSlice } from '../run/slice/slice.ts';
import { YieldPace } from '../yield-pace.ts';
import {
  byLetters,
  type FileSurvey,
  type LinkColumn,
  type NamesInFiles,
  surveyLinks,
} from './link-survey.ts';
import { questionsOf } from './questions.ts';
import { valueColumns } from './value-columns.ts';

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
  const surveyed = await surveyPlan(app, identity, plan, rowsPerFile, signal);
  const { files, surveys, doubts } = surveyed;
  return {
    questions: questionsOf(plan, surveyed.context),
    refusals: surveyed.context.permissions.ofPlan(plan),
    files: await previewRows(surveyed, signal),
    proposals: doubts.proposals,
    missingLinks: doubts.missing,
    valueColumns: valueColumns(plan, surveyed.context),
    rowsWithoutAccount: [...surveys.values()].reduce((sum, survey) => sum + survey.rowsWithoutAccount, 0),
    order: files.map((file) => file.plan.uploadId),
  };
}

/** The names in all rows of a plan that belong to no record and are nearly the name of one. Writes nothing. */
export async function proposeCorrections(
  app: Application,
  identity: Identity,
  plan: ImportPlan,
  signal: AbortSignal,
): Promise<CorrectionProposal[]> {
  return (await surveyPlan(app, identity, plan, 0, signal)).doubts.proposals;
}

/** What reading all files of a plan once tells. */
interface PlanSurvey {
  readonly context: ImportContext;
  readonly files: readonly OrderedFile[];
  readonly surveys: ReadonlyMap<OrderedFile, FileSurvey>;
  readonly names: NamesInFiles;
  readonly workspaceNames: WorkspaceNames;
  readonly doubts: Doubts;
}

async function surveyPlan(
  app: Application,
  identity: Identity,
  plan: ImportPlan,
  rowsPerFile: number,
  signal: AbortSignal,
): Promise<PlanSurvey> {
  for (const { uploadId } of plan.files) await completeUpload(app.dataDir, uploadId);
  const batchId = importBatchIdSchema.parse(app.ids.next());
  const pathOf = (id: Parameters<typeof uploadPath>[1]) => uploadPath(app.dataDir, id);
  const context = await app.engine.transaction(
    { as: identity, readOnly: true, label: 'import: preview' },
    (tx) => makeContext(tx, { app, identity, plan, batchId, isDryRun: true, pace: 'background', pathOf }),
  );
  const files = orderedFiles(plan, pathOf);
  const names: NamesInFiles = new Map();
  const surveys = new Map<OrderedFile, FileSurvey>();
  for (const file of files) surveys.set(file, await surveyLinks(context, file, rowsPerFile, names, signal));
  const workspaceNames = new WorkspaceNames(context, signal);
  const doubts: Doubts = { proposals: [], missing: [] };
  for (const [file, survey] of surveys) {
    await doubtOwnNames(doubts, file, survey.ownNames, workspaceNames, signal);
    await doubtLinks(doubts, survey.linkColumns, names, workspaceNames, signal);
  }
  return { context, files, surveys, names, workspaceNames, doubts };
}

type Doubts = { proposals: CorrectionProposal[]; missing: ImportPreview['missingLinks'] };

/** The names of the workspace's records, each object's read once. */
class WorkspaceNames {
  readonly #context: ImportContext;
  readonly #signal: AbortSignal;
  readonly #names = new Map<ImportObject, RecordNames>();

  constructor(context: ImportContext, signal: AbortSignal) {
    this.#context = context;
    this.#signal = signal;
  }

  async of(object: ImportObject): Promise<RecordNames> {
    const { app, identity } = this.#context;
    const names = this.#names.get(object) ?? (await RecordNames.read(app, identity, object, this.#signal));
    this.#names.set(object, names);
    return names;
  }
}

/** Goes through the rows' own names that are nearly the name of a record that the workspace has. */
async function doubtOwnNames(
  { proposals }: Doubts,
  file: OrderedFile,
  ownNames: ReadonlyMap<string, number>,
  workspaceNames: WorkspaceNames,
  signal: AbortSignal,
): Promise<void> {
  const column = nameColumn(file.plan, file.object);
  if (!column || !importModuleOf(file.object).hasNearNames) return;
  const workspace = await workspaceNames.of(file.object);
  const inFile = new Set([...ownNames.keys()].map(fold));
  // Two names of one file are two records; and what is there already is no doubt.
  const candidates = [...workspace.all()].filter((name) => !inFile.has(fold(name))).slice(0, maxNames);
  if (candidates.length === 0) return;
  const known = new Set([...workspace.all()].map(fold));
  const sameLetters = byLetters(candidates);
  const similar = new Candidates(candidates, signal);
  let compared = 0;
  for (const [name, rows] of ownNames) {
    if (known.has(fold(name)) || proposals.length >= maxProposals) continue;
    const same = sameLetters.get(letters(name));
    const to = same ?? ((compared += 1) <= maxCompared ? await similar.mostSimilar(name) : null);
    if (isGiven(to)) proposals.push(proposal(file, column, name, to, rows, same !== undefined));
  }
}

function proposal(
  file: OrderedFile,
  column: ColumnPlan,
  from: string,
  to: string,
  rows: number,
  hasSameLetters: boolean,
): CorrectionProposal {
  return {
    uploadId: file.plan.uploadId,
    column: column.index,
    header: column.header,
    from,
    to,
    rows,
    kind: hasSameLetters ? 'same_letters' : 'similar',
    isApplied: hasSameLetters && !file.declined.has(`${column.index}\u0000${from}`),
  };
}

/** Goes through the names in link columns that are neither in the files nor in the workspace. */
async function doubtLinks(
  doubts: Doubts,
  columns: readonly LinkColumn[],
  names: NamesInFiles,
  workspaceNames: WorkspaceNames,
  signal: AbortSignal,
): Promise<void> {
  for (const { target, values, file, column } of columns) {
    const inFiles = names.get(target) ?? new Map<string, string>();
    const inWorkspace = [...(await workspaceNames.of(target)).all()];
    const known = new Set([...inFiles.keys(), ...inWorkspace.map(fold)]);
    const sameLetters = byLetters([...inWorkspace, ...inFiles.values()]);
    const candidates = new Candidates(
      [...new Set([...inFiles.values(), ...inWorkspace])].slice(0, maxNames),
      signal,
    );
    const missing = new Map<string, number>();
    for (const [name, rows] of values) {
      if (known.has(fold(name))) continue;
      const isDeclined = file.declined.has(`${column.index}\u0000${name}`);
      const same = sameLetters.get(letters(name));
      const isCompared = same === undefined && missing.size < maxCompared;
      const to = isCompared ? await candidates.mostSimilar(name) : same;
      if (isGiven(to) && doubts.proposals.length < maxProposals) {
        doubts.proposals.push(proposal(file, column, name, to, rows, same !== undefined));
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
}

/** Names to compare others with, folded once for all of them. */
class Candidates {
  readonly #names: readonly { readonly name: string; readonly folded: string }[];
  readonly #pace = new YieldPace();
  readonly #signal: AbortSignal;

  constructor(names: readonly string[], signal: AbortSignal) {
    this.#names = names.map((name) => ({ name, folded: fold(name) }));
    this.#signal = signal;
  }

  async mostSimilar(name: string): Promise<string | null> {
    await this.#pace.step(this.#signal);
    const wanted = fold(name);
    const limit = similarityLimit(wanted.length);
    if (limit === 0) return null;
    let best: { name: string; distance: number } | null = null;
    for (const candidate of this.#names) {
      if (Math.abs(candidate.folded.length - wanted.length) > limit) continue;
      const distance = editDistance(wanted, candidate.folded, limit);
      if (distance <= limit && (best === null || distance < best.distance))
        best = { name: candidate.name, distance };
    }
    return best?.name ?? null;
  }
}

/** The first rows on their way through a dry run. */
async function previewRows(
  { context, files, surveys, names, workspaceNames }: PlanSurvey,
  signal: AbortSignal,
): Promise<ImportPreview['files']> {
  const links = new LinkResolver(context);
  const companions = new Companions({ ...context, ids: context.app.ids });
  await readInBackground(context, signal, (tx) => companions.load(tx));
  const previews: ImportPreview['files'] = [];
  for (const file of files) {
    const { firstRows: rows = [], ownNames = new Map<string, number>() } = surveys.get(file) ?? {};
    await lookUpLinks(context, links, file, rows, signal);
    putNamesOfFiles(context, links, rows, names);
    const near =
      importModuleOf(file.object).hasNearNames && context.options.onDuplicate !== 'create'
        ? new NearNames(
            context,
            file,
            await workspaceNames.of(file.object),
            new Set([...ownNames.keys()].map(fold)),
          )
        : null;
    const result = await readInBackground(context, signal, (tx) =>
      importSlice(tx, { context, file, links, companions, known: null, near }, rows),
    );
    const failures = new Map(result.failures.map(({ row, message }) => [row.line, message]));
    const matches = new Map(result.matches.map((match) => [match.line, match]));
    previews.push({
      uploadId: file.plan.uploadId,
      rows: rows.map((row) => previewRow(row, file, links, failures, matches)),
    });
  }
  return previews;
}

/** What stands further down in another file is there once the import runs. */
function putNamesOfFiles(
  { app }: ImportContext,
  links: LinkResolver,
  rows: readonly ParsedRow[],
  names: NamesInFiles,
): void {
  const lettersOf = new Map<ImportObject, Map<string, string>>();
  for (const { link, by, name } of rows.flatMap((row) => row.links)) {
    if (by !== 'name' || links.get(link.target, by, name)) continue;
    const inFiles = names.get(link.target) ?? new Map<string, string>();
    const sameLetters = lettersOf.get(link.target) ?? byLetters(inFiles.values());
    lettersOf.set(link.target, sameLetters);
    const exact = inFiles.get(fold(name));
    const meant = exact ?? sameLetters.get(letters(name));
    if (meant === undefined) continue;
    const record = { id: app.ids.next(), name: meant };
    links.put(link.target, by, exact === undefined ? meant : name, record);
  }
}

function previewRow(
  row: ParsedRow,
  file: OrderedFile,
  links: LinkResolver,
  failures: ReadonlyMap<number, Message>,
  matches: ReadonlyMap<number, { id: string; name: string; isTrashed: boolean; kind: string }>,
): PreviewRow {
  const match = matches.get(row.line);
  const cells = file.plan.columns.flatMap(({ target, index }) => {
    if (target.kind === 'ignore') return [];
    const key = target.kind === 'field' || target.kind === 'link' ? target.field : `custom.${target.key}`;
    const link = row.links.find(({ column }) => column.index === index);
    const custom =
      target.kind === 'custom' || target.kind === 'new_custom' ? row.custom[target.key] : undefined;
    const value =
      nameOfLink(link, file, links) ?? (!isGiven(custom) ? row.values[key] : String(custom)) ?? null;
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

/** The name that a link will show: that of the record it is resolved to, or what the cell says. */
function nameOfLink(link: RowLink | undefined, file: OrderedFile, links: LinkResolver): string | null {
  if (!link) return null;
  return links.resolve(link, isDeclined(file, link))?.name ?? link.name;
}
