/**
 * `npm run bench [-- --contacts N --activities N --only WORDS --times N --parts screens,scrolling,starts,import --peers native,sqlite]`:
 * measures the figures of the project on this machine, each beside native PostgreSQL and SQLite measured in the same run.
 * Each row is said as soon as it is measured, the whole table comes at the end. Misses are part of the table; the exit
 * code tells only whether everything could be measured. Large workspaces are made once and kept in `.cache`.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { fullSize, type WorkspaceSize } from '../support/large-workspace.ts';
import { importRows } from './import-rows.ts';
import type { Repetition } from './measure.ts';
import { line, type Row, table } from './report.ts';
import { screenRows } from './screen-rows.ts';
import { scrollRows } from './scroll-rows.ts';
import { startRows } from './start-rows.ts';

const partNames = ['screens', 'scrolling', 'starts', 'import'] as const;
type Part = (typeof partNames)[number];
const peerNames = ['native', 'sqlite'];

interface Settings {
  readonly size: WorkspaceSize;
  readonly only: string;
  readonly parts: readonly Part[];
  readonly peers: ReadonlySet<string>;
  readonly repetition: Repetition;
}

function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      contacts: { type: 'string', default: String(fullSize.contacts) },
      activities: { type: 'string', default: String(fullSize.activities) },
      only: { type: 'string', default: '' },
      times: { type: 'string', default: '60' },
      parts: { type: 'string', default: partNames.join(',') },
      peers: { type: 'string', default: peerNames.join(',') },
    },
  });
  const whole = (option: string, text: string): number => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    throw new Error(`--${option} takes a whole number above 0, not "${text}".`);
  };
  const words = (option: string, text: string, known: readonly string[]): Set<string> => {
    const given = text.split(',').filter((word) => word !== '');
    const unknown = given.find((word) => !known.includes(word));
    if (unknown !== undefined) throw new Error(`--${option} takes ${known.join(', ')}, not "${unknown}".`);
    return new Set(given);
  };
  const parts = words('parts', values.parts, partNames);
  return {
    size: {
      contacts: whole('contacts', values.contacts),
      activities: whole('activities', values.activities),
    },
    only: values.only,
    parts: partNames.filter((part) => parts.has(part)),
    peers: words('peers', values.peers, peerNames),
    repetition: { warmUps: 10, times: whole('times', values.times) },
  };
}

const say = (text: string) => console.error(text);

function rowsOf(part: Part, settings: Settings): AsyncIterable<Row> {
  switch (part) {
    case 'screens':
      return screenRows(settings, say);
    case 'scrolling':
      return scrollRows(settings.size);
    case 'starts':
      return startRows(settings.size);
    case 'import':
      return importRows(settings.size.contacts);
    default:
      return part satisfies never;
  }
}

async function bench(): Promise<void> {
  const settings = readSettings();
  const { contacts, activities } = settings.size;
  say(`${contacts.toLocaleString('en')} contacts, ${activities.toLocaleString('en')} activities`);
  const rows: Row[] = [];
  for (const part of settings.parts) {
    say(part);
    for await (const row of rowsOf(part, settings)) {
      rows.push(row);
      say(line(row));
    }
  }
  const load = os.loadavg().map((average) => average.toFixed(1));
  console.log(table(rows));
  console.log(`\nLoad of the machine at the end: ${load.join(', ')} on ${os.availableParallelism()} cores.`);
}

try {
  await bench();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
