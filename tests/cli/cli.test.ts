import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHost } from '#core/platform/host/host.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { createContractClient } from '#shared/contract/client.ts';
import { hostTransport } from '../support/stack.ts';
import { type Result, satchel, spawnSatchel } from './run-satchel.ts';

let directory: string;
let made: Result;

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-cli-'));
  made = await satchel(
    ['init', '--data-dir', 'firm', '--workspace', 'Harbour & Söhne', '--person', 'Ada'],
    directory,
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** What went wrong, as a script sees it: the exit code, one line on stderr, a JSON document on stdout. */
async function failure(args: readonly string[]) {
  const { code, stdout, stderr } = await satchel([...args, '--json'], directory);
  const document: unknown = JSON.parse(stdout);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^satchel: /);
  return { code, document };
}

test('a reader that has seen enough, such as head, ends a query without an error', async () => {
  const child = spawnSatchel(
    ['sql', '--data-dir', 'firm', "SELECT repeat('x', 100) AS x FROM generate_series(1, 1000000)"],
    directory,
  );
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describe('--json', () => {
  test('makes one document of the version and of the help', async () => {
    const version = await satchel(['--version', '--json'], directory);
    expect(JSON.parse(version.stdout)).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    const help = await satchel(['sql', '--help', '--json'], directory);
    expect(JSON.parse(help.stdout)).toEqual({ help: expect.stringContaining('satchel sql') });
  });

  test('never puts a second document behind a result that was cut off', async () => {
    const query = 'SELECT 1 / (1500 - g) AS x FROM generate_series(1, 3000) g';
    const { code, stdout, stderr } = await satchel(['sql', '-d', 'firm', '--json', query], directory);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^satchel: .*division by zero\.\n$/);
    expect(stdout).toMatch(/^\[\n/);
    expect(stdout).not.toContain('error');
    expect(() => JSON.parse(stdout)).toThrow(SyntaxError);
  });
});

describe('init', () => {
  test('says what it made', () => {
    expect(made).toEqual({
      code: 0,
      stdout: `Created the workspace “Harbour & Söhne” in ${path.join(directory, 'firm')}.\n`,
      stderr: '',
    });
  });

  test('prints one JSON document', async () => {
    const { code, stdout } = await satchel(
      ['init', '-d', 'other', '-w', 'Other', '--json', '--currency', 'eur'],
      directory,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'ready',
      workspace: { name: 'Other', currency: 'EUR' },
    });
  });

  test('takes time zone and locale of the machine, or those that are given', async () => {
    const made = async (name: string, ...args: readonly string[]) => {
      const { stdout } = await satchel(['init', '-d', name, '-w', name, '--json', ...args], directory, {
        TZ: 'Asia/Kolkata',
        LC_ALL: 'en_IN.UTF-8',
      });
      const { workspace }: { workspace: unknown } = JSON.parse(stdout);
      return workspace;
    };
    expect(await made('machine')).toMatchObject({ timezone: 'Asia/Kolkata', locale: 'en-IN' });
    expect(await made('given', '--timezone', 'Pacific/Auckland', '--locale', 'en-NZ')).toMatchObject({
      timezone: 'Pacific/Auckland',
      locale: 'en-NZ',
    });
  });

  test.each([
    ['--timezone', 'Mars/Phobos', 'Use the name of a time zone, such as Europe/Berlin.'],
    ['--timezone', '+05:30', 'Use the name of a time zone, such as Europe/Berlin.'],
    ['--locale', 'no locale', 'Use a language with its region, such as en-GB.'],
  ])('refuses %s %s', async (option, value, message) => {
    expect(await failure(['init', '-d', 'third', '-w', 'Third', option, value])).toMatchObject({
      code: 1,
      document: { error: { code: 'invalid', message } },
    });
  });

  test('does not touch a directory that has a workspace', async () => {
    expect(await failure(['init', '-d', 'firm', '-w', 'Again'])).toMatchObject({
      code: 1,
      document: { error: { code: 'conflict' } },
    });
  });

  test.each([
    ['an empty name, as an unset variable of the shell gives', ''],
    ['the inside of a database', path.join('firm', 'pg')],
    ['a file', 'a-file'],
    // Node's own mkdir never returns for it.
    ...(process.platform === 'linux' ? [['a place where nothing can be made', '/proc/satchel']] : []),
  ])('refuses %s', async (_name, place = '') => {
    await writeFile(path.join(directory, 'a-file'), '');
    expect(await failure(['init', '-d', place, '-w', 'Nowhere'])).toMatchObject({
      code: 1,
      document: { error: { code: 'invalid' } },
    });
  });

  test('refuses an impossible currency', async () => {
    expect(await failure(['init', '-d', 'third', '-w', 'Third', '--currency', 'money'])).toMatchObject({
      code: 1,
      document: { error: { code: 'invalid' } },
    });
  });
});

describe('import', () => {
  const revenue = () =>
    satchel(
      ['sql', '-d', 'firm', '--json', `SELECT annual_revenue::text AS revenue FROM accounts`],
      directory,
    );

  test('multiplies numbers as a data dictionary says, or as it is told', async () => {
    await writeFile(path.join(directory, 'firms.csv'), 'account,sector,revenue\nAcme,Steel,1100.04\n');
    await writeFile(
      path.join(directory, 'dictionary.csv'),
      'Table,Field,Description\nfirms,revenue,Annual revenue (in millions of USD)\n',
    );
    const run = ['import', '-d', 'firm', '--as', 'accounts', 'firms.csv'];
    const dry = await satchel(
      ['import', '-d', 'firm', '--dry-run', 'firms.csv', 'dictionary.csv'],
      directory,
    );
    expect(dry.stdout).toContain(
      'firms.csv: the numbers in “revenue” were multiplied by 1000000; dictionary.csv says “Annual revenue (in millions of USD)”.',
    );
    expect(dry.stdout).toContain('--scale "firms.csv.revenue=1"');
    await satchel([...run, '--scale', 'firms.Revenue=1000'], directory);
    expect(JSON.parse((await revenue()).stdout)).toEqual([{ revenue: '1100040.0000' }]);
    await satchel([...run, '--scale', 'firms.csv.revenue=1000000'], directory);
    expect(JSON.parse((await revenue()).stdout)).toEqual([{ revenue: '1100040000.0000' }]);
    for (const scale of ['firms.profit=1000', 'firms.revenue=0', 'revenue']) {
      expect((await satchel([...run, '--scale', scale], directory)).code).not.toBe(0);
    }
  });

  test('says that nothing was imported when it is cancelled before it began', async () => {
    await writeFile(path.join(directory, 'late.csv'), 'account,sector\nToo late,Steel\n');
    const holder = path.join(directory, 'firm', 'lock-holder.json');
    await rm(holder, { force: true });
    const child = spawnSatchel(['import', '-d', 'firm', '--as', 'accounts', 'late.csv'], directory);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const closed = new Promise((resolve) => child.on('close', resolve));
    // The directory is being opened: the command is under way and has read nothing yet.
    while (!existsSync(holder)) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    const code = await closed;
    expect({ code, output }).toEqual({
      code: 130,
      output: 'The import was cancelled; nothing was imported.\n',
    });
    const found = "SELECT name FROM accounts WHERE name = 'Too late'";
    expect(JSON.parse((await satchel(['sql', '-d', 'firm', '--json', found], directory)).stdout)).toEqual([]);
  });
});

test('a stage that is not known is asked about, and read as it is told', async () => {
  await writeFile(
    path.join(directory, 'stages.csv'),
    'Deal Name,Deal Stage,Amount,Account\nA,Engaging,1,Cancity\nB,On ice,2,Cancity\n',
  );
  const run = ['import', 'stages.csv', '-d', 'firm', '--dry-run'];
  const asked = await satchel(run, directory);
  expect(asked.code).not.toBe(0);
  expect(asked.stderr).toContain('“On ice”');
  expect(asked.stderr).toContain('--unknown-values reject');
  const told = await satchel([...run, '--json', '--value', 'On ice=Negotiation'], directory);
  expect(JSON.parse(told.stdout)).toMatchObject({
    counts: { opportunities: { created: 2, failed: 0 } },
    values: [
      { from: 'Engaging', to: 'qualification' },
      { from: 'On ice', to: 'negotiation' },
    ],
  });
  const left = await satchel([...run, '--unknown-values', 'reject'], directory);
  expect(left.stdout).toContain('“Engaging” in “Deal Stage” became Qualification in 1 row');
  expect(left.stdout).toContain('opportunities: 1 created, 0 updated, 0 skipped, 1 failed');
  const wrong = await satchel([...run, '--value', 'On ice=Limbo'], directory);
  expect(wrong.stderr).toContain('Limbo is none of Prospecting');
});

test('a dry run lists the names that are nearly the name of a record', async () => {
  await writeFile(path.join(directory, 'towns.csv'), 'account,sector\nCancity,Steel\n');
  await writeFile(
    path.join(directory, 'sales.csv'),
    'Deal Name,Deal Stage,Amount,Account\nA,Won,1,Cancitty\nB,Won,2,Cancitty\n',
  );
  const { code, stdout } = await satchel(
    ['import', 'towns.csv', 'sales.csv', '-d', 'firm', '--dry-run'],
    directory,
  );
  expect(code).toBe(0);
  expect(stdout).toContain('Also created: 1 account\n');
  expect(stdout).toContain(
    'sales.csv: “Cancitty” in “Account” (2 rows) is nearly “Cancity” and was taken as another name\n' +
      '--accept-names reads that name as the record’s, --accept-name "Cancitty" only that one\n',
  );
});

describe('sql', () => {
  const query = (statement: string) => satchel(['sql', '-d', 'firm', '--json', statement], directory);

  test('prints an array of row objects', async () => {
    const { stdout, code } = await query(
      `SELECT name, 9007199254740993::int8 AS big, 2::int8 AS small, 1.50::numeric AS amount, NULL AS nothing,
         '2026-03-01 09:30:00.123456+02'::timestamptz AS at, date '2026-03-01' AS day, '{"a": [1]}'::jsonb AS document,
         '\\x00ff'::bytea AS bytes
       FROM workspaces;`,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        name: 'Harbour & Söhne',
        big: '9007199254740993',
        small: 2,
        amount: '1.50',
        nothing: null,
        at: '2026-03-01T07:30:00.123456Z',
        day: '2026-03-01',
        document: { a: [1] },
        bytes: '\\x00ff',
      },
    ]);
  });

  test('takes a query that begins with a comment or a minus, wherever the options are', async () => {
    const commented = '--who is it\n-- and where\nSELECT 1 AS one';
    const { stdout } = await satchel(['sql', commented, '-d', 'firm', '--json'], directory);
    expect(JSON.parse(stdout)).toEqual([{ one: 1 }]);
    expect(await failure(['sql', '-1', '-d', 'firm'])).toMatchObject({
      code: 1,
      document: { error: { message: expect.stringContaining('The database refuses that query') } },
    });
  });

  test('loses no column and no number', async () => {
    const { code, document } = await failure(['sql', '-d', 'firm', 'SELECT 1 AS a, 2 AS b, 3 AS a']);
    expect({ code, document }).toMatchObject({
      code: 1,
      document: { error: { code: 'invalid', message: expect.stringContaining('with AS: "a"') } },
    });
    const numbers =
      "SELECT 'NaN'::float8 AS n, '-Infinity'::float8 AS i, ARRAY['Infinity'::float8, 1.5] AS l";
    const { stdout } = await satchel(['sql', '-d', 'firm', '--json', numbers], directory);
    expect(JSON.parse(stdout)).toEqual([{ n: 'NaN', i: '-Infinity', l: ['Infinity', 1.5] }]);
  });

  test('ends at Ctrl+C in the middle of one statement, and the data is sound after it', async () => {
    const child = spawnSatchel(
      [
        'sql',
        '-d',
        'firm',
        'SELECT g FROM generate_series(1, 2000) g UNION ALL SELECT count(*) FROM generate_series(1, 1e12)',
      ],
      directory,
    );
    const closed = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    expect(await closed).toBe('SIGINT');
    const { stdout } = await satchel(['sql', '-d', 'firm', '--json', 'SELECT 1 AS one'], directory);
    expect(JSON.parse(stdout)).toEqual([{ one: 1 }]);
  });

  test('prints an empty array for no rows, and every row of many', async () => {
    expect(JSON.parse((await query('SELECT 1 AS one WHERE false')).stdout)).toEqual([]);
    const many: unknown = JSON.parse((await query('SELECT n FROM generate_series(1, 2500) AS n')).stdout);
    expect(many).toHaveLength(2_500);
  });

  test('prints a table for a person', async () => {
    const { stdout, stderr } = await satchel(
      ['sql', '-d', 'firm', "SELECT 1 AS id, 'x' AS label"],
      directory,
    );
    expect(stdout).toBe('id  label\n──  ─────\n1   x\n');
    expect(stderr).toBe('1 row\n');
  });

  test('prints nothing that a terminal obeys', async () => {
    const { stdout } = await satchel(['sql', '-d', 'firm', "SELECT U&'a\\001b[2Jb' AS label"], directory);
    expect(stdout).toBe('label\n──────\na [2Jb\n');
    const { stderr } = await satchel(['sql', '-d', 'firm\u001b[2J', 'SELECT 1'], directory);
    expect(stderr).toMatch(/^satchel: There is no workspace in \P{Cc}+\n$/u);
  });

  test.each([['DELETE FROM users'], ['SELECT 1; SELECT 2']])('refuses %s', async (statement) => {
    expect(await failure(['sql', '-d', 'firm', statement])).toMatchObject({
      code: 1,
      document: { error: { code: 'invalid' } },
    });
  });
});

