import type { ImportReport } from '#shared/contract/imports.ts';

/** The text key of what a report is about. */
export function reportTitle({ isDryRun, status }: ImportReport): string {
  if (isDryRun) return 'imports.report.dryRunTitle';
  return status === 'cancelled' ? 'imports.report.cancelledTitle' : 'imports.report.title';
}
