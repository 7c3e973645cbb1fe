import { type ImportField, type ImportObject, importTargets } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, ColumnTarget, DecimalSign } from '#shared/contract/imports.ts';
import type { CustomFieldType } from '#shared/enums.ts';
import { customFieldKeySchema } from '#shared/values.ts';
import { editDistance, similarityLimit } from '../../data/names.ts';
import { excerpt } from '../../data/shown.ts';
import { type ColumnFacts, type ImportModule, isIdLike, sourceIdField } from '../../objects/import-module.ts';
import { importModuleOf } from '../../objects/import-modules.ts';
import type { ColumnEvidence } from './evidence.ts';
import { bookkeepingHeaders, headerKey } from './header-names.ts';

export interface FileColumn {
  readonly index: number;
  readonly header: string;
  readonly evidence: ColumnEvidence;
}

/** A custom field the workspace has, as far as mapping needs it. */
export interface ExistingCustomField {
  readonly key: string;
  readonly label: string;
}

/** With more unknown columns than this, only those that are filled in a fifth of the rows become custom fields. */
const manyUnknownColumns = 40;

/**
 * A target for each column: by its name, then by a name that is nearly one, then by what its values are; what is left
 * becomes a new custom field if it has values. No field is given to two columns.
 */
export function proposeColumns(
  object: ImportObject,
  columns: readonly FileColumn[],
  customFields: readonly ExistingCustomField[],
  rowCount: number,
): ColumnPlan[] {
  const targets = new Map<number, ColumnTarget>();
  const keys = new Map(columns.map((column) => [column.index, headerKey(column.header)]));
  const taken = new Set<string>();
  const available = importTargets(object);
  const module = importModuleOf(object);
  const give = (column: FileColumn, key: string) => {
    if (taken.has(key)) return;
    taken.add(key);
    targets.set(column.index, targetFor(object, key, column));
  };
  const isFree = (column: FileColumn) => !targets.has(column.index) && column.evidence.filled > 0;

  for (const field of [...available.fields, ...available.links]) {
    if (taken.has(field.key)) continue;
    for (const name of module.headers[field.key] ?? []) {
      const column = columns.find((candidate) => isFree(candidate) && keys.get(candidate.index) === name);
      if (column && suits(object, field.key, column)) {
        give(column, field.key);
        break;
      }
    }
  }
  for (const column of columns.filter(isFree)) {
    const field = nearlyNamed(module, keys.get(column.index) ?? '', taken);
    if (field !== null && suits(object, field, column)) give(column, field);
  }
  for (const column of columns.filter(isFree)) {
    const field = module.byValues?.(factsOf(column)).find((key) => !taken.has(key));
    if (field !== undefined) give(column, field);
  }
  for (const column of columns) {
    const { openHeaders } = module;
    const isOpen = openHeaders?.words.includes(keys.get(column.index) ?? '') === true;
    if (!isOpen || targets.has(column.index)) continue;
    const values = [...column.evidence.distinct];
    if (values.length > 0) give(column, openHeaders.field(values));
  }
  for (const [index, target] of targets) {
    const other = target.kind === 'field' ? module.standsFor?.[target.field] : undefined;
    if (other !== undefined && !taken.has(other)) targets.set(index, { kind: 'field', field: other });
  }

  const unknown = columns
    .filter(isFree)
    .filter((column) => !bookkeepingHeaders.has(keys.get(column.index) ?? ''));
  for (const column of unknown) {
    if (unknown.length > manyUnknownColumns && column.evidence.filled < rowCount * 0.2) continue;
    if (module.hasCustomFields) targets.set(column.index, customTarget(column, customFields, taken));
  }
  return columns.map((column) =>
    columnPlan(column, targets.get(column.index) ?? { kind: 'ignore' }, columns),
  );
}

/** The columns of a file that is not imported, or not yet. */
export function withoutTargets(columns: readonly FileColumn[]): ColumnPlan[] {
  return columns.map((column) => columnPlan(column, { kind: 'ignore' }, columns));
}

function columnPlan(column: FileColumn, target: ColumnTarget, columns: readonly FileColumn[]): ColumnPlan {
  const { evidence } = column;
  return {
    index: column.index,
    header: excerpt(column.header, 1_000),
    samples: evidence.samples,
    detected: evidence.detected,
    target,
    // Also where few values are dates or numbers: a person may make the column one of them all the same.
    dateOrder: evidence.dates.order,
    decimalSign: decimalSign(column, columns),
    multiplier: '1',
    describedScale: null,
    misfits: evidence.misfits,
    distinct: evidence.few,
    isRepeated: isRepeated(column, target, columns),
    chosen: [],
  };
}

/** A second column of one name that would become a custom field, beside the field that the first one fills. */
function isRepeated(column: FileColumn, target: ColumnTarget, columns: readonly FileColumn[]): boolean {
  const key = headerKey(column.header);
  if (key === '' || (target.kind !== 'new_custom' && target.kind !== 'custom')) return false;
  return columns.some((other) => other.index < column.index && headerKey(other.header) === key);
}

