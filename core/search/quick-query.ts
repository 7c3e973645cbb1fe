import type { Identity } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { columnOf, whole } from '../data/statement.ts';
import { type SearchWords, wordStartsCondition, wordsCondition } from '../records/search-words.ts';
import { foldedPrefixRange } from '../records/text-match.ts';

/** What is shown of a hit, and what it may have matched by, beside the name. */
interface Shown {
  readonly title: SQL;
  readonly subtitle: SQL;
  /** Field key → column of what tells records of one name apart. */
  readonly details: Readonly<Record<string, string>>;
  /** Field key → column. */
  readonly matched: Readonly<Record<string, string>>;
}

const accountName = sql`(
  SELECT a.name FROM accounts a WHERE a.workspace_id = r.workspace_id AND a.id = r.account_id
)`;

const shown: Readonly<Record<ObjectName, Shown>> = {
  accounts: {
    title: sql`r.name`,
    subtitle: sql`coalesce(r.domain, r.industry)`,
    details: { addressCity: 'address_city' },
    matched: { domain: 'domain', website: 'website', phoneOffice: 'phone_office' },
  },
  contacts: {
    title: sql`r.full_name`,
    subtitle: sql`coalesce(${accountName}, r.email)`,
    details: { email: 'email' },
    matched: { email: 'email', phoneMobile: 'phone_mobile', phoneWork: 'phone_work' },
  },
  opportunities: {
    title: sql`r.name`,
    subtitle: sql`coalesce(
      ${accountName},
      (SELECT c.full_name FROM contacts c WHERE c.workspace_id = r.workspace_id AND c.id = r.contact_id)
    )`,
    details: { stage: 'stage', closeDate: 'close_date' },
    matched: { externalRef: 'external_ref' },
  },
  products: {
    title: sql`r.name`,
    subtitle: sql`coalesce(r.sku, r.series)`,
    details: { series: 'series' },
    matched: { sku: 'sku', series: 'series' },
  },
};

/** A row of a quick search; `field_<key>` holds what it may have matched by, `detail_<key>` what tells it apart. */
export type Candidate = Readonly<Record<string, string | null>> & {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly name_key: string;
  readonly is_trashed: string;
};

export function matchedFields(object: ObjectName): readonly string[] {
  return Object.keys(shown[object].matched);
}

export function detailFields(object: ObjectName): readonly string[] {
  return Object.keys(shown[object].details);
}

function candidates(object: ObjectName, identity: Identity, condition: SQL, order: SQL, limit: number): SQL {
  const { title, subtitle, matched, details } = shown[object];
  const fields = [
    ...Object.entries(matched).map(
      ([key, column]) => sql`, ${columnOf('r', column)} AS ${sql.identifier(`field_${key}`)}`,
    ),
    ...Object.entries(details).map(
      ([key, column]) => sql`, ${columnOf('r', column)}::text AS ${sql.identifier(`detail_${key}`)}`,
    ),
  ];
  return sql`
    SELECT
      r.id, ${title} AS title, ${subtitle} AS subtitle, r.name_key, (r.deleted_at IS NOT NULL)::text AS is_trashed
      ${sql.join(fields, sql``)}
    FROM ${sql.identifier(object)} r
    WHERE r.workspace_id = ${identity.workspaceId}::uuid AND ${condition}
    ${order}
    LIMIT ${whole(limit)}`;
}

/** Live records whose name begins with the text, in the order of names: a range of the index on the folded name. */
export function namePrefixQuery(object: ObjectName, identity: Identity, text: string, limit: number): SQL {
  const condition = sql`r.deleted_at IS NULL AND ${foldedPrefixRange(sql`r.name_key`, text)}`;
  return candidates(object, identity, condition, sql`ORDER BY r.name_key, r.id`, limit);
}

/**
 * Records, trashed ones too, whose email, domain, number or code is the text: one look-up in the index on it, so that no
 * number of other candidates hides them.
 */
export function exactQuery(object: ObjectName, identity: Identity, text: string, limit: number): SQL {
  const conditions: Readonly<Record<ObjectName, SQL>> = {
    accounts: sql`r.domain IS NOT NULL AND lower(r.domain) = lower(${text}::text)`,
    contacts: sql`r.email IS NOT NULL AND lower(r.email) = lower(${text}::text)`,
    opportunities: sql`r.external_ref IS NOT NULL AND r.external_ref IN (${text}::text, upper(${text}::text))`,
    products: sql`r.sku IS NOT NULL AND lower(r.sku) = lower(${text}::text)`,
  };
  return candidates(object, identity, conditions[object], sql``, limit);
}

/** Like `containsQuery`, with each word, or the digits, at the beginning of a word: by the same index. */
export function wordStartsQuery(
  object: ObjectName,
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
  object: ObjectName,
  identity: Identity,
  words: SearchWords,
  limit: number,
): SQL {
  return candidates(object, identity, wordsCondition(words), sql``, limit);
}