describe('backup and restore', () => {
  test('bring everything back in another directory', async () => {
    const backup = await satchel(['backup', '-d', 'firm', '--out', 'firm.satchel', '--json'], directory);
    expect(backup).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(backup.stdout)).toMatchObject({ file: path.join(directory, 'firm.satchel') });
    const { tables, allTables } = JSON.parse(backup.stdout) as Record<string, number>;
    expect(tables).toBe(allTables);
    const told = await satchel(['backup', '-d', 'firm', '--out', 'newer.satchel'], directory);
    expect(told.stdout).toContain(`restored it and compared all ${allTables} tables.`);
    const restored = await satchel(['restore', 'firm.satchel', '-d', 'back'], directory);
    expect(restored.stdout).toMatch(/^Restored the state of .+ into .+back\.\n$/);
    const { stdout } = await satchel(
      ['sql', '-d', 'back', '--json', 'SELECT name FROM workspaces'],
      directory,
    );
    expect(JSON.parse(stdout)).toEqual([{ name: 'Harbour & Söhne' }]);
    expect(await failure(['restore', 'firm.satchel', '-d', 'back'])).toMatchObject({
      code: 1,
      document: { error: { code: 'conflict', message: expect.stringContaining('--replace') } },
    });
    expect(await failure(['backup', '-d', 'firm', '--out', 'firm.satchel'])).toMatchObject({
      code: 1,
      document: { error: { code: 'conflict' } },
    });
  });

  test('say so when the file is not there or no backup', async () => {
    expect(await failure(['restore', 'nowhere.satchel', '-d', 'new'])).toMatchObject({
      code: 1,
      document: { error: { code: 'not_found' } },
    });
    await writeFile(path.join(directory, 'not-a-backup'), 'something else');
    for (const place of ['not-a-backup', '.']) {
      expect(await failure(['restore', place, '-d', 'new'])).toMatchObject({
        code: 1,
        document: {
          error: {
            code: 'invalid',
            message: expect.stringContaining('a file that "satchel backup" has written'),
          },
        },
      });
    }
  });
});

