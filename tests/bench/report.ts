import type { Timing } from './measure.ts';

/** One line of the table. Times are in milliseconds unless `unit` says otherwise. */
export interface Row {
  readonly name: string;
  readonly unit?: 'ms' | 's' | 'MB';
  readonly satchel: Timing;
  /** The same statements on native PostgreSQL. */
  readonly native?: Timing | undefined;
  /** The same question put to SQLite. */
  readonly sqlite?: Timing | undefined;
  /** What p95 must not exceed. */
  readonly limit?: number;
  /** How many times native PostgreSQL's p95 it may take. */
  readonly nativeLimit?: number;
}

export interface Judged {
  readonly met: boolean;
  readonly reason: string;
}

export function judge(row: Row): Judged {
  const problems: string[] = [];
  if (row.limit !== undefined && row.satchel.p95 > row.limit)
    problems.push(`over ${row.limit} ${row.unit ?? 'ms'}`);
  const ratio = ratioOf(row.satchel, row.native);
  if (row.nativeLimit !== undefined && ratio !== undefined && ratio > row.nativeLimit) {
    problems.push(`over ${row.nativeLimit}× native`);
  }
  return { met: problems.length === 0, reason: problems.join(', ') };
}

function ratioOf(own: Timing, peer: Timing | undefined): number | undefined {
  return peer && peer.p95 > 0 ? own.p95 / peer.p95 : undefined;
}

const header = [
  'what',
  'p50',
  'p95',
  'processor',
  'native p95',
  '× native',
  'native processor',
  'SQLite p95',
  '× SQLite',
  'figure',
  'met',
];

/**
 * A Markdown table: p50, p95 and processor time a call of Satchel, each peer's p95 and how many times that Satchel takes.
 */
export function table(rows: readonly Row[]): string {
  return [header, header.map(() => '---'), ...rows.map(cells)]
    .map((columns) => `| ${columns.join(' | ')} |`)
    .join('\n');
}

/** A row by itself, each figure with its name. */
export function line(row: Row): string {
  const [name = '', ...figures] = cells(row);
  const named = figures.map((figure, index) => figure && `${header[index + 1]} ${figure}`);
  return `${name}: ${named.filter((figure) => figure !== '').join(', ')}`;
}

function cells(row: Row): string[] {
  const { met, reason } = judge(row);
  const unit = row.unit ?? 'ms';
  const figures = [
    row.limit === undefined ? '' : `≤ ${row.limit} ${unit}`,
    row.nativeLimit === undefined ? '' : `≤ ${row.nativeLimit}×`,
  ];
  return [
    row.name,
    `${number(row.satchel.p50)} ${unit}`,
    `${number(row.satchel.p95)} ${unit}`,
    row.satchel.processor === undefined ? '' : number(row.satchel.processor),
    row.native ? number(row.native.p95) : '',
    times(ratioOf(row.satchel, row.native)),
    row.native?.processor === undefined ? '' : number(row.native.processor),
    row.sqlite ? number(row.sqlite.p95) : '',
    times(ratioOf(row.satchel, row.sqlite)),
    figures.filter((figure) => figure !== '').join(', '),
    met ? 'yes' : `**no**: ${reason}`,
  ];
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function times(ratio: number | undefined): string {
  return ratio === undefined ? '' : `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)}×`;
}
