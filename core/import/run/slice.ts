import type { Tx } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import { inSentences, type Message, say, term } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import type { MatchKey, MatchKind, ObjectDescription, Values } from '../../objects/import-description.ts';
import { descriptions } from '../../objects/import-objects.ts';
import { shown } from '../values/convert.ts';
import type { ImportContext } from './import-context.ts';
import type { LinkResolver } from './linking/resolver.ts';
import type { Teams } from './linking/teams.ts';
import { type Candidate, CandidateSet } from './matching/candidates.ts';
import type { KnownKeys } from './matching/known-keys.ts';
import { nameKeys } from './matching/name-keys.ts';
import type { NearNames } from './matching/near-names.ts';
import { nameOpportunity } from './matching/opportunity-names.ts';
import type { ImportedFile } from './ordered-files.ts';
import type { ParsedRow, RowLink } from './row-parser.ts';
import { Tally } from './tally.ts';
import { candidateQueries, completeStubs } from './writing/statements.ts';
import { Stubs } from './writing/stubs.ts';
import { writeRecords, writeReferences } from './writing/write.ts';

/** A link to a parent account, set when all accounts are there. */
export interface ParentLink {
  readonly childId: string;
  readonly name: string;
  readonly by: RowLink['by'];
  readonly onMissing: RowLink['onMissing'];
  readonly column: number;
  readonly line: number;
}

export interface RowFailure {
  readonly row: ParsedRow;
  readonly message: Message;
}

/** What a slice did; to be counted when its transaction is committed. */
export interface SliceResult {
  readonly tally: Tally;
  readonly failures: RowFailure[];
  readonly parents: ParentLink[];
  /** The keys of its rows, by which later rows may match them. */
  readonly keys: MatchKey[];
  /** Records that rows were found to be. */
  readonly matches: RowMatch[];
}

export interface RowMatch {
  readonly line: number;
  readonly id: string;
  readonly name: string;
  readonly isTrashed: boolean;
  readonly kind: MatchKind;
}

/** A row whose links are resolved. */
interface ReadyRow {
  readonly row: ParsedRow;
  readonly sourceId: string | null;
  readonly parent: RowLink | null;
  readonly hasMadeUpName: boolean;
  nameKey: string;
  keys: MatchKey[];
  /** The key of a name that the workspace has and this row probably means, or null. */
  nearKey: string | null;
}

/** Imports one slice of a file's rows in one transaction: resolves links, matches, creates and updates. */
export class Slice {
  readonly #context: ImportContext;
  readonly #file: ImportedFile;
  readonly #links: LinkResolver;
  readonly #teams: Teams;
  readonly #known: KnownKeys | null;
  readonly #near: NearNames | null;
  readonly #description: ObjectDescription;
  readonly #stubs: Stubs;
  readonly #completedStubs: string[] = [];
  readonly #result: SliceResult = { tally: new Tally(), failures: [], parents: [], keys: [], matches: [] };

  constructor(
    context: ImportContext,
    file: ImportedFile,
    links: LinkResolver,
    teams: Teams,
    known: KnownKeys | null,
    near: NearNames | null,
  ) {
    this.#context = context;
    this.#known = known;
    this.#near = near;
    this.#file = file;
    this.#links = links;
    this.#teams = teams;
    this.#description = descriptions[file.object];
    this.#stubs = new Stubs(context, links, this.#result.tally);
  }

