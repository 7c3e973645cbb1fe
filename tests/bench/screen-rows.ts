import { rm } from 'node:fs/promises';
import { seededRandom } from '#core/demo/seeded-random.ts';
import { type StoryOptions, tellStory } from '#core/demo/story.ts';
import type { Identity } from '#db/engine/types.ts';
import {
  copyLargeWorkspace,
  openLargeWorkspace,
  storyEndsAt,
  storySeed,
  type WorkspaceSize,
} from '../support/large-workspace.ts';
import { localClient } from '../support/local-client.ts';
import { type RecordedStatement, recordingEngine } from '../support/recording-engine.ts';
import { type Sample, type Screen, screens, takeSample } from '../support/screens.ts';
import { seededPipeline } from '../support/story-pipeline.ts';
import { RunningApp } from './app.ts';
import { type Repetition, timeCalls, timingOf } from './measure.ts';
import { NativePeer } from './native-peer.ts';
import type { Row } from './report.ts';
import { SqlitePeer } from './sqlite-peer.ts';

export interface ScreenSettings {
  readonly size: WorkspaceSize;
  /** Only the screens whose name contains it. */
  readonly only: string;
  readonly peers: ReadonlySet<string>;
  readonly repetition: Repetition;
}

interface Recording {
  readonly identity: Identity;
  readonly sample: Sample;
  /** What each screen asks of the database, turn by turn. */
  readonly statements: ReadonlyMap<string, readonly (readonly RecordedStatement[])[]>;
}

/** Runs every screen once a turn to learn its statements; the peers are then asked exactly these. */
async function record(settings: ScreenSettings, chosen: readonly Screen[]): Promise<Recording> {
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

function storyFor({ size }: ScreenSettings, identity: Identity): StoryOptions {
  return {
    ...size,
    random: seededRandom(storySeed),
    now: storyEndsAt,
    currency: 'EUR',
    pipeline: seededPipeline(identity.workspaceId),
    founder: { id: identity.userId, firstName: 'Robin', fullName: 'Robin Hale' },
  };
}

const newTitle = (turn: number) => `Head of Operations ${turn}`;

/**
 * Every screen in Satchel and in each peer, one after the other, so that what else the machine does falls on all of them
 * alike; each row comes as soon as it is measured.
 */
export async function* screenRows(
  settings: ScreenSettings,
  say: (line: string) => void,
): AsyncGenerator<Row, void> {
  const chosen = screens.filter((screen) => screen.name.includes(settings.only));
  const { repetition, size, peers } = settings;
  say('learning what the screens ask');
  const { identity, sample, statements } = await record(settings, chosen);
  await using stack = new AsyncDisposableStack();
  const tell = () => tellStory(storyFor(settings, identity));
  if (peers.has('native')) say('native PostgreSQL');
  const native = peers.has('native')
    ? stack.use(await NativePeer.open({ identity, size, tell, endsAt: storyEndsAt }))
    : undefined;
  if (peers.has('sqlite')) say('SQLite');
  const sqlite = peers.has('sqlite') ? stack.use(await SqlitePeer.load(tell())) : undefined;
  say('Satchel');
  const dataDir = await copyLargeWorkspace(size);
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const app = stack.use(await RunningApp.start(dataDir));
  const { api } = app.client;
  await app.figures();

  for (const screen of chosen) {
    const turns = statements.get(screen.name) ?? [];
    yield {
      name: screen.name,
      satchel: await timeCalls(repetition, (turn) => screen.show(api, sample, turn), app),
      native: native && (await timeCalls(repetition, (turn) => native.replay(turns[turn] ?? []), native)),
      sqlite: sqlite?.knows(screen.name)
        ? await timeCalls(repetition, (turn) => sqlite.show(screen.name, sample, turn))
        : undefined,
      limit: screen.name === 'a keystroke in quick search' ? 50 : 16,
      nativeLimit: 2,
    };
  }
  const contact = (turn: number) => sample.contacts[turn % sample.contacts.length] ?? '';
  yield {
    name: 'a durable write',
    satchel: await timeCalls(
      repetition,
      (turn) => api.contacts.update({ id: contact(turn), values: { jobTitle: newTitle(turn) } }),
      app,
    ),
    native:
      native && (await timeCalls(repetition, (turn) => native.write(contact(turn), newTitle(turn)), native)),
    sqlite: sqlite && (await timeCalls(repetition, (turn) => sqlite.write(contact(turn), newTitle(turn)))),
    limit: 10,
  };
  const { blockedMilliseconds, busyMilliseconds, residentMegabytes, peakMegabytes } = await app.figures();
  yield { name: 'main thread computing at a stretch', satchel: timingOf([busyMilliseconds]), limit: 16 };
  yield { name: 'main thread late at most', satchel: timingOf([blockedMilliseconds]), limit: 16 };
  yield { name: 'memory of the process', unit: 'MB', satchel: timingOf([residentMegabytes]), limit: 1_000 };
  yield { name: 'memory at its peak', unit: 'MB', satchel: timingOf([peakMegabytes]), limit: 1_000 };
}
