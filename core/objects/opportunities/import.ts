import { say } from '#shared/message.ts';
import { plainDecimal } from '../../data/decimals.ts';
import { isGiven } from '../../data/given.ts';
import { shown } from '../../data/shown.ts';
import { byName, contradict, importModule, isIdLike } from '../import-module.ts';
import { madeUpName, renameMadeUp } from './made-up-names.ts';
import { readStageLabels, stageChoices, statusChoices } from './stages.ts';

const placeholder = { sideEffect: 'placeholderAccounts', isPlaceholder: true };

/** The id in the source is kept in `externalRef`. */
export const opportunities = importModule({
  name: 'opportunities',
  headers: {
    externalRef: ['opportunity id', 'deal id', 'record id', 'id', 'id de registro', 'order id'],
    name: [
      'deal name',
      'opportunity name',
      'deal title',
      'opportunity',
      'deal',
      'title',
      'name',
      'nombre del negocio',
      'nombre',
    ],
    accountId: [
      'account',
      'account id',
      'account name',
      'associated company ids primary',
      'associated company ids',
      'associated company',
      'company',
      'company name',
      'organization',
      'organisation',
      'customer',
      'client',
      'empresa',
      'empresa asociada',
    ],
    contactId: [
      'associated contact ids',
      'associated contact',
      'contact person',
      'contact',
      'contact id',
      'contact name',
      'primary contact',
      'person',
      'contacto',
    ],
    productId: ['product', 'product name', 'item', 'producto', 'product id'],
    stage: [
      'deal stage',
      'stage',
      'stage name',
      'pipeline stage',
      'sales stage',
      'opportunity stage',
      'etapa del negocio',
      'etapa',
      'phase',
    ],
    status: ['status', 'deal status'],
    amount: [
      'close value',
      'amount',
      'deal value',
      'value',
      'deal amount',
      'opportunity amount',
      'total',
      'valor',
      'importe',
      'cantidad',
      'betrag',
      'montant',
      'revenue',
    ],
    currency: ['currency of value', 'currency', 'currency iso code', 'deal currency', 'moneda'],
    probability: ['probability', 'deal probability', 'win probability', 'probabilidad'],
    closeDate: [
      'close date',
      'closed date',
      'expected close date',
      'closing date',
      'won time',
      'close',
      'fecha de cierre',
      'abschlussdatum',
    ],
    engagedOn: ['engage date', 'engaged on', 'engaged', 'start date', 'opened', 'open date'],
    nextStep: ['next step', 'next steps', 'proximo paso'],
    leadSource: ['lead source', 'source', 'original source', 'fuente', 'quelle'],
    wonReason: ['won reason', 'closed won reason'],
    lostReason: ['lost reason', 'closed lost reason', 'loss reason', 'motivo de perdida'],
    description: ['description', 'notes', 'deal description', 'comments', 'descripcion', 'notas'],
    ownerId: [
      'sales agent',
      'deal owner',
      'opportunity owner',
      'owner',
      'owner id',
      'sales rep',
      'account manager',
      'propietario del negocio',
      'propietario',
      'hubspot owner',
    ],
  },
  hints: [
    'deal name',
    'deal stage',
    'stage name',
    'deal owner',
    'close date',
    'close value',
    'opportunity id',
    'opportunity name',
    'engage date',
    'deal value',
    'expected close date',
    'is won',
    'stage',
    'probability',
    'lost reason',
    'amount',
  ],
  fileName: /(opportunit(y|ies)|deals?|pipeline|negocios?|oportunidades)/i,
  headerPrefix: /^deal - /i,
  needs: [
    ['stage', 'amount', 'closeDate', 'status'],
    ['name', 'externalRef', 'accountId', 'contactId'],
  ],
  // Without a name of its own one is called after its account and product.
  namedBy: null,
  wholeName: 'name',
  hasNearNames: false,
  toTellApart: say`an id, a close date or an amount`,
  defaults: { stage: 'prospecting' },
  // The database dates a closing or reopening by whether a close date is given.
  writtenIfGiven: ['closeDate'],
  matchKeys: [
    {
      kind: 'external_ref',
      of: ({ externalRef }) => externalRef ?? null,
      sql: 'external_ref',
      filled: 'external_ref',
    },
    byName,
  ],
  screenIndexes: [
    'idx_opportunities_search',
    'idx_opportunities_stage_close_date',
    'idx_opportunities_board',
    'idx_opportunities_open_by_owner',
    'idx_opportunities_amount',
    'idx_opportunities_close_date',
    'idx_opportunities_created_at',
    'idx_opportunities_updated_at',
    'idx_opportunities_account_id',
    'idx_opportunities_contact_id',
    'idx_opportunities_product_id',
    'idx_opportunities_owner_id',
  ],
  sideEffects: [placeholder.sideEffect],
  readLabels: readStageLabels,
  choices: (labels) => ({ stage: stageChoices(labels), status: statusChoices(labels) }),
  suits: { externalRef: isIdLike },
  // A status alone tells all that is known of the stage.
  standsFor: { status: 'stage' },
  impliedNames: (_rows, { onMissingAccount, placeholderAccountName }) =>
    onMissingAccount === 'placeholder' ? [{ target: 'accounts', name: placeholderAccountName }] : [],
  prepare(values, row) {
    if (!isGiven(values.accountId) && !isGiven(values.contactId)) {
      const { onMissingAccount, placeholderAccountName: name } = row.options;
      if (onMissingAccount !== 'placeholder') {
        const named = row.linkText(['accountId', 'contactId']);
        return named === null
          ? say`The row names no account and no contact. Fill in one of them, or import with a placeholder account.`
          : say`The account or contact “${shown(named)}” is not known.`;
      }
      values.accountId = row.find('accounts', name) ?? row.make('accounts', name, placeholder);
    }
    if (!isGiven(values.name)) values.name = madeUpName(values, row);
    return null;
  },
  // A credit or a refund: the interface takes such amounts too, and so do other systems.
  note: ({ amount }) => (amount?.startsWith('-') ? say`amounts below zero were kept as they stand.` : null),
  // A firm buys the same thing twice: a name alone does not make two opportunities one.
  differ(row, record, kind) {
    if (kind !== byName.kind) return false;
    return (
      contradict(row.externalRef, record.externalRef) ||
      (row.accountId ?? null) !== (record.accountId ?? null) ||
      (row.contactId ?? null) !== (record.contactId ?? null) ||
      contradict(row.closeDate, record.closeDate) ||
      contradict(row.engagedOn, record.engagedOn) ||
      contradict(plain(row.amount), plain(record.amount))
    );
  },
  stub: (name) => ({ name }),
  finish: renameMadeUp,
});

function plain(amount: string | null | undefined): string | null {
  return isGiven(amount) ? plainDecimal(amount) : null;
}
