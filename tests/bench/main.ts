/**
 * `npm run bench [-- --contacts N --activities N --only WORDS --times N --parts screens,import,starts]`: measures the figures of the project on this
 * machine and prints them as a table, each beside native PostgreSQL and SQLite measured in the same run. Misses are
 * part of the table; the exit code tells only whether everything could be measured.
 */
import { rm } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { seededRandom } from '#core/demo/seeded-random.ts';
import { type StoryOptions, tellStory } from '#core/demo/story.ts';
import type { Identity } from '#db/engine/types.ts';
import {
  copyLargeWorkspace,
  fullSize,
  openLargeWorkspace,
  storyEndsAt,
  storySeed,
  type WorkspaceSize,
} from '../support/large-workspace.ts';
import { localClient } from '../support/local-client.ts';
import { type RecordedStatement, recordingEngine } from '../support/recording-engine.ts';
import { type Sample, type Screen, screens, takeSample } from '../support/screens.ts';
import { type ProcessFigures, RunningApp } from './app.ts';
import { importRows } from './import-rows.ts';
import { type Repetition, type Timing, timeCalls, timingOf } from './measure.ts';
import { NativePeer } from './native-peer.ts';
import { type Row, table } from './report.ts';
import { SqlitePeer } from './sqlite-peer.ts';
import { startRows } from './start-rows.ts';

interface Settings {
  readonly size: WorkspaceSize;
  readonly only: string;
  readonly parts: ReadonlySet<string>;
  readonly repetition: Repetition;
}

function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      contacts: { type: 'string', default: String(fullSize.contacts) },
      activities: { type: 'string', default: String(fullSize.activities) },
      only: { type: 'string', default: '' },
      times: { type: 'string', default: '60' },
      parts: { type: 'string', default: 'screens,import,starts' },
    },
  });
  const whole = (option: string, text: string): number => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    throw new Error(`--${option} takes a whole number above 0, not "${text}".`);
  };
  return {
    size: {
      contacts: whole('contacts', values.contacts),
      activities: whole('activities', values.activities),
    },
    only: values.only,
    parts: new Set(values.parts.split(',')),
    repetition: { warmUps: 10, times: whole('times', values.times) },
  };
}

interface Recording {
  readonly identity: Identity;
  readonly sample: Sample;
  /** What each screen asks of the database, turn by turn. */
  readonly statements: ReadonlyMap<string, readonly (readonly RecordedStatement[])[]>;
}

/** Runs every screen once a turn to learn its statements; the peers are then asked exactly these. */
async function record(settings: Settings, chosen: readonly Screen[]): Promise<Recording> {
  await using workspace = await openLargeWorkspace(settings.size);
  const { identity } = workspace;
  const sample = await takeSample(workspace.engine, identity);
  const statements = new Map<string, RecordedStatement[][]>();
  for (const screen of chosen) {
    const turns: RecordedStatement[][] = [];
    for (let turn = 0; turn < settings.repetition.warmUps + settings.repetition.times; turn++) {
      const ran: RecordedStatement[] = [];
      const engine = recordingEngine(workspace.engine, async (statement) => void ran.push(statement));
      await screen.show(localClient({ ...workspace.app, engine }, identity), sample, turn);
      turns.push(ran);
    }
    statements.set(screen.name, turns);
  }
  return { identity, sample, statements };
}

function storyFor(settings: Settings, identity: Identity): StoryOptions {
  return {
    ...settings.size,
    random: seededRandom(storySeed),
    now: storyEndsAt,
    currency: 'EUR',
    founder: { id: identity.userId, firstName: 'Robin', fullName: 'Robin Hale' },
  };
}

interface Measured {
  readonly screens: ReadonlyMap<string, Timing>;
  readonly write: Timing;
}

const newTitle = (turn: number) => `Head of Operations ${turn}`;

async function measureNative(
  settings: Settings,
  { identity, sample, statements }: Recording,
): Promise<Measured> {
  await using native = await NativePeer.start(identity);
  await native.load(tellStory(storyFor(settings, identity)), storyEndsAt);
  const timings = new Map<string, Timing>();
  for (const [name, turns] of statements) {
    timings.set(name, await timeCalls(settings.repetition, (turn) => native.replay(turns[turn] ?? [])));
  }
  const write = await timeCalls(settings.repetition, (turn) =>
    native.write(sample.contacts[turn % sample.contacts.length] ?? '', newTitle(turn)),
  );
  return { screens: timings, write };
}

