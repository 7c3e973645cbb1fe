import type { FilterCondition, ListScope, Sort } from '#shared/contract/list.ts';
import { closedStages } from '#shared/enums.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, titleOf, valueOf } from '../client/record-client.ts';

export type RelationName = 'contacts' | 'opportunities' | 'children' | 'people';

/** Records of one kind that belong to the record of a page. */
export interface Relation {
  readonly name: RelationName;
  readonly object: ObjectName;
  /** The field of the related records that names this one: linking and taking off sets it. */
  readonly field: string;
  readonly displayKey: string;
  /** What that field holds, and the name that goes with it; null where this record names nothing yet. */
  readonly target: { id: string; name: string } | null;
  readonly columns: readonly string[];
  readonly sort: readonly Sort[];
  /** Shows open and closed ones apart. */
  readonly hasStages: boolean;
  /** The field of this record that may name one of them. */
  readonly primaryField?: string;
}

const byName: readonly Sort[] = [{ field: 'name', direction: 'asc' }];
const byCloseDate: readonly Sort[] = [{ field: 'closeDate', direction: 'desc' }];
const dealColumns = ['name', 'stage', 'amount', 'closeDate', 'ownerId'];
const peopleColumns = ['name', 'jobTitle', 'email', 'phoneMobile'];

/** The relations that a record's page shows, as tabs in this order. */
export function relationsOf(object: ObjectName, record: AnyRecord): readonly Relation[] {
  const self = { id: record.id, name: titleOf(record) };
  switch (object) {
    case 'accounts':
      return [
        {
          name: 'contacts',
          object: 'contacts',
          field: 'accountId',
          displayKey: 'accountName',
          target: self,
          columns: peopleColumns,
          sort: byName,
          hasStages: false,
        },
        deals('accountId', 'accountName', self),
        {
          name: 'children',
          object: 'accounts',
          field: 'parentAccountId',
          displayKey: 'parentAccountName',
          target: self,
          columns: ['name', 'industry', 'employeeCount', 'annualRevenue', 'addressCountry'],
          sort: byName,
          hasStages: false,
        },
      ];
    case 'contacts':
      return [deals('contactId', 'contactName', self)];
    case 'products':
      return [deals('productId', 'productName', self)];
    case 'opportunities':
      return [
        {
          name: 'people',
          object: 'contacts',
          field: 'accountId',
          displayKey: 'accountName',
          target: accountOf(record),
          columns: peopleColumns,
          sort: byName,
          hasStages: false,
          primaryField: 'contactId',
        },
      ];
    default:
      return object satisfies never;
  }
}

function deals(field: string, displayKey: string, target: { id: string; name: string }): Relation {
  return {
    name: 'opportunities',
    object: 'opportunities',
    field,
    displayKey,
    target,
    columns: dealColumns,
    sort: byCloseDate,
    hasStages: true,
  };
}

/** The account that an opportunity names. */
export function accountOf(record: AnyRecord): { id: string; name: string } | null {
  const id = valueOf(record, 'accountId');
  const name = valueOf(record, 'accountName');
  return typeof id === 'string' ? { id, name: typeof name === 'string' ? name : '' } : null;
}

export type StageChoice = 'open' | 'closed';

/** Which records a relation holds, as a list asks for them. */
export function scopeOf(relation: Relation, id: string, stages?: StageChoice): ListScope {
  const conditions: FilterCondition[] = [{ field: relation.field, operator: 'is', values: [id] }];
  if (stages) {
    conditions.push({
      field: 'stage',
      operator: stages === 'closed' ? 'any_of' : 'none_of',
      values: [...closedStages],
    });
  }
  return { filter: { join: 'and', conditions } };
}
