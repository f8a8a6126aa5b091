import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { POSTGRES_MAJOR, startEmbeddedPostgres } from './embedded-postgres.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { isAlive } from './process-identity.ts';

const silent = (): void => undefined;
const isRoot = process.getuid?.() === 0;
let folder: string;
let owners: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-postgres-'));
  owners = [];
});

afterEach(async () => {
  for (const owner of owners) {
    if (owner.exitCode !== null || owner.signalCode !== null) continue;
    owner.kill('SIGKILL');
    await once(owner, 'exit');
  }
  const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
  if (existsSync(pidFile)) await gone(Number(readFileSync(pidFile, 'utf8').split('\n')[0]));
  rmSync(folder, { recursive: true });
});

/** Another process that owns the folder and its database; see testing/database-owner.ts. */
function own(mode: 'idle' | 'insert', environment: NodeJS.ProcessEnv = {}) {
  const script = join(import.meta.dirname, 'testing', 'database-owner.ts');
  const process_ = spawn(process.execPath, [script, folder, mode], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  owners.push(process_);
  const acknowledged: string[] = [];
  let said = '';
  process_.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const lines = createInterface(process_.stdout);
  const ready = new Promise<{ databasePid: number; url: string }>((resolve, reject) => {
    lines.on('line', (line) => {
      if (!line.startsWith('ready ')) return void acknowledged.push(line);
      const [, pid, url = ''] = line.split(' ');
      resolve({ databasePid: Number(pid), url });
    });
    process_.once('close', () => reject(new Error(said)));
  });
  ready.catch(silent);
  const ended = once(process_, 'close');
  const until = async (count: number): Promise<void> => {
    while (acknowledged.length < count) await once(lines, 'line');
  };
  return { process: process_, ready, ended, until, acknowledged, said: () => said };
}

async function numbersIn(url: string): Promise<string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ number: string }>('SELECT number FROM numbers');
    return rows.map((row) => row.number);
  } finally {
    await client.end();
  }
}

async function one(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(sql);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

/** No event tells of the end of a process that is not our child. */
async function gone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid), { timeout: 15_000, interval: 20 }).toBe(false);
}