describe('doctor', () => {
  test('finds a new directory sound and durable', async () => {
    const { code, stdout } = await satchel(['doctor', '-d', 'firm', '--json'], directory);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      isDurable: true,
      damage: [],
      sizes: { cluster: expect.any(Number) },
    });
  });

  test('describes a damaged one, which the app opens for recovery only', async () => {
    await cp(path.join(directory, 'firm'), path.join(directory, 'broken'), { recursive: true });
    await rm(path.join(directory, 'broken', 'pg', 'global', 'pg_control'));
    const { code, stdout } = await satchel(['doctor', '-d', 'broken'], directory);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Integrity +DAMAGED: /m);
    expect(await failure(['sql', '-d', 'broken', 'SELECT 1'])).toMatchObject({
      code: 1,
      document: { error: { code: 'corrupt' } },
    });
    const host = await startHost({ dataDir: path.join(directory, 'broken') });
    const client = createContractClient(hostTransport(host));
    expect(host.isDamaged).toBe(true);
    expect(await client.api.workspace.status({})).toMatchObject({
      state: 'damaged',
      lastVerifiedBackup: { file: path.join(directory, 'newer.satchel') },
    });
    await expect(client.api.workspace.people({})).rejects.toMatchObject({ code: 'corrupt' });
    client.close();
    await host.close();
  });
});

