import { proposeCorrections } from '#core/import/plan/preview.ts';
import type { CorrectionProposal, ImportPlan } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { WorkspaceInvocation } from './command.ts';
import { counted } from './counted.ts';

/** What is decided on the command line about names that are nearly the name of a record. */
export interface NameDecisions {
  /** All names that differ in a few letters are read as the record's. */
  readonly acceptNames?: boolean;
  readonly acceptName: readonly string[];
  readonly declineName: readonly string[];
}

/** A name in the files that is nearly the name of a record, and whether it is read as that. */
export interface NearName {
  readonly fileName: string;
  readonly column: string;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** `same_letters`: read as the record's name unless declined. `similar`: only when accepted. */
  readonly kind: CorrectionProposal['kind'];
  readonly isRead: boolean;
}

/** For a person to read; `--json` lists all. */
const maxLines = 20;

/**
 * Finds the near-misses in all files of the plan and puts what was decided about them into its corrections.
 *
 * @throws SatchelError `invalid` for a decision about a name that is no near-miss
 */
export async function decideNames(
  { application, identity, signal }: WorkspaceInvocation,
  plan: ImportPlan,
  { acceptNames = false, acceptName, declineName }: NameDecisions,
): Promise<NearName[]> {
  const proposals = await proposeCorrections(application.app, identity, plan, signal);
  const names = new Set(proposals.map(({ from }) => from));
  for (const name of [...acceptName, ...declineName]) {
    if (!names.has(name)) {
      throw new SatchelError('invalid', say`The files hold no name “${name}” that is nearly another one.`);
    }
  }
  return proposals.map(({ uploadId, column, header, from, to, rows, kind }) => {
    const isAccepted = kind === 'same_letters' || acceptNames || acceptName.includes(from);
    const isRead = isAccepted && !declineName.includes(from);
    // Names of the same letters are read as one without being told.
    if (!isRead) plan.corrections.push({ uploadId, column, from, to: null });
    else if (kind === 'similar') plan.corrections.push({ uploadId, column, from, to });
    const fileName = plan.files.find((file) => file.uploadId === uploadId)?.fileName ?? '';
    return { fileName, column: header, from, to, rows, kind, isRead };
  });
}

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