describe('the embedded database', () => {
  test('is a durable UTF-8 cluster of the pinned major version with ICU collations, on loopback only', async () => {
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), silent);
    try {
      expect(execFileSync(findPostgresBinaries().postgres, ['--version'], { encoding: 'utf8' })).toContain(
        `(PostgreSQL) ${POSTGRES_MAJOR}.`,
      );
      const setting = (name: string) => one(postgres.url, `SELECT current_setting('${name}') AS value`);
      expect(await setting('fsync')).toBe('on');
      expect(await setting('full_page_writes')).toBe('on');
      expect(await setting('synchronous_commit')).toBe('on');
      expect(await setting('server_encoding')).toBe('UTF8');
      expect(await setting('listen_addresses')).toBe('127.0.0.1');
      expect(await setting('unix_socket_directories')).toBe('');
      expect(await setting('data_checksums')).toBe('on');
      expect(await one(postgres.url, `SELECT datcollate AS value FROM pg_database WHERE datname = 'ventanilla'`)).toBe(
        'C',
      );
      expect(await one(postgres.url, `SELECT 'ñandú' > 'nz' COLLATE "es-x-icu" AS value`)).toBe(true);
    } finally {
      await postgres.stop();
    }
  });

  test('asks for the password that only its owner may read', async () => {
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), silent);
    try {
      expect(statSync(join(folder, 'postgres', 'password')).mode & 0o777).toBe(0o600);
      const wrong = new pg.Client(postgres.url.replace(/:[^:@]+@/, ':wrong@'));
      await expect(wrong.connect()).rejects.toThrow('password authentication failed');
    } finally {
      await postgres.stop();
    }
  });

  test('keeps its rows over a restart in order, which ends its process', async () => {
    const first = own('insert');
    const { databasePid } = await first.ready;
    await first.until(20);
    first.process.kill('SIGTERM');
    expect(await first.ended).toEqual([0, null]);
    expect(isAlive(databasePid)).toBe(false);
    const second = own('idle');
    expect(await numbersIn((await second.ready).url)).toEqual(expect.arrayContaining(first.acknowledged));
  });

  test.each([
    ['us', (owner: number, _database: number) => process.kill(owner, 'SIGKILL')],
    ['our whole process group', (owner: number, _database: number) => process.kill(-owner, 'SIGKILL')],
    ['the database', (_owner: number, database: number) => process.kill(database, 'SIGKILL')],
    [
      'both',
      (owner: number, database: number) => {
        process.kill(owner, 'SIGKILL');
        process.kill(database, 'SIGKILL');
      },
    ],
  ])('[R12] after kill -9 of %s the next start opens at once and has every acknowledged row', async (_who, kill) => {
    const first = own('insert');
    const { databasePid } = await first.ready;
    await first.until(200);
    kill(first.process.pid ?? 0, databasePid);
    await first.ended;
    const second = own('idle');
    const rows = new Set(await numbersIn((await second.ready).url));
    expect(first.acknowledged.filter((number) => !rows.has(number))).toEqual([]);
  });

  test('[R12] the database ends by itself when its owner is killed', async () => {
    const first = own('idle');
    const { databasePid } = await first.ready;
    expect(isAlive(databasePid)).toBe(true);
    first.process.kill('SIGKILL');
    await gone(databasePid);
  });

  test('[R12] a database whose guard died with its owner is stopped by the next start', async () => {
    const first = own('idle');
    const { databasePid } = await first.ready;
    const guards = execFileSync('pgrep', ['-P', String(first.process.pid), '-x', 'sh'], { encoding: 'utf8' });
    process.kill(Number(guards.trim()), 'SIGKILL');
    first.process.kill('SIGKILL');
    await first.ended;
    expect(isAlive(databasePid)).toBe(true);
    const second = own('idle');
    expect((await second.ready).databasePid).not.toBe(databasePid);
    expect(isAlive(databasePid)).toBe(false);
  });

  test('[R12] a second start is refused with exit 1 and one line that names the pid', async () => {
    const first = own('idle');
    await first.ready;
    const second = own('idle');
    expect(await second.ended).toEqual([1, null]);
    expect(second.said()).toBe(`The data folder ${folder} is in use by the process ${first.process.pid}.\n`);
  });

  test('[R12] a pid file whose number now belongs to another program does not stop the start, nor that program', async () => {
    const first = own('insert');
    const { databasePid } = await first.ready;
    await first.until(20);
    process.kill(first.process.pid ?? 0, 'SIGKILL');
    process.kill(databasePid, 'SIGKILL');
    await first.ended;
    const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
    const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    owners.push(stranger);
    writeFileSync(pidFile, [stranger.pid, ...rest].join('\n'));
    const second = own('idle');
    expect(await numbersIn((await second.ready).url)).toEqual(expect.arrayContaining(first.acknowledged));
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  });

  test('refuses data of another major version by name and leaves it as it is', async () => {
    await (await startEmbeddedPostgres(join(folder, 'postgres'), silent)).stop();
    const versionFile = join(folder, 'postgres', 'cluster', 'PG_VERSION');
    writeFileSync(versionFile, '17\n');
    await expect(startEmbeddedPostgres(join(folder, 'postgres'), silent)).rejects.toThrow(
      /holds data of PostgreSQL 17, and this version of Ventanilla brings PostgreSQL 18/,
    );
    writeFileSync(versionFile, '18\n');
    await (await startEmbeddedPostgres(join(folder, 'postgres'), silent)).stop();
  });

  test('a first start that was cut is made anew', async () => {
    await (await startEmbeddedPostgres(join(folder, 'postgres'), silent)).stop();
    execFileSync('mv', [join(folder, 'postgres', 'cluster'), join(folder, 'postgres', 'cluster.new')]);
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), silent);
    expect(await one(postgres.url, 'SELECT 1 AS value')).toBe(1);
    await postgres.stop();
  });

  test('says in one line what PostgreSQL itself refuses', async () => {
    await (await startEmbeddedPostgres(join(folder, 'postgres'), silent)).stop();
    rmSync(join(folder, 'postgres', 'cluster', 'global', 'pg_control'));
    const start = startEmbeddedPostgres(join(folder, 'postgres'), silent);
    await expect(start).rejects.toThrow(/^PostgreSQL did not start: .*pg_control.*$/);
  });
});

describe.runIf(isRoot)('as root where user namespaces are forbidden', () => {
  // Without `unshare` on the path there is no way into a namespace.
  const withoutNamespaces = { PATH: '/nowhere' };

  test('the database runs under a system account, and its rows are there again with namespaces', async () => {
    chmodSync(folder, 0o711);
    const first = own('insert', withoutNamespaces);
    const { databasePid } = await first.ready;
    expect(statSync(`/proc/${databasePid}`).uid).not.toBe(0);
    await first.until(20);
    first.process.kill('SIGTERM');
    await first.ended;
    const second = own('idle');
    const { url, databasePid: inNamespace } = await second.ready;
    expect(statSync(`/proc/${inNamespace}`).uid).toBe(0);
    expect(await numbersIn(url)).toEqual(expect.arrayContaining(first.acknowledged));
  });

  test('a folder that the account cannot reach stops the start with one line', async () => {
    chmodSync(folder, 0o700);
    const refused = own('idle', withoutNamespaces);
    expect(await refused.ended).toEqual([1, null]);
    expect(refused.said()).toMatch(
      /^PostgreSQL must run here as the account "\w+", which cannot reach .*VENTANILLA_DATA\.\n$/,
    );
  });
});
