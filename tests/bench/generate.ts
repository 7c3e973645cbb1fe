/**
 * `npm run generate -- --data-dir D [--contacts N] [--activities N] [--seed N] [--ends-at YYYY-MM-DD]`: fills a data
 * directory with the example firm, in large transactions. The directory and its workspace are made where they are missing.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fillWithDemo } from '#core/demo/fill.ts';
import { silentLog } from '#db/engine/log.ts';
import { openEngine } from '#db/start/open.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { applicationOver, personOf } from '../support/demo-application.ts';

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new SatchelError('invalid', say`--${option} takes a whole number, not "${text}".`);
}

function moment(text: string): number {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  throw new SatchelError('invalid', say`--ends-at takes a day such as 2026-05-20, not "${text}".`);
}

async function generate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      contacts: { type: 'string', default: '2000' },
      activities: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      'ends-at': { type: 'string' },
    },
  });
  if (values['data-dir'] === undefined)
    throw new SatchelError('invalid', say`Name the data directory: --data-dir D.`);
  const dataDir = path.resolve(process.env['INIT_CWD'] ?? '.', values['data-dir']);
  const options = {
    contacts: wholeNumber('contacts', values.contacts),
    activities: wholeNumber('activities', values.activities),
    seed: wholeNumber('seed', values.seed),
    ...(values['ends-at'] !== undefined && { endsAt: moment(values['ends-at']) }),
    pace: 'bulk' as const,
  };
  const started = performance.now();
  const engine = await openEngine({
    dataDir,
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    program: 'generate',
  });
  try {
    const app = applicationOver(engine, dataDir);
    const identity = await personOf(app, 'Northlight Instruments');
    let shown = 0;
    for await (const { done, total, step } of fillWithDemo(app, identity, options)) {
      if (performance.now() - shown < 2_000 && step === 'records') continue;
      shown = performance.now();
      console.log(`${step}: ${done.toLocaleString('en')} of ${(total ?? 0).toLocaleString('en')}`);
    }
  } finally {
    await engine.close();
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`Filled ${dataDir} in ${seconds} s.`);
}

try {
  await generate();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
