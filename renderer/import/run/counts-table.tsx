import { useTranslation } from 'react-i18next';
import { importObjects } from '#shared/contract/import-targets.ts';
import type { ImportReport } from '#shared/contract/imports.ts';
import { classNames } from '../../components/class-names.ts';
import { formatInteger } from '../../format/format.ts';

const outcomes = ['created', 'updated', 'skipped', 'failed'] as const;

/** Rows by kind of record and by what became of them. */
export function CountsTable({ counts }: { counts: ImportReport['counts'] }) {
  const { t } = useTranslation();
  return (
    <div className="mt-4 overflow-x-auto rounded-lg border border-line">
      <table className="w-full text-left">
        <thead>
          <tr className="h-9 text-xs text-ink-faint">
            <th scope="col" className="border-b border-line px-4 font-medium">
              {t('imports.report.object')}
            </th>
            {outcomes.map((outcome) => (
              <th key={outcome} scope="col" className="border-b border-line px-4 text-right font-medium">
                {t(`imports.report.${outcome}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {importObjects.map((object) => {
            const count = counts[object];
            if (!count) return null;
            return (
              <tr key={object} data-object={object} className="h-9 border-b border-line last:border-0">
                <th scope="row" className="px-4 font-medium">
                  {t(`objects.${object}.many`)}
                </th>
                {outcomes.map((outcome) => (
                  <td
                    key={outcome}
                    data-outcome={outcome}
                    className={classNames(
                      'px-4 text-right tabular-nums',
                      count[outcome] === 0 && 'text-ink-faint',
                      outcome === 'failed' && count.failed > 0 && 'text-danger',
                    )}
                  >
                    {formatInteger(count[outcome])}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
