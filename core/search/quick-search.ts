import type { Identity, Tx } from '#db/engine/types.ts';
import type { SearchHit } from '#shared/contract/search.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { type ObjectName, objectNames } from '#shared/objects/objects.ts';
import { fold } from '#shared/text/fold.ts';
import { queryRows } from '../data/statement.ts';
import { recordObjects } from '../objects/catalogue.ts';
import type { RecordObject } from '../records/record-object.ts';
import { type SearchWords, searchWords } from '../records/search-words.ts';
import {
  type Candidate,
  candidateRow,
  containsQuery,
  exactQuery,
  namePrefixQuery,
  wordStartsQuery,
} from './quick-query.ts';

/** Of each object so many are looked at that contain the words; the best of them are shown. */
const mostCandidates = 60;

export interface QuickSearch {
  readonly text: string;
  readonly objects?: readonly ObjectName[] | undefined;
  readonly limit: number;
}

/**
 * Finds records as the person types. Case and accents do not matter, nor does the formatting of a phone number. Names that
 * are the text, or an email, domain or code that is, come first, then names that begin with it, names with a word that
 * does, and what contains it; live before trashed.
 */
export async function quickSearch(tx: Tx, identity: Identity, search: QuickSearch): Promise<SearchHit[]> {
  const text = search.text.replaceAll('\u0000', '').trim();
  if (text === '') return [];
  const words = searchWords(text);
  const ranked: RankedHit[] = [];
  for (const name of search.objects?.length ? search.objects : objectNames) {
    const object = recordObjects[name];
    for (const candidate of await candidatesOf(tx, identity, object, text, words, search.limit)) {
      ranked.push(rank(object, candidate, words, text));
    }
  }
  return ranked
    .sort((one, other) => one.rank - other.rank || compareTexts(one.nameKey, other.nameKey))
    .slice(0, search.limit)
    .map(({ hit }) => hit);
}

async function candidatesOf(
  tx: Tx,
  identity: Identity,
  object: RecordObject,
  text: string,
  words: SearchWords,
  limit: number,
): Promise<Candidate[]> {
  const shape = candidateRow(object);
  const byPrefix = await queryRows(tx, shape, namePrefixQuery(object, identity, text, limit));
  const longest = Math.max(words.phoneDigits?.length ?? 0, ...words.words.map((word) => word.length));
  // A trigram index answers from three characters on; before that, beginnings of names are what can be found.
  if (longest < 3) return byPrefix;
  const found = new Map<string, Candidate>();
  const add = (candidates: readonly Candidate[]) => {
    for (const candidate of candidates) found.set(candidate.id, candidate);
  };
  const exact = exactQuery(object, identity, text, limit);
  if (exact) add(await queryRows(tx, shape, exact, 'fresh'));
  add(byPrefix);
  if (byPrefix.length >= limit) return [...found.values()];
  // The better kind of match first: what merely contains the words must not take the place of what begins with them.
  const beginning = await queryRows(
    tx,
    shape,
    wordStartsQuery(object, identity, words, mostCandidates),
    'fresh',
  );
  add(beginning);
  if (beginning.length < mostCandidates) {
    add(await queryRows(tx, shape, containsQuery(object, identity, words, mostCandidates), 'fresh'));
  }
  return [...found.values()];
}

interface RankedHit {
  readonly hit: SearchHit;
  /** The lower the better. */
  readonly rank: number;
  readonly nameKey: string;
}

function rank(object: RecordObject, candidate: Candidate, words: SearchWords, text: string): RankedHit {
  const isTrashed = candidate.is_trashed === 'true';
  const matched = matchedField(object, candidate, words);
  const sought = fold(text);
  const name = candidate.name_key;
  const value = candidate[`field_${matched}`];
  const quality =
    matched !== object.title
      ? fold(value ?? '') === sought
        ? 0
        : 3
      : name === sought
        ? 0
        : name.startsWith(sought)
          ? 1
          : words.words.every((word) => ` ${name}`.includes(` ${fold(word)}`))
            ? 2
            : 4;
  return {
    hit: {
      object: object.name,
      id: recordIdSchema.parse(candidate.id),
      title: candidate.title,
      subtitle: candidate.subtitle,
      details: object.search.details.flatMap((field) => {
        const value = candidate[`detail_${field}`];
        return value && value !== candidate.subtitle ? [{ field, value }] : [];
      }),
      matched,
      isTrashed,
    },
    rank: quality + (isTrashed ? 10 : 0),
    nameKey: name,
  };
}

/** The field that holds what was typed: the title where it holds all of it, else the first other one that holds a word. */
function matchedField(
  object: RecordObject,
  candidate: Candidate,
  { words, phoneDigits }: SearchWords,
): string {
  if (words.every((word) => candidate.name_key.includes(fold(word)))) return object.title;
  const holds = (value: string) =>
    phoneDigits === undefined
      ? words.some((word) => fold(value).includes(fold(word)))
      : value.replace(/\D/g, '').includes(phoneDigits);
  return object.search.matched.find((key) => holds(candidate[`field_${key}`] ?? '')) ?? object.title;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
