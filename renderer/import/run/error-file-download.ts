import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { useClient } from '../../client/client-context.tsx';
import { useErrorToast } from '../../edits/toasts.tsx';
import { bytesOf } from '../files/upload-file.ts';

/** Saves an error file where the browser saves files. */
export function useErrorFileDownload(): (runId: ImportBatchId, name: string) => Promise<void> {
  const { t } = useTranslation();
  const client = useClient();
  const showError = useErrorToast();
  return useCallback(
    async (runId, name) => {
      try {
        const file = await readErrorFile(client, runId, name);
        const address = URL.createObjectURL(file);
        const link = document.createElement('a');
        link.href = address;
        link.download = name;
        link.click();
        URL.revokeObjectURL(address);
      } catch (error) {
        showError(t('imports.report.downloadFailed'), error);
      }
    },
    [client, showError, t],
  );
}

async function readErrorFile(client: ContractClient, runId: ImportBatchId, name: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let offset: number | null = 0;
  while (offset !== null) {
    const piece: { chunk: string; nextOffset: number | null } = await client.imports.errorFile({
      runId,
      name,
      offset,
    });
    pieces.push(bytesOf(piece.chunk));
    offset = piece.nextOffset;
  }
  return new Blob(pieces, { type: 'text/csv' });
}
