import {
  type ImportField,
  type ImportLink,
  type ImportObject,
  importTargets,
} from '#shared/contract/import-targets.ts';
import type { ColumnPlan, FilePlan } from '#shared/contract/imports.ts';
import type { CustomFieldType } from '#shared/enums.ts';
import { type Message, say } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';
import { isCurrency } from '#shared/values.ts';
import { isGiven } from '../../data/given.ts';
import { shown } from '../../data/shown.ts';
import type { Choices, Labels, Values } from '../../objects/import-module.ts';
import { importModuleOf } from '../../objects/import-modules.ts';
import { unprotectFromFormulas } from '../error-file.ts';
import type { FileRecord } from '../files/records.ts';
import { isErrorColumn } from '../plan/survey.ts';
import { choicesOf, readValue, type ValueReading } from '../values/choices.ts';
import { type Converted, convertCell } from '../values/convert.ts';
import { trimInvisible } from '../values/text.ts';

/** A custom field of the workspace, or one that the import makes. */
export interface CustomField {
  readonly key: string;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly options: readonly string[];
  /** No record may be made without it. */
  readonly isRequired: boolean;
  /** Its values are encrypted, which an import cannot do. */
  readonly isPii: boolean;
}

/** A link as a row names it. `name` is what the cell says, after corrections that the plan holds. */
export interface RowLink {
  readonly column: ColumnPlan;
  readonly link: ImportLink;
  readonly by: 'name' | 'source_id';
  readonly onMissing: 'create' | 'reject' | 'leave_empty';
  readonly name: string;
}

export interface RowIssue {
  readonly target: string;
  readonly message: Message;
}

export interface ParsedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly values: Values;
  readonly custom: Record<string, string | number | boolean | readonly string[] | null>;
  readonly links: RowLink[];
  readonly issues: RowIssue[];
  /** What is to be told of the file, although the row comes in. */
  readonly notes: Message[];
}

export interface ParsingContext {
  readonly labels: Labels;
  readonly customFields: ReadonlyMap<string, CustomField>;
  /** What the plan says a cell of a column is to be read as: `<column>\u0000<text>` → text. */
  readonly corrections: ReadonlyMap<string, string | null>;
}

type CellReader = (text: string, row: ParsedRow) => void;

/** Turns the records of one file into rows of values. Never throws for a row: what is wrong with it is in `issues`. */
export class RowParser {
  readonly object: ImportObject;
  readonly #readers: { readonly index: number; readonly read: CellReader }[] = [];
  readonly #context: ParsingContext;
  readonly #width: number;
  readonly #isErrorFile: boolean;
  readonly #totalLine: number | null;

  constructor(file: FilePlan, object: ImportObject, context: ParsingContext) {
    this.object = object;
    this.#context = context;
    this.#totalLine = file.totalLine;
    this.#width = Math.max(0, ...file.columns.map((column) => column.index + 1));
    this.#isErrorFile = file.columns.some((column) => isErrorColumn(column.header));
    for (const column of file.columns) {
      const read = this.#reader(column);
      if (read) this.#readers.push({ index: column.index, read });
    }
  }

  parse(record: FileRecord): ParsedRow {
    const cells = this.#isErrorFile ? record.cells.map(unprotectFromFormulas) : record.cells;
    const row: ParsedRow = {
      line: record.line,
      cells,
      values: {},
      custom: {},
      links: [],
      issues: [],
      notes: [],
    };
    if (record.line === this.#totalLine) {
      row.issues.push({
        target: '',
        message: say`The row holds the sums of the columns above it and is no record.`,
      });
      return row;
    }
    const overflow = cells.slice(this.#width);
    if (overflow.some((cell) => trimInvisible(cell) !== '')) {
      const message = say`The row has ${cells.length} cells where the header has ${this.#width}. Put quotes around a cell that holds a separator.`;
      row.issues.push({ target: '', message });
      return row;
    }
    for (const { index, read } of this.#readers) read(cells[index] ?? '', row);
    return row;
  }

  #reader(column: ColumnPlan): CellReader | null {
    const { target } = column;
    const choices = choicesOf(this.object, target, this.#context);
    if (choices) return choiceReader(column, choices);
    switch (target.kind) {
      case 'ignore':
        return null;
      case 'field': {
        const field = importTargets(this.object).fields.find((candidate) => candidate.key === target.field);
        return field ? this.#fieldReader(column, field) : null;
      }
      case 'link': {
        const link = importTargets(this.object).links.find((candidate) => candidate.key === target.field);
        return link ? this.#linkReader(column, link, target.by, target.onMissing) : null;
      }
      case 'custom':
      case 'new_custom': {
        const field = this.#context.customFields.get(target.key);
        return field ? customReader(column, field) : null;
      }
      default:
        return target satisfies never;
    }
  }

  #correct(column: ColumnPlan, text: string): string {
    return this.#context.corrections.get(`${column.index}\u0000${trimInvisible(text)}`) ?? text;
  }

  #fieldReader(column: ColumnPlan, field: ImportField): CellReader {
    const isName = field.key === importModuleOf(this.object).wholeName;
    return (text, row) => {
      const meant = isName ? this.#correct(column, text) : text;
      const converted = convertCell(field.type, meant, column);
      if (!keep(row, field.key, column, converted)) return;
      row.values[field.key] = converted.value;
      if (field.type === 'money' && isGiven(converted.currency))
        takeCurrency(row, field.key, column, converted.currency);
      if (field.key === 'currency' && converted.value !== null)
        takeCurrency(row, field.key, column, converted.value.toUpperCase());
    };
  }

