import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Application } from '#core/context.ts';
import type { Identity } from '#db/engine/types.ts';
import type { ImportEvent, ImportPlan, ImportReport, RevertReport } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '../support/engine.ts';
import { clientOf, seedWorkspace, testApplication } from '../support/records.ts';

export interface SmallFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export type Edit = (plan: ImportPlan) => void;

/** A workspace of its own and what a test does with imports in it, all through the contract. */
export class ImportClient implements AsyncDisposable {
  readonly app: Application;
  readonly identity: Identity;
  readonly client: ReturnType<typeof clientOf>;
  readonly #test: Pick<TestEngine, 'close'>;

  constructor(test: Pick<TestEngine, 'close'>, app: Application, identity: Identity) {
    this.#test = test;
    this.app = app;
    this.identity = identity;
    this.client = clientOf(app, identity);
  }

  static async open(): Promise<ImportClient> {
    const test = await openTestEngine();
    const identity = await seedWorkspace(test.engine);
    return new ImportClient(test, testApplication(test.engine, test.dataDir), identity);
  }

  async upload({ name, content }: SmallFile): Promise<UploadId> {
    const bytes = Buffer.from(content);
    const { uploadId } = await this.client.uploads.begin({ name, sizeBytes: bytes.length });
    for (let offset = 0; offset < bytes.length; offset += 1_000_000) {
      const chunk = bytes.subarray(offset, offset + 1_000_000).toString('base64');
      await this.client.uploads.append({ uploadId, offset, chunk });
    }
    return uploadId;
  }

  async plan(files: readonly SmallFile[], edit: Edit = () => undefined): Promise<ImportPlan> {
    const uploadIds: UploadId[] = [];
    for (const file of files) uploadIds.push(await this.upload(file));
    const { plan } = await this.client.imports.inspect({ uploadIds });
    edit(plan);
    return plan;
  }

  async import(files: readonly SmallFile[], edit?: Edit): Promise<ImportReport> {
    return this.run(await this.plan(files, edit));
  }

  async run(plan: ImportPlan, dryRun = false): Promise<ImportReport> {
    return reportOf(await this.client.imports.run({ plan, dryRun }));
  }

  async revert(batchId: ImportBatchId | null): Promise<RevertReport> {
    if (batchId === null) throw new Error('A dry run has no batch.');
    for await (const event of await this.client.imports.revert({ batchId })) {
      if (event.type === 'report') return event.report;
    }
    throw new Error('The revert ended without a report.');
  }

  /** The text of a report's only error file, through the contract. */
  async errorFile(report: ImportReport): Promise<string> {
    const [file] = report.errorFiles;
    if (!file) throw new Error('There is no error file.');
    const parts: Buffer[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const piece: { chunk: string; nextOffset: number | null } = await this.client.imports.errorFile({
        runId: report.runId,
        name: file.name,
        offset,
      });
      parts.push(Buffer.from(piece.chunk, 'base64'));
      offset = piece.nextOffset;
    }
    return Buffer.concat(parts).toString('utf8');
  }

  rows<Row extends object>(sql: string): Promise<Row[]> {
    return this.app.engine.transaction({ as: this.identity, readOnly: true }, (tx) => tx.query<Row>(sql));
  }

  async count(
    table: 'accounts' | 'contacts' | 'opportunities' | 'products' | 'users' | 'teams',
  ): Promise<number> {
    const [row] = await this.rows<{ count: number }>(`SELECT count(*)::integer AS count FROM ${table}`);
    return row?.count ?? -1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#test.close();
  }
}

export async function reportOf(events: AsyncIterable<ImportEvent>): Promise<ImportReport> {
  for await (const event of events) if (event.type === 'report') return event.report;
  throw new Error('The import ended without a report.');
}

export async function fileAt(path: string): Promise<SmallFile> {
  return { name: basename(path), content: await readFile(path) };
}

export function csv(name: string, ...lines: string[]): SmallFile {
  return { name, content: `${lines.join('\n')}\n` };
}