  async import(tx: Tx, rows: readonly ParsedRow[]): Promise<SliceResult> {
    const ready: ReadyRow[] = [];
    for (const row of rows) {
      const prepared = this.#prepare(row);
      if (prepared) ready.push(prepared);
    }
    await this.#findKeys(tx, ready);
    const candidates = await this.#loadCandidates(tx, ready);
    const touched = new Set<Candidate>();
    for (const item of ready) {
      const candidate = this.#place(item, candidates);
      if (candidate) touched.add(candidate);
    }
    if (this.#context.isDryRun) {
      await this.#stubs.imagine(tx);
    } else {
      await this.#stubs.write(tx);
      await this.#teams.write(tx);
      await writeRecords(tx, this.#context, this.#description, touched);
      await writeReferences(tx, this.#context, this.#file.system, this.#file.object, touched);
      if (this.#completedStubs.length > 0) {
        const { identity, batchId } = this.#context;
        await tx.execute(completeStubs, [identity.workspaceId, this.#completedStubs, batchId]);
      }
    }
    return this.#result;
  }

  /** Resolves the links of a row and completes its values; null when it fails. */
  #prepare(row: ParsedRow): ReadyRow | null {
    if (row.issues.length > 0) return this.#fail(row, inSentences(row.issues.map(({ message }) => message)));
    // Values are changed while preparing; the row itself stays as it is, for a slice that is tried again in halves.
    const values: Values = { ...row.values };
    const prepared: ParsedRow = { ...row, values };
    let parent: RowLink | null = null;
    for (const note of row.notes) this.#result.tally.warn(say`${this.#file.plan.fileName}: ${note}`);
    for (const link of row.links) {
      if (link.link.key === 'parentAccountId') {
        parent = link;
        continue;
      }
      const message = this.#resolve(link, values);
      if (message !== null) return this.#fail(row, message);
    }
    const sourceId = values['sourceId'] ?? null;
    // A credit or a refund: the interface takes such amounts too, and so do other systems.
    if (this.#file.object === 'opportunities' && values['amount']?.startsWith('-'))
      this.#result.tally.warn(say`${this.#file.plan.fileName}: amounts below zero were kept as they stand.`);
    const message = this.#completePerson(values) ?? this.#completeOpportunity(row, values);
    if (message !== null) return this.#fail(row, message);
    // `complete` calls an account by its domain and a product by its number, where they have no name.
    const hasMadeUpName = this.#file.object !== 'people' && !isGiven(values['name']);
    if (hasMadeUpName && this.#file.object === 'opportunities')
      values['name'] = nameOpportunity(
        values,
        this.#nameOfLink(row, 'accountId'),
        this.#nameOfLink(row, 'contactId'),
        this.#nameOfLink(row, 'productId'),
      );
    const incomplete = this.#description.complete(values);
    if (incomplete !== null) return this.#fail(row, incomplete);
    return { row: prepared, sourceId, parent, hasMadeUpName, nameKey: '', keys: [], nearKey: null };
  }

  #nameOfLink(row: ParsedRow, key: string): string | null {
    const link = row.links.find((candidate) => candidate.link.key === key);
    return link ? (this.#found(link)?.name ?? null) : null;
  }

  #found(link: RowLink) {
    return this.#links.resolve(link, this.#isDeclined(link));
  }

  #isDeclined(link: RowLink): boolean {
    return this.#file.declined.has(`${link.column.index}\u0000${link.name}`);
  }

  #resolve(link: RowLink, values: Values): Message | null {
    const { key, target } = link.link;
    const found = this.#found(link);
    if (found) {
      values[key] = found.id;
      if (this.#links.get(target, link.by, link.name) === null)
        this.#result.tally.corrected(link.name, found.name);
      return null;
    }
    if (link.onMissing === 'create' && link.by === 'name') {
      const missing = this.#missingField(target, {});
      const refusal = this.#refusalOf(target, 'create', values);
      if (refusal !== null)
        return say`${link.column.header}: there is no ${term(descriptions[target].singular)} “${shown(link.name)}”. ${refusal}`;
      if (missing !== null) {
        return say`${link.column.header}: there is no ${term(descriptions[target].singular)} “${shown(link.name)}”, and none can be made without its “${missing}”.`;
      }
      values[key] = this.#stubs.make(target, link.name, values);
      return null;
    }
    if (link.onMissing === 'leave_empty' || link.onMissing === 'create') {
      // A name could be made a record; an id alone cannot.
      if (link.by === 'source_id')
        this.#result.tally.warn(
          say`${this.#file.plan.fileName}: no record is known by some of the ids in “${link.column.header}”; those rows came in without the link. Import the file that holds the ids, then this one again.`,
        );
      values[key] = null;
      return null;
    }
    return say`${link.column.header}: there is no ${term(descriptions[target].singular)} “${shown(link.name)}”.`;
  }

  /** Why the caller's role may not write a record. */
  #refusalOf(object: ImportObject, action: 'create' | 'update', values: Values): Message | null {
    const ownerId = action === 'create' ? this.#newOwner(values) : (values['ownerId'] ?? null);
    return this.#context.permissions.refusal(object, action, ownerId);
  }

  /**
   * A file without owners makes its records the caller's. A cell that is empty names nobody, and the record has no owner,
   * unless the caller's role would not reach it then.
   */
  #newOwner(values: Values): string | null {
    const { permissions, identity } = this.#context;
    if (isGiven(values['ownerId'])) return values['ownerId'];
    const isUnowned = 'ownerId' in values && permissions.reachesAll(this.#file.object);
    return isUnowned ? null : identity.userId;
  }

  #completePerson(values: Values): Message | null {
    if (this.#file.object !== 'people') return null;
    this.#teams.place(values, this.#links, this.#stubs, this.#result.tally);
    return null;
  }

  #completeOpportunity(row: ParsedRow, values: Values): Message | null {
    if (this.#file.object !== 'opportunities') return null;
    if (isGiven(values['accountId']) || isGiven(values['contactId'])) return null;
    const { onMissingAccount, placeholderAccountName } = this.#context.options;
    if (onMissingAccount === 'placeholder') {
      const found = this.#links.get('accounts', 'name', placeholderAccountName);
      values['accountId'] =
        found?.id ?? this.#stubs.make('accounts', placeholderAccountName, {}, 'placeholderAccounts');
      return null;
    }
    const named = row.links.find(({ link }) => link.key === 'accountId' || link.key === 'contactId');
    return named
      ? say`The account or contact “${shown(named.name)}” is not known.`
      : say`The row names no account and no contact. Fill in one of them, or import with a placeholder account.`;
  }

  #fail(row: ParsedRow, message: Message): null {
    this.#result.failures.push({ row, message });
    this.#result.tally.row(this.#file.object, 'failed');
    this.#result.tally.reason(message, row.line, this.#file.plan.fileName);
    return null;
  }

