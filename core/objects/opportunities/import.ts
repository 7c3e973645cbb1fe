import { say } from '#shared/message.ts';
import { plainDecimal } from '../../data/decimals.ts';
import { isGiven } from '../../data/given.ts';
import { contradict, type MatchKey, type ObjectDescription, writableColumns } from '../import-description.ts';

export const opportunities: ObjectDescription = {
  object: 'opportunities',
  table: 'opportunities',
  singular: 'opportunity',
  plural: 'opportunities',
  toTellApart: say`an id, a close date or an amount`,
  columns: writableColumns('opportunities'),
  hasOwner: true,
  hasCustomFields: true,
  writtenIfGiven: ['closeDate'],
  defaults: { stage: 'prospecting' },
  complete: () => null,
  nameOf: (values) => values['name'] ?? '',
  matchKeys(values, nameKey) {
    const keys: MatchKey[] = [];
    if (isGiven(values['externalRef'])) keys.push({ kind: 'external_ref', key: values['externalRef'] });
    if (nameKey !== '') keys.push({ kind: 'name', key: nameKey });
    return keys;
  },
  // A firm buys the same thing twice: a name alone does not make two deals one.
  differ(row, record, kind) {
    if (kind !== 'name') return false;
    return (
      contradict(row['externalRef'], record['externalRef']) ||
      (row['accountId'] ?? null) !== (record['accountId'] ?? null) ||
      (row['contactId'] ?? null) !== (record['contactId'] ?? null) ||
      contradict(row['closeDate'], record['closeDate']) ||
      contradict(row['engagedOn'], record['engagedOn']) ||
      contradict(amount(row['amount']), amount(record['amount']))
    );
  },
};

function amount(text: string | null | undefined): string | null {
  return !isGiven(text) ? null : plainDecimal(text);
}