/** A column whose own values fit both signs goes with the other columns of its file, when they speak clearly. */
function decimalSign(column: FileColumn, columns: readonly FileColumn[]): DecimalSign | null {
  const own = column.evidence.numbers.sign;
  if (own === 'any') return '.';
  if (own !== null) return own;
  const others = new Set<DecimalSign>();
  for (const other of columns) {
    const { detected } = other.evidence;
    const sign = detected === 'number' || detected === 'percent' ? other.evidence.numbers.sign : 'any';
    if (sign === '.' || sign === ',') others.add(sign);
  }
  const [only] = others;
  return others.size === 1 && only !== undefined ? only : null;
}

function targetFor(object: ImportObject, key: string, column: FileColumn): ColumnTarget {
  const link = importTargets(object).links.find((candidate) => candidate.key === key);
  if (!link) return { kind: 'field', field: key };
  const by = isIdColumn(column) ? 'source_id' : 'name';
  return { kind: 'link', field: key, by, onMissing: by === 'source_id' ? 'leave_empty' : 'create' };
}

/** Ids as systems make them: `Associated Company IDs`, `AccountId`, in cells without spaces that hold digits. */
function isIdColumn(column: FileColumn): boolean {
  if (!/\bids?\b/.test(headerKey(column.header))) return false;
  return column.evidence.samples.every((sample) => /^[\w;:-]*\d[\w;:-]*$/.test(sample));
}

function factsOf({ header, evidence }: FileColumn): ColumnFacts {
  return { header: headerKey(header), detected: evidence.detected, samples: evidence.samples };
}

/** The values decide between fields of the same name. */
function suits(object: ImportObject, field: string, column: FileColumn): boolean {
  const facts = factsOf(column);
  const ownTest = importModuleOf(object).suits?.[field];
  if (ownTest) return ownTest(facts);
  if (field === sourceIdField) return isIdLike(facts);
  const type = importTargets(object).fields.find((candidate) => candidate.key === field)?.type;
  return type === undefined || fitsType(type, facts.detected);
}

/** Whether values of a detected type can be kept in a field; text takes everything. */
function fitsType(type: ImportField['type'], detected: ColumnPlan['detected']): boolean {
  switch (type) {
    case 'date':
      return detected === 'date' || detected === 'text' || detected === 'integer';
    case 'integer':
    case 'money':
    case 'percent':
      return detected === 'integer' || detected === 'number' || detected === 'percent' || detected === 'text';
    case 'email':
      return detected === 'email' || detected === 'text';
    default:
      return true;
  }
}

function nearlyNamed({ headers }: ImportModule, key: string, taken: ReadonlySet<string>): string | null {
  let best: { field: string; distance: number } | null = null;
  for (const [field, names] of Object.entries(headers)) {
    if (taken.has(field)) continue;
    for (const name of names) {
      const limit = Math.min(similarityLimit(name.length), name.length >= 7 ? 2 : 1);
      const distance = editDistance(key, name, limit);
      if (distance <= limit && distance > 0 && (best === null || distance < best.distance))
        best = { field, distance };
    }
  }
  return best?.field ?? null;
}

function customTarget(
  column: FileColumn,
  existing: readonly ExistingCustomField[],
  taken: Set<string>,
): ColumnTarget {
  const name = headerKey(column.header);
  const known = existing.find(
    (field) => headerKey(field.label) === name || field.key === name.replaceAll(' ', '_'),
  );
  if (known && !taken.has(`custom.${known.key}`)) {
    taken.add(`custom.${known.key}`);
    return { kind: 'custom', key: known.key };
  }
  const stem = customKey(name, column.index);
  let key = stem;
  const isTaken = (candidate: string) =>
    !customFieldKeySchema.safeParse(candidate).success ||
    taken.has(`custom.${candidate}`) ||
    existing.some((field) => field.key === candidate);
  for (let attempt = 2; isTaken(key); attempt += 1) key = `${stem}_${attempt}`;
  taken.add(`custom.${key}`);
  const label =
    excerpt(column.header.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim(), 190) || `Column ${column.index + 1}`;
  const type = customType(column.evidence.detected);
  return { kind: 'new_custom', key, label: type === 'number' ? withUnit(label, column) : label, type };
}

/** A number loses the sign that stands beside it: the name of its field keeps it, as in `Margin (%)`. */
function withUnit(label: string, { evidence }: FileColumn): string {
  const { unit } = evidence.numbers;
  return unit === null || label.includes(unit) ? label : `${label} (${unit})`;
}

/** A key made of the header's Latin letters and digits, at most 60 characters. */
function customKey(name: string, index: number): string {
  const key = name
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 56)
    .replace(/_+$/, '');
  return key === '' ? `column_${index + 1}` : key;
}

function customType(detected: ColumnPlan['detected']): Exclude<CustomFieldType, 'select' | 'multi_select'> {
  switch (detected) {
    case 'integer':
    case 'number':
    case 'percent':
      return 'number';
    case 'date':
    case 'email':
    case 'phone':
    case 'url':
    case 'boolean':
      return detected;
    case 'empty':
    case 'text':
    case 'long_text':
      return 'text';
    default:
      return detected satisfies never;
  }
}
