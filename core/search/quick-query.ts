import type { Identity } from '#db/engine/types.ts';
import { filled, nullable, type RowShape, returningFields, text, uuid } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { referencedName } from '../data/reference.ts';
import { columnOf, whole } from '../data/statement.ts';
import type { RecordObject } from '../records/record-object.ts';
import { type SearchWords, wordStartsCondition, wordsCondition } from '../records/search-words.ts';
import { foldedPrefixRange } from '../records/text-match.ts';

/** A row of a quick search; `field_<key>` holds what it may have matched by, `detail_<key>` what tells it apart. */
export type Candidate = Readonly<Record<string, string | null>> & {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly name_key: string;
  readonly is_trashed: string;
};

/** A field's column, or the name of what a reference points at. */
function valueOf(object: RecordObject, key: string): SQL {
  const field = object.fields.find((candidate) => candidate.key === key || candidate.displayKey === key);
  if (!field)
    throw new SatchelError('internal', say`A search of ${object.name} names the unknown field ${key}.`);
  return field.key === key || field.target === undefined
    ? columnOf('r', field.column)
    : referencedName(field.target, 'r', field.column);
}

function candidates(
  object: RecordObject,
  identity: Identity,
  condition: SQL,
  order: SQL,
  limit: number,
): SQL {
  const { subtitle, matched, details } = object.search;
  const fields = [
    ...matched.map((key) => sql`, ${valueOf(object, key)} AS ${sql.identifier(`field_${key}`)}`),
    ...details.map((key) => sql`, ${valueOf(object, key)}::text AS ${sql.identifier(`detail_${key}`)}`),
  ];
  const values = [...subtitle.map((key) => valueOf(object, key)), sql`NULL`];
  return sql`
    SELECT
      r.id, ${valueOf(object, object.title)} AS title, coalesce(${sql.join(values, sql`, `)}) AS subtitle, r.name_key,
      (r.deleted_at IS NOT NULL)::text AS is_trashed
      ${sql.join(fields, sql``)}
    FROM ${sql.identifier(object.name)} r
    WHERE r.workspace_id = ${identity.workspaceId}::uuid AND ${condition}
    ${order}
    LIMIT ${whole(limit)}`;
}

/** What `candidates` selects. */
export function candidateRow({ search }: RecordObject): RowShape<Candidate> {
  return returningFields({
    id: uuid,
    title: filled(text),
    subtitle: nullable(text),
    name_key: filled(text),
    is_trashed: text,
    ...Object.fromEntries(search.matched.map((key) => [`field_${key}`, nullable(text)])),
    ...Object.fromEntries(search.details.map((key) => [`detail_${key}`, nullable(text)])),
  });
}

/** Live records whose name begins with the text, in the order of names: a range of the index on the folded name. */
export function namePrefixQuery(object: RecordObject, identity: Identity, text: string, limit: number): SQL {
  const condition = sql`r.deleted_at IS NULL AND ${foldedPrefixRange(sql`r.name_key`, text)}`;
  return candidates(object, identity, condition, sql`ORDER BY r.name_key, r.id`, limit);
}

/**
 * Records, trashed ones too, whose email, domain, number or code is the text: one look-up in the index on it, so that no
 * number of other candidates hides them.
 */
export function exactQuery(
  object: RecordObject,
  identity: Identity,
  text: string,
  limit: number,
): SQL | undefined {
  const condition = object.search.isExactly?.(text);
  return condition && candidates(object, identity, condition, sql``, limit);
}

/** Like `containsQuery`, with each word, or the digits, at the beginning of a word: by the same index. */
export function wordStartsQuery(
  object: RecordObject,
  identity: Identity,
  words: SearchWords,
  limit: number,
): SQL {
  return candidates(object, identity, wordStartsCondition(words), sql``, limit);
}

/**
 * Records, trashed ones too, that contain all words, or the digits, anywhere in their names, emails, domains and phone
 * numbers: by the trigram index, which needs three characters. In no order, so that the search stops at the limit.
 */
export function containsQuery(
  object: RecordObject,
  identity: Identity,
  words: SearchWords,
  limit: number,
): SQL {
  return candidates(object, identity, wordsCondition(words), sql``, limit);
}
