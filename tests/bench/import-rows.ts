import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { ImportReport } from '#shared/contract/imports.ts';
import { uploadChunkBytes } from '#shared/contract/uploads.ts';
import { satchel } from '../cli/run-satchel.ts';
import { RunningApp } from './app.ts';
import { timingOf } from './measure.ts';
import type { Row } from './report.ts';

const lastNames = ['Meyer', 'García', 'Søndergaard', 'Okafor', 'Nguyễn', 'Kowalska', 'Rossi', '佐藤'];

/** A contact list as programs export it: every row its own person, ten to a company. */
function contactFile(contacts: number): Buffer {
  const lines = ['First Name,Last Name,Email,Phone,Job Title,Company Name,Lead Source'];
  for (let n = 0; n < contacts; n++) {
    const last = lastNames[n % lastNames.length];
    const company = Math.floor(n / 10);
    const phone = `+49 30 ${1_000_000 + n}`;
    lines.push(
      `Person${n},${last},person${n}@company${company}.example,${phone},"Head of Sales, Region ${n % 40}",Company ${company},Fair`,
    );
  }
  return Buffer.from(lines.join('\n'));
}

async function importFile({ api }: RunningApp['client'], file: Buffer): Promise<ImportReport> {
  const { uploadId } = await api.uploads.begin({ name: 'contacts.csv', sizeBytes: file.length });
  for (let offset = 0; offset < file.length; offset += uploadChunkBytes) {
    const chunk = file.subarray(offset, offset + uploadChunkBytes).toString('base64');
    await api.uploads.append({ uploadId, offset, chunk });
  }
  const { plan } = await api.imports.inspect({ uploadIds: [uploadId] });
  for await (const event of await api.imports.run({ plan })) if (event.type === 'report') return event.report;
  throw new Error('The import ended without a report.');
}

/** How long a person waits for a list while something else goes on. */
async function listWaits(app: RunningApp, other: Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  const ended = new AbortController();
  const end = () => ended.abort();
  other.then(end, end);
  while (!ended.signal.aborted) {
    const started = performance.now();
    await app.client.api.contacts.list({});
    waits.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return waits;
}

const reportSchema = z.object({
  batchId: z.string(),
  counts: z.object({ contacts: z.object({ created: z.number() }) }),
});

async function run(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await satchel([...args, '--data-dir', 'data', '--json'], cwd);
  if (code !== 0) throw new Error(`satchel ${args[0]} ended with ${code}: ${stderr}`);
  return stdout;
}

/** The same file by the command line, from starting the program to its end; nobody can be waiting for the engine there. */
async function* commandLineRows(contacts: number): AsyncGenerator<Row, void> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'satchel-import-'));
  try {
    await writeFile(path.join(directory, 'contacts.csv'), contactFile(contacts));
    await run(directory, 'init', '--workspace', 'Import');
    const started = performance.now();
    const report = reportSchema.parse(JSON.parse(await run(directory, 'import', 'contacts.csv')));
    const milliseconds = performance.now() - started;
    if (report.counts.contacts.created !== contacts)
      throw new Error(`${report.counts.contacts.created} contacts were imported.`);
    yield {
      name: `CSV import of ${contacts.toLocaleString('en')} contacts by the command line`,
      satchel: timingOf([milliseconds]),
      ...(contacts >= 100_000 && { limit: 7_000 * (contacts / 100_000) }),
    };
    const revertStarted = performance.now();
    await run(directory, 'imports', 'revert', report.batchId);
    yield {
      name: 'taking it back by the command line',
      satchel: timingOf([performance.now() - revertStarted]),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * A CSV file of that many contacts through the contract, as the import screen sends it: from the first byte until the
 * last contact is found by search, all of it on the disk; then reverted. In the second import somebody works meanwhile.
 */
export async function* importRows(contacts: number): AsyncGenerator<Row, void> {
  yield* commandLineRows(contacts);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'satchel-import-'));
  const file = contactFile(contacts);
  try {
    await using app = await RunningApp.start(dataDir);
    const { api } = app.client;
    await api.workspace.create({ name: 'Import', personName: 'Robin Hale' });
    const before = await app.figures();
    const started = performance.now();
    const report = await importFile(app.client, file);
    const found = await api.search.quick({ text: `person${contacts - 1}@` });
    const milliseconds = performance.now() - started;
    const after = await app.figures();
    const computed = after.computedMilliseconds - before.computedMilliseconds;
    const created = report.counts.contacts?.created;
    if (created !== contacts || found.length !== 1)
      throw new Error(`${created} contacts were imported, ${found.length} found.`);
    if (report.batchId === null) throw new Error('The import has no batch to revert.');
    const rows = contacts.toLocaleString('en');
    yield {
      name: `CSV import of ${rows} contacts`,
      satchel: timingOf([milliseconds]),
      // A small file's share of the figure would be less than what every import takes.
      ...(contacts >= 100_000 && { limit: 7_000 * (contacts / 100_000) }),
    };
    yield { name: 'processor time of that import, all threads', satchel: timingOf([computed]) };
    yield {
      name: 'main thread computing at a stretch, importing',
      satchel: timingOf([after.busyMilliseconds]),
      limit: 16,
    };
    yield {
      name: 'memory before the import',
      unit: 'MB',
      satchel: timingOf([before.residentMegabytes]),
      limit: 1_000,
    };
    const revertStarted = performance.now();
    for await (const event of await api.imports.revert({ batchId: report.batchId })) {
      if (event.type === 'report' && event.report.removed < contacts)
        throw new Error(`Of ${contacts} contacts ${event.report.removed} were removed.`);
    }
    yield { name: 'taking it back', satchel: timingOf([performance.now() - revertStarted]) };
    const second = importFile(app.client, file);
    const waits = await listWaits(app, second);
    await second;
    yield { name: 'a list while an import runs', satchel: timingOf(waits), limit: 50 };
    const { peakMegabytes } = await app.figures();
    yield {
      name: 'memory at its peak, importing',
      unit: 'MB',
      satchel: timingOf([peakMegabytes]),
      limit: 1_000,
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
