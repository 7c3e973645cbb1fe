import type { DatabaseReport } from '../database-errors.ts';

/** Turns the text of a value that is not NULL into what TypeScript is given. */
export type ValueParser = (text: string) => unknown;

export interface Column {
  readonly name: string;
  /** PostgreSQL's number of the value's type. */
  readonly type: number;
  /** PostgreSQL's number of the table that it is a column of, 0 for an expression. */
  readonly table: number;
  /** Which column of that table. */
  readonly attribute: number;
}

/** What one statement answered. */
export interface StatementReply {
  readonly rows: object[];
  /** The command tag, such as `SELECT 2`; empty where the statement was not run to its end. */
  readonly tag: string;
}

export interface Reply {
  /** One for each statement that was run. */
  readonly statements: readonly StatementReply[];
  /** The types of the parameters of a described statement. */
  readonly parameterTypes: readonly number[];
  /** The columns of what was described, null where it returns no rows. */
  readonly columns: readonly Column[] | null;
  /** Why the statements after the last one in `statements` were not run. */
  readonly error: ServerError | undefined;
  readonly notifications: readonly Notification[];
}

export interface Notification {
  readonly channel: string;
  readonly payload: string;
}

/** PostgreSQL's report of an error. */
export class ServerError extends Error implements DatabaseReport {
  readonly code: string;
  readonly severity: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
  readonly where?: string;
  readonly detail?: string;

  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'The database reported an error without words.');
    this.name = 'ServerError';
    this.code = fields.get('C') ?? '';
    this.severity = fields.get('S') ?? '';
    const [constraint, table, column, where, detail] = ['n', 't', 'c', 'W', 'D'].map((field) =>
      fields.get(field),
    );
    if (constraint !== undefined) this.constraint = constraint;
    if (table !== undefined) this.table = table;
    if (column !== undefined) this.column = column;
    if (where !== undefined) this.where = where;
    if (detail !== undefined) this.detail = detail;
  }
}

/** The first byte of each message, from PostgreSQL's documentation ("Message Formats"). Those left out say nothing new. */
const types = {
  rowDescription: 0x54, // T
  noData: 0x6e, // n
  parameterDescription: 0x74, // t
  dataRow: 0x44, // D
  commandComplete: 0x43, // C
  errorResponse: 0x45, // E
  notificationResponse: 0x41, // A
} as const;

/**
 * Reads the messages of the backend that one crossing brought.
 * @param known the columns of the first rows, where the statement was described by an earlier request
 */
export function readReply(
  bytes: Buffer,
  parsers: Readonly<Record<number, ValueParser>>,
  known: readonly Column[] | null,
): Reply {
  const statements: StatementReply[] = [];
  const notifications: Notification[] = [];
  let parameterTypes: readonly number[] = [];
  let columns = known;
  let rowOf = known && rowReader(known, parsers);
  let rows: object[] = [];
  let error: ServerError | undefined;
  let at = 0;
  while (at < bytes.length) {
    const type = bytes[at];
    const body = at + 5;
    at += 1 + bytes.readInt32BE(at + 1);
    switch (type) {
      case types.dataRow:
        if (rowOf) rows.push(rowOf(bytes, body, at));
        break;
      case types.commandComplete:
        statements.push({ rows, tag: cString(bytes, body) });
        rows = [];
        break;
      case types.rowDescription:
        columns = readColumns(bytes, body);
        rowOf = rowReader(columns, parsers);
        break;
      case types.noData:
        columns = null;
        break;
      case types.parameterDescription:
        parameterTypes = readParameterTypes(bytes, body);
        break;
      case types.errorResponse:
        error ??= new ServerError(readFields(bytes, body));
        break;
      case types.notificationResponse:
        notifications.push(readNotification(bytes, body));
        break;
      default:
        break;
    }
  }
  return { statements, parameterTypes, columns, error, notifications };
}

/**
 * Rows come as text, value by value in the order of the columns. A row is made a string once and its values cut out of
 * that, since each call into the decoder costs more than the few characters of most values; one that is more than ASCII
 * is decoded by itself.
 */
function rowReader(
  columns: readonly Column[],
  parsers: Readonly<Record<number, ValueParser>>,
): (bytes: Buffer, body: number, end: number) => object {
  const readers = columns.map(({ name, type }) => ({ name, parse: parsers[type] }));
  return (bytes, body, end) => {
    const row: Record<string, unknown> = {};
    const characters = bytes.toString('latin1', body, end);
    let at = body + 2;
    for (const { name, parse } of readers) {
      const length = bytes.readInt32BE(at);
      at += 4;
      if (length < 0) {
        row[name] = null;
      } else {
        const text = isAscii(bytes, at, at + length)
          ? characters.slice(at - body, at - body + length)
          : bytes.toString('utf8', at, at + length);
        row[name] = parse ? parse(text) : text;
        at += length;
      }
    }
    return row;
  };
}

function isAscii(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if ((bytes[at] ?? 0) > 0x7f) return false;
  }
  return true;
}

function readColumns(bytes: Buffer, body: number): Column[] {
  const columns: Column[] = [];
  let at = body + 2;
  for (let left = bytes.readUInt16BE(body); left > 0; left -= 1) {
    const name = cString(bytes, at);
    at = bytes.indexOf(0, at) + 1;
    // After the name: the table's number (4 bytes), the column's (2), the type's (4), and 8 bytes about its form.
    columns.push({
      name,
      table: bytes.readUInt32BE(at),
      attribute: bytes.readUInt16BE(at + 4),
      type: bytes.readUInt32BE(at + 6),
    });
    at += 18;
  }
  return columns;
}

function readParameterTypes(bytes: Buffer, body: number): number[] {
  return Array.from({ length: bytes.readUInt16BE(body) }, (_, index) =>
    bytes.readUInt32BE(body + 2 + index * 4),
  );
}

/** Each field is a letter and a text; an empty one ends them. */
function readFields(bytes: Buffer, body: number): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = body; bytes[at] !== 0; ) {
    const text = cString(bytes, at + 1);
    fields.set(String.fromCharCode(bytes[at] ?? 0), text);
    at = bytes.indexOf(0, at + 1) + 1;
  }
  return fields;
}

function readNotification(bytes: Buffer, body: number): Notification {
  const channel = cString(bytes, body + 4);
  return { channel, payload: cString(bytes, bytes.indexOf(0, body + 4) + 1) };
}

function cString(bytes: Buffer, at: number): string {
  return bytes.toString('utf8', at, bytes.indexOf(0, at));
}