  async #findKeys(tx: Tx, ready: readonly ReadyRow[]): Promise<void> {
    const names = ready.map(({ row }) => this.#description.nameOf(row.values));
    const nearNames = names.map((name) => this.#near?.nearMiss(name) ?? null);
    const keys = await nameKeys(tx, [...names, ...nearNames.filter((name) => name !== null)]);
    for (const [index, item] of ready.entries()) {
      item.nameKey = keys.get(names[index] ?? '') ?? '';
      item.nearKey = keys.get(nearNames[index] ?? '') ?? null;
      item.keys = this.#description.matchKeys({ ...item.row.values, sourceId: item.sourceId }, item.nameKey);
      this.#result.keys.push(...item.keys);
    }
  }

  /** The records that the rows may be, from the database (and, in a dry run, from what it imagines). */
  async #loadCandidates(tx: Tx, ready: readonly ReadyRow[]): Promise<CandidateSet> {
    const { identity, imagined } = this.#context;
    const set = imagined.get(this.#file.object) ?? new CandidateSet(this.#description);
    const wanted = new Map<MatchKind, Set<string>>();
    for (const { keys } of ready) {
      for (const { kind, key } of keys) {
        if (this.#known?.has({ kind, key }) === false) continue;
        const known = wanted.get(kind) ?? new Set();
        wanted.set(kind, known.add(key));
      }
    }
    const near = ready.flatMap(({ nearKey }) => nearKey ?? []);
    if (near.length > 0) wanted.set('name', new Set([...(wanted.get('name') ?? []), ...near]));
    for (const [kind, keys] of wanted) {
      for (const sql of candidateQueries(this.#description, kind)) {
        const params = kind === 'source_id' ? [this.#file.system, this.#file.object] : [];
        for (const row of await tx.query<CandidateRow>(sql, [identity.workspaceId, [...keys], ...params])) {
          const known = set.byId(row.id);
          const candidate = known ?? this.#candidateOf(row);
          if (!known) {
            const values = candidate.values;
            set.add(candidate, this.#description.matchKeys(values, candidate.nameKey));
          }
          // Its id elsewhere is not among a record's values.
          if (row.source_id !== undefined) set.addKey(candidate, { kind, key: row.source_id });
        }
      }
    }
    return set;
  }

  #candidateOf(row: CandidateRow): Candidate {
    const values: Values = {};
    for (const { key, column } of this.#description.columns) {
      const value = row[column];
      values[key] = typeof value === 'string' ? value : null;
    }
    return {
      id: row.id,
      values,
      custom: { ...row.custom_fields },
      nameKey: row.name_key,
      isNew: false,
      isOfThisImport: row.batch_id === this.#context.batchId,
      isTrashed: row.is_trashed,
      isStub: row.is_stub,
      changed: new Set(),
      given: new Set(),
      sourceId: null,
    };
  }

  /** Makes a row a record: a new one, or changes of one we have. Returns the record when there is something to write. */
  #place(item: ReadyRow, candidates: CandidateSet): Candidate | null {
    const { onDuplicate, onTrashed } = this.#context.options;
    const { row } = item;
    const exact = candidates.match(row.values, item.nameKey, item.keys, onDuplicate === 'create');
    const match = exact ?? this.#nearMatch(item, candidates);
    if (!match || (match.candidate.isTrashed && onTrashed === 'create')) {
      const missing = this.#missingField(this.#file.object, row.custom);
      if (missing !== null) return this.#fail(row, say`“${missing}” must be filled in.`);
      const refusal = this.#refusalOf(this.#file.object, 'create', row.values);
      if (refusal !== null) return this.#fail(row, refusal);
      return this.#create(item, candidates);
    }
    const { candidate, kind, fitting } = match;
    const isSkipped = candidate.isTrashed && onTrashed === 'skip';
    if (onDuplicate === 'update' && fitting > 1 && !isSkipped) {
      const name = shown(this.#description.nameOf(row.values));
      const { plural, toTellApart } = this.#description;
      return this.#fail(
        row,
        say`“${name}” fits ${fitting} ${term(plural)} equally well. Add ${toTellApart} that tells them apart.`,
      );
    }
    this.#result.matches.push({
      line: row.line,
      id: candidate.id,
      name: this.#description.nameOf(candidate.values),
      isTrashed: candidate.isTrashed,
      kind,
    });
    const { tally } = this.#result;
    if (isSkipped) {
      tally.row(this.#file.object, 'skipped');
      return null;
    }
    const refusal =
      (onDuplicate === 'update' || candidate.isTrashed || candidate.isStub) && !candidate.isOfThisImport
        ? this.#refusalOf(this.#file.object, 'update', candidate.values)
        : null;
    if (refusal !== null) return this.#fail(row, refusal);
    const before = candidate.changed.size;
    if (candidate.isTrashed) {
      candidate.isTrashed = false;
      candidate.changed.add('deletedAt');
    }
    // A stub is nothing that anybody entered: whatever is to become of duplicates, the row it stood for completes it.
    const { isStub } = candidate;
    if (exact === null) this.#noteNearMatch(item, candidate);
    if (isStub) this.#complete(candidate);
    const isRenamed = exact !== null || isStub;
    const mayChange = onDuplicate === 'update' || isStub;
    const keysBefore = this.#description.matchKeys(candidate.values, candidate.nameKey);
    const wasChanged = mayChange && this.#update(item, candidate, isRenamed);
    const hasName = this.#description.nameOf(candidate.values) === this.#description.nameOf(row.values);
    if (hasName) candidate.nameKey = item.nameKey;
    candidate.sourceId = item.sourceId ?? candidate.sourceId;
    const keysAfter = this.#description.matchKeys(
      { ...candidate.values, sourceId: item.sourceId },
      candidate.nameKey,
    );
    candidates.rekey(candidate, keysBefore, keysAfter);
    tally.row(this.#file.object, wasChanged || candidate.changed.size > before ? 'updated' : 'skipped');
    if (mayChange) this.#rememberParent(item, candidate.id);
    return candidate;
  }

  /** A record that has the letters of the row's name: one that was there before, or a stub; never another row's. */
  #nearMatch(item: ReadyRow, candidates: CandidateSet) {
    if (item.nearKey === null) return null;
    const { values } = item.row;
    const match = candidates.match(values, item.nearKey, [{ kind: 'name', key: item.nearKey }]);
    if (!match || (match.candidate.isOfThisImport && !match.candidate.isStub)) return null;
    const name = this.#description.nameOf(match.candidate.values);
    return this.#near?.isInFile(name) === true ? null : match;
  }

  /** Which name was read as which: a stub takes the row's, any other record keeps its own. */
  #noteNearMatch({ row }: ReadyRow, { values, isStub }: Candidate): void {
    const rowName = this.#description.nameOf(row.values);
    const recordName = this.#description.nameOf(values);
    if (isStub) this.#result.tally.corrected(recordName, rowName);
    else this.#result.tally.corrected(rowName, recordName);
  }

