import { isGiven } from '../../../data/given.ts';
import type { Values } from '../../../objects/import-description.ts';

/**
 * A name for a deal that its file gives none: who buys and what, `Cancity – GTX Basic`. Later imports know the deal by its
 * id in the source, never by a name that was made up, and do not overwrite the name.
 */
export function nameOpportunity(
  values: Values,
  account: string | null,
  contact: string | null,
  product: string | null,
): string {
  const parts = [account ?? contact, product].filter((part) => part !== null);
  if (parts.length > 0) return parts.join(' – ');
  return !isGiven(values['externalRef']) ? 'Opportunity' : `Opportunity ${values['externalRef']}`;
}