describe('a directory', () => {
  test('without a workspace is said to have none, and is not made', async () => {
    await mkdir(path.join(directory, 'photos'));
    for (const place of ['nowhere', 'photos'])
      expect(await failure(['sql', '-d', place, 'SELECT 1'])).toMatchObject({
        code: 1,
        document: { error: { code: 'not_found' } },
      });
    expect(await readdir(path.join(directory, 'photos'))).toEqual([]);
  });

  test('held by another process is refused, naming the holder', async () => {
    const server = spawnSatchel(['serve', '-d', 'firm', '--no-open', '--json'], directory);
    try {
      const line = await new Promise<string>((resolve) =>
        server.stdout.once('data', (data: Buffer) => resolve(String(data))),
      );
      expect(JSON.parse(line)).toMatchObject({
        address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/),
      });
      const { document } = await failure(['sql', '-d', 'firm', 'SELECT 1']);
      expect(document).toMatchObject({
        error: { code: 'conflict', message: expect.stringContaining(String(server.pid)) },
      });
    } finally {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGINT');
      // Ctrl+C is how it is meant to end.
      expect(await ended).toBe(0);
    }
  });
});

describe('usage', () => {
  test('--help names every command', async () => {
    const { stdout, code } = await satchel(['--help'], directory);
    expect(code).toBe(0);
    for (const name of ['init', 'serve', 'demo', 'sql', 'import', 'imports', 'backup', 'restore', 'doctor']) {
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
  });

  test.each([
    [['nonsense']],
    [['init']],
    [['imports']],
    [['sql', '--nonsense', 'SELECT 1']],
    [['serve', '--port', 'abc']],
    [['import', 'some.csv', '--as', 'frog']],
  ])('a mistake in %j is one clear line', async (args) => {
    expect(await failure(args)).toMatchObject({
      code: 2,
      document: {
        error: {
          code: 'invalid',
          message: expect.stringMatching(/^[A-Z][^(]*[^.]\. Run "satchel --help" for the commands\.$/),
        },
      },
    });
  });
});

describe('options that nobody means well with', () => {
  const long = 'x'.repeat(5_000);

  test.each([
    [['demo', '--contacts', '9'.repeat(400)]],
    [['demo', '--seed', '1e9']],
    [['serve', '--port', '99999999999999999999']],
    [['import', 'a.csv', '--scale', '__proto__=1']],
    [['import', 'a.csv', '--scale', 'a.b=1e400']],
    [['import', 'a.csv', '--value', '=__proto__']],
    [['import', 'a.csv', '--accept-name', long]],
    [['import', 'a.csv', '--on-duplicate', '__proto__']],
  ])('%j is a mistake in the usage', async (args) => {
    expect(await failure(args)).toMatchObject({ code: 2, document: { error: { code: 'invalid' } } });
  });

  test.each([
    [['init', '-d', 'bad', '-w', long], 'Use at most 1,000 characters.'],
    [['init', '-d', 'bad', '-w', 'a\u0007b'], 'Remove line breaks and control characters.'],
    [['init', '-d', 'bad', '-w', 'Bad', '--currency', '__proto__'], 'three-letter currency code'],
    [['sql', '-d', long, 'SELECT 1'], 'is too long'],
    [['backup', '-d', 'firm', '--out', long], 'is too long'],
    [['import', '-d', 'firm', ...Array.from({ length: 51 }, () => 'a.csv')], 'at most 50 files'],
    [['import', '-d', 'firm', '__proto__'], 'There is no file'],
    [['imports', 'revert', '-d', 'firm', '__proto__'], '__proto__ is no import.'],
  ])('%j is refused with what to do', async (args, message) => {
    expect(await failure(args)).toMatchObject({
      code: 1,
      document: { error: { message: expect.stringContaining(message) } },
    });
    expect(existsSync(path.join(directory, 'bad'))).toBe(false);
  });

  test('a name that JavaScript keeps for itself is a name', async () => {
    const { stdout } = await satchel(['init', '-d', 'proto', '-w', '__proto__', '--json'], directory);
    expect(JSON.parse(stdout)).toMatchObject({ workspace: { name: '__proto__' } });
  });
});