  #linkReader(
    column: ColumnPlan,
    link: ImportLink,
    by: RowLink['by'],
    onMissing: RowLink['onMissing'],
  ): CellReader {
    return (text, row) => {
      const [first, ...others] = namesIn(text, by);
      const converted = convertCell('text', this.#correct(column, first ?? ''), column);
      if (!keep(row, link.key, column, converted)) return;
      if (others.length > 0)
        row.notes.push(
          say`some cells in “${column.header}” name several records; their rows are linked to the first one only.`,
        );
      if (converted.value === null) row.values[link.key] = null;
      else row.links.push({ column, link, by, onMissing, name: converted.value });
    };
  }
}

/** A column of currencies says more than what stands beside an amount, whichever comes first. */
function takeCurrency(row: ParsedRow, target: string, column: ColumnPlan, code: string): void {
  if (!isCurrency(code)) {
    issue(row, target, column, say`“${shown(code)}” is not the code of a currency, such as EUR.`);
  } else if (target === 'currency') row.values['currency'] = code;
  else row.values['currency'] ??= code;
}

/** Values are few, and each is read once. */
function choiceReader(column: ColumnPlan, choices: Choices): CellReader {
  const known = new Map<string, ValueReading>();
  const { target } = column;
  const key = target.kind === 'field' ? target.field : target.kind === 'custom' ? `custom.${target.key}` : '';
  return (text, row) => {
    const value = trimInvisible(text);
    if (value === '') {
      if (target.kind === 'custom') row.custom[target.key] = null;
      return;
    }
    const reading = known.get(value) ?? readValue(choices, column.chosen, value);
    if (known.size < maxKnownValues) known.set(value, reading);
    const { to } = reading;
    if (to === null) issue(row, choices.field ?? key, column, choices.refuse(value));
    else if (target.kind === 'custom') row.custom[target.key] = to;
    else if (choices.keep) choices.keep(row.values, to);
    else row.values[key] = to;
  };
}

const maxKnownValues = 1_000;

/** The different values of a cell; ids are separated by `;`, names only by what no name holds. */
function namesIn(text: string, by: RowLink['by']): string[] {
  const parts =
    by === 'source_id'
      ? text.split(/[;,]/)
      : text.split(' ::: ').map((part) => (part.startsWith('* ') ? part.slice(2) : part));
  // Most cells hold one.
  if (parts.length === 1) return parts;
  return [...new Set(parts.map(trimInvisible))].filter((part) => part !== '');
}

function customReader(column: ColumnPlan, field: CustomField): CellReader {
  const target = `custom.${field.key}`;
  if (field.isPii) {
    return (text, row) => {
      if (trimInvisible(text) !== '')
        issue(row, target, column, say`is kept encrypted and cannot be imported. Fill it in by hand.`);
    };
  }
  return (text, row) => {
    switch (field.type) {
      case 'number': {
        const converted = convertCell('number', text, column);
        if (keep(row, target, column, converted)) {
          row.custom[field.key] = converted.value === null ? null : Number(converted.value);
        }
        return;
      }
      case 'boolean': {
        const converted = convertCell('boolean', text, column);
        if (keep(row, target, column, converted)) {
          row.custom[field.key] = converted.value === null ? null : converted.value === 'true';
        }
        return;
      }
      case 'select':
        // A column of choices, see `choiceReader`.
        return;
      case 'multi_select':
        readOptions(text, row, column, field);
        return;
      case 'text': {
        const converted = convertCell('long_text', text, column);
        if (keep(row, target, column, converted)) row.custom[field.key] = converted.value;
        return;
      }
      case 'date':
      case 'url':
      case 'email':
      case 'phone': {
        const converted = convertCell(field.type, text, column);
        if (!keep(row, target, column, converted)) return;
        const value = field.type === 'url' ? withScheme(converted.value) : converted.value;
        const wrong = value === null ? null : customForms[field.type](value);
        if (wrong) issue(row, target, column, say`“${shown(value ?? '')}” ${wrong}`);
        else row.custom[field.key] = value;
        return;
      }
      default:
        field.type satisfies never;
    }
  };
}

function withScheme(address: string | null): string | null {
  return address !== null && /^www\./i.test(address) ? `https://${address}` : address;
}

/** What the database asks of values of custom fields, beyond what it asks of fields of its own. */
const customForms: Readonly<Record<'date' | 'url' | 'email' | 'phone', (value: string) => Message | null>> = {
  date: () => null,
  url: (value) => (/^https?:\/\/\S+$/i.test(value) ? null : say`is no address of a web page.`),
  email: (value) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? null : say`is no email address.`),
  phone: (value) => (value.replaceAll(/\D/g, '').length >= 3 ? null : say`is no telephone number.`),
};

function readOptions(text: string, row: ParsedRow, column: ColumnPlan, field: CustomField): void {
  const names = text
    .split(';')
    .map(trimInvisible)
    .filter((name) => name !== '');
  const chosen: string[] = [];
  for (const name of names) {
    const option = field.options.find((candidate) => fold(candidate) === fold(name));
    if (option === undefined) {
      issue(row, `custom.${field.key}`, column, say`“${shown(name)}” is none of the options of this field.`);
      return;
    }
    chosen.push(option);
  }
  row.custom[field.key] = chosen;
}

function keep(
  row: ParsedRow,
  target: string,
  column: ColumnPlan,
  converted: Converted,
): converted is Exclude<Converted, { issue: Message }> {
  if (converted.issue === undefined) return true;
  issue(row, target, column, converted.issue);
  return false;
}

function issue(row: ParsedRow, target: string, column: ColumnPlan, message: Message): void {
  row.issues.push({ target, message: say`${column.header}: ${message}` });
}