async function measureSqlite(
  settings: Settings,
  { identity, sample, statements }: Recording,
): Promise<Measured> {
  await using sqlite = await SqlitePeer.load(tellStory(storyFor(settings, identity)));
  const timings = new Map<string, Timing>();
  for (const name of statements.keys()) {
    if (!sqlite.knows(name)) continue;
    timings.set(name, await timeCalls(settings.repetition, (turn) => sqlite.show(name, sample, turn)));
  }
  const write = await timeCalls(settings.repetition, (turn) =>
    sqlite.write(sample.contacts[turn % sample.contacts.length] ?? '', newTitle(turn)),
  );
  return { screens: timings, write };
}

interface AppMeasured extends Measured {
  readonly figures: ProcessFigures;
}

async function measureApp(
  settings: Settings,
  sample: Sample,
  chosen: readonly Screen[],
): Promise<AppMeasured> {
  const dataDir = await copyLargeWorkspace(settings.size);
  try {
    await using app = await RunningApp.start(dataDir);
    const { api } = app.client;
    await app.figures();
    const timings = new Map<string, Timing>();
    for (const screen of chosen) {
      timings.set(
        screen.name,
        await timeCalls(settings.repetition, (turn) => screen.show(api, sample, turn)),
      );
    }
    const write = await timeCalls(settings.repetition, (turn) =>
      api.contacts.update({
        id: sample.contacts[turn % sample.contacts.length] ?? '',
        values: { jobTitle: newTitle(turn) },
      }),
    );
    return { screens: timings, write, figures: await app.figures() };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function screenRow(name: string, app: Measured, native: Measured, sqlite: Measured): Row {
  const satchel = app.screens.get(name);
  if (!satchel) throw new Error(`"${name}" was not measured.`);
  return {
    name,
    satchel,
    native: native.screens.get(name),
    sqlite: sqlite.screens.get(name),
    limit: name === 'a keystroke in quick search' ? 50 : 16,
    nativeLimit: 2,
  };
}

const say = (line: string) => console.error(line);

async function screenRows(settings: Settings): Promise<Row[]> {
  const chosen = screens.filter((screen) => screen.name.includes(settings.only));
  say('learning what the screens ask');
  const recording = await record(settings, chosen);
  say('native PostgreSQL');
  const native = await measureNative(settings, recording);
  say('SQLite');
  const sqlite = await measureSqlite(settings, recording);
  say('Satchel');
  const app = await measureApp(settings, recording.sample, chosen);
  const { blockedMilliseconds, busyMilliseconds, residentMegabytes, peakMegabytes } = app.figures;
  return [
    ...chosen.map(({ name }) => screenRow(name, app, native, sqlite)),
    { name: 'a durable write', satchel: app.write, native: native.write, sqlite: sqlite.write, limit: 10 },
    { name: 'main thread computing at a stretch', satchel: timingOf([busyMilliseconds]), limit: 16 },
    { name: 'main thread late at most', satchel: timingOf([blockedMilliseconds]), limit: 16 },
    { name: 'memory of the process', unit: 'MB', satchel: timingOf([residentMegabytes]), limit: 1_000 },
    { name: 'memory at its peak', unit: 'MB', satchel: timingOf([peakMegabytes]), limit: 1_000 },
  ];
}

async function bench(): Promise<void> {
  const settings = readSettings();
  const { contacts, activities } = settings.size;
  say(`${contacts.toLocaleString('en')} contacts, ${activities.toLocaleString('en')} activities`);
  const rows: Row[] = [];
  if (settings.parts.has('starts')) {
    say('starts');
    rows.push(...(await startRows(settings.size)));
  }
  if (settings.parts.has('import')) {
    say('import');
    rows.push(...(await importRows(contacts)));
  }
  if (settings.parts.has('screens')) rows.unshift(...(await screenRows(settings)));
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
