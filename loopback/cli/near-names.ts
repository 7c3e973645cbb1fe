import type { NearName } from '#shared/contract/imports.ts';
import { counted } from './counted.ts';

/** For a person to read; `--json` lists all. */
const maxLines = 20;

export function nearNameLines(names: readonly NearName[]): string[] {
  const similar = names.filter(({ kind }) => kind === 'similar');
  const read = similar.filter(({ isRead }) => isRead);
  const open = similar.filter(({ isRead }) => !isRead);
  return [
    ...shortened(read, ({ from, to, rows }) => `Read “${from}” as “${to}” in ${counted(rows, 'row')}`),
    ...shortened(
      open,
      ({ fileName, column, from, to, rows }) =>
        `${fileName}: “${from}” in “${column}” (${counted(rows, 'row')}) is nearly “${to}” and was taken as another name`,
    ),
    ...(open.length === 0
      ? []
      : [
          `--accept-names reads ${open.length === 1 ? 'that name' : 'those names'} as the record’s, --accept-name "${open[0]?.from}" only that one`,
        ]),
  ];
}

function shortened(names: readonly NearName[], line: (name: NearName) => string): string[] {
  const left = names.length - maxLines;
  return [
    ...names.slice(0, maxLines).map(line),
    ...(left > 0 ? [`… and ${counted(left, 'more such name')}; --json lists all`] : []),
  ];
}