  #complete(candidate: Candidate): void {
    candidate.isStub = false;
    if (!candidate.isNew) this.#completedStubs.push(candidate.id);
  }

  /** A custom field that no new record of an object goes without, and that is not among `custom`. */
  #missingField(object: ImportObject, custom: ParsedRow['custom']): string | null {
    for (const { key, label, isRequired } of this.#context.customFields.get(object)?.values() ?? []) {
      if (isRequired && (custom[key] ?? null) === null) return label;
    }
    return null;
  }

  #create(item: ReadyRow, candidates: CandidateSet): Candidate {
    const { row } = item;
    const values: Values = {};
    for (const { key } of this.#description.columns) {
      const value = row.values[key] ?? this.#description.defaults[key] ?? null;
      if (value !== null) values[key] = value;
    }
    if (this.#description.hasOwner) {
      const ownerId = this.#newOwner(row.values);
      if (ownerId !== null) values['ownerId'] = ownerId;
    }
    const candidate: Candidate = {
      id: this.#context.app.ids.next(),
      values,
      custom: withoutNulls(row.custom),
      nameKey: item.nameKey,
      isNew: true,
      isOfThisImport: true,
      isTrashed: false,
      isStub: false,
      changed: new Set(),
      given: new Set(),
      sourceId: item.sourceId,
    };
    candidates.add(candidate, item.keys);
    this.#result.tally.row(this.#file.object, 'created');
    this.#rememberParent(item, candidate.id);
    return candidate;
  }

  #update(item: ReadyRow, candidate: Candidate, isRenamed: boolean): boolean {
    const { row } = item;
    const { eraseWithEmpty } = this.#context.options;
    let isChanged = false;
    const change = (key: string) => {
      candidate.changed.add(key);
      isChanged = true;
    };
    for (const { key } of this.#description.columns) {
      const value = row.values[key];
      if (value === undefined || (key === 'name' && item.hasMadeUpName) || (isName(key) && !isRenamed))
        continue;
      if (value === null && (!eraseWithEmpty || isNeeded(key))) continue;
      candidate.given.add(key);
      if ((candidate.values[key] ?? null) === value) continue;
      candidate.values[key] = value;
      change(key);
    }
    for (const [key, value] of Object.entries(row.custom)) {
      if (value === null && !eraseWithEmpty) continue;
      if (JSON.stringify(candidate.custom[key] ?? null) === JSON.stringify(value)) continue;
      if (value === null) delete candidate.custom[key];
      else candidate.custom[key] = value;
      change(`custom.${key}`);
    }
    return isChanged;
  }

  #rememberParent(item: ReadyRow, childId: string): void {
    if (!item.parent) return;
    const { name, by, onMissing, column } = item.parent;
    this.#result.parents.push({ childId, name, by, onMissing, column: column.index, line: item.row.line });
  }
}

/** A row of `candidateQueries`; the object's columns are beside these, as text. */
interface CandidateRow {
  readonly id: string;
  readonly is_trashed: boolean;
  readonly is_stub: boolean;
  readonly batch_id: string | null;
  readonly name_key: string;
  readonly custom_fields: Candidate['custom'];
  /** Only where records were looked for by it. */
  readonly source_id?: string;
  readonly [column: string]: unknown;
}

/** Fields that no record goes without; an empty cell never erases them. */
function isNeeded(key: string): boolean {
  return (
    key === 'name' || key === 'fullName' || key === 'stage' || key === 'lifecycleStage' || key === 'isActive'
  );
}

function isName(key: string): boolean {
  return key === 'name' || key === 'fullName' || key === 'firstName' || key === 'lastName';
}

function withoutNulls(custom: Candidate['custom']): Candidate['custom'] {
  return Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null));
}
