import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { endLeftOverPostgres, interruptPostgres } from './left-over-postgres.ts';
import { assertReachable, postgresAccount, type PostgresAccount } from './postgres-account.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

/** The major version whose data files we read; the binaries in package.json are of the same. */
export const POSTGRES_MAJOR = '18';

const FAST_SHUTDOWN_MS = 6_000;
const START_AGAIN_MS = 10_000;
// The port was taken since we asked for it; or children of a killed postmaster are still on their way out.
const WORTH_ANOTHER_START = /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block/;

export type EmbeddedPostgres = {
  /** For `pg`: an own user and database, on loopback only. */
  readonly url: string;
  readonly pid: number;
  /** Settles when the process is gone, whether by `stop` or not. */
  readonly ended: Promise<void>;
  /** Every connection is closed, everything is written. Within 10 seconds. */
  stop(): Promise<void>;
};

/**
 * A real PostgreSQL of our own in `folder`, made there at the first start. It ends with this process, however that ends.
 * The caller holds the lock of the data folder. `log` gets the server's own lines.
 * @throws Error of one line: another major version, an unreachable folder, PostgreSQL's own reason
 */
export async function startEmbeddedPostgres(folder: string, log: (line: string) => void): Promise<EmbeddedPostgres> {
  const binaries = findPostgresBinaries();
  const account = postgresAccount();
  const cluster = join(folder, 'cluster');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.owner) chownSync(folder, account.owner.uid, account.owner.gid);
  assertReachable(account, folder, 'choose another data folder with VENTANILLA_DATA');
  assertReachable(account, binaries.postgres, 'move the program, or start as another user');
  if (!existsSync(cluster)) initialise(folder, cluster, binaries, account);
  refuseOtherMajor(cluster);
  await endLeftOverPostgres(cluster, binaries.pgCtl, log);
  if (account.owner) giveTo(cluster, account.owner);
  const { child, port } = await startUntilReady(cluster, binaries, account, log);
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  return supervise(child, binaries, `postgres://ventanilla:${password}@127.0.0.1:${port}/ventanilla`);
}

/** Made beside its place and moved there when whole: a start that was cut leaves nothing that looks like data. */
function initialise(folder: string, cluster: string, binaries: PostgresBinaries, account: PostgresAccount): void {
  const draft = join(folder, 'cluster.new');
  const passwordFile = join(folder, 'password');
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(passwordFile, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  if (account.owner) chownSync(passwordFile, account.owner.uid, account.owner.gid);
  run(account, folder, [
    binaries.initdb,
    `--pgdata=${draft}`,
    '--username=ventanilla',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ]);
  run(account, folder, [binaries.postgres, '--single', '-D', draft, 'postgres'], 'CREATE DATABASE ventanilla\n');
  renameSync(draft, cluster);
}

function run(account: PostgresAccount, cwd: string, command: string[], input = ''): void {
  const [program = '', ...args] = [...account.prefix, ...command];
  try {
    execFileSync(program, args, { ...account.owner, cwd, env: environment(), input, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error);
    throw new Error(`PostgreSQL's data could not be made: ${lastLine(said)}`, { cause: error });
  }
}

function refuseOtherMajor(cluster: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found !== POSTGRES_MAJOR) {
    throw new Error(
      `${cluster} holds data of PostgreSQL ${found}, and this version of Ventanilla brings PostgreSQL ${POSTGRES_MAJOR}: ` +
        'take a backup with the version that wrote it and restore it here.',
    );
  }
}

function giveTo(path: string, owner: { uid: number; gid: number }): void {
  const stat = lstatSync(path);
  if (stat.uid !== owner.uid) chownSync(path, owner.uid, owner.gid);
  if (stat.isDirectory()) for (const name of readdirSync(path)) giveTo(join(path, name), owner);
}

async function startUntilReady(
  cluster: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  log: (line: string) => void,
): Promise<{ child: ChildProcess; port: number }> {
  const giveUpAt = performance.now() + START_AGAIN_MS;
  for (;;) {
    const port = await freePort();
    const child = launch(cluster, port, binaries, account);
    const failure = await readyOrFailure(child, log);
    if (failure === undefined) return { child, port };
    if (!WORTH_ANOTHER_START.test(failure) || performance.now() > giveUpAt) {
      throw new Error(`PostgreSQL did not start: ${lastLine(failure)}`);
    }
    await delay(100);
  }
}

function launch(cluster: string, port: number, binaries: PostgresBinaries, account: PostgresAccount): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'lc_messages=C',
    'fsync=on',
    'logging_collector=off',
  ];
  const [program, ...args] = [...account.prefix, binaries.postgres, '-D', cluster];
  return spawn(program, [...args, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account.owner,
    cwd: cluster,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Out of our process group, so that Ctrl-C reaches us alone and the database is the last to stop. On Windows the
    // children of a process end with it unless detached.
    detached: process.platform !== 'win32',
  });
}

/** Undefined once connections are accepted; what the server said when it ended before that. */
async function readyOrFailure(child: ChildProcess, log: (line: string) => void): Promise<string | undefined> {
  const said: string[] = [];
  const ready = new Promise<undefined>((resolve) => {
    if (child.stderr === null) throw new Error('The standard error of PostgreSQL is not piped.');
    createInterface(child.stderr).on('line', (line) => {
      log(line);
      if (line.includes('database system is ready to accept connections')) resolve(undefined);
      if (said.push(line) > 50) said.shift();
    });
  });
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(said.join('\n') || `ended with ${code ?? signal}`));
  });
  return Promise.race([ready, failed]);
}

function supervise(child: ChildProcess, binaries: PostgresBinaries, url: string): EmbeddedPostgres {
  const { pid } = child;
  if (pid === undefined) throw new Error('PostgreSQL has no process number.');
  const guard = process.platform === 'win32' ? undefined : spawnGuard(pid);
  const ended = once(child, 'close').then(() => void guard?.stdin?.end('ended\n'));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return ended;
    interruptPostgres(pid, binaries.pgCtl);
    const late = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
    await ended;
    clearTimeout(late);
  };
  return { url, pid, ended, stop };
}

/**
 * A shell that waits on a pipe from us and, when the pipe breaks without a word, asks the database to stop. It stands outside
 * our process group, so that it survives whatever killed us.
 */
function spawnGuard(pid: number): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r word || kill -INT "$0"', String(pid)], {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.stdin?.on('error', () => undefined); // The guard itself was killed: nothing is left to tell it.
  guard.unref();
  return guard;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The C locale keeps the server's lines in the one language that we read; nothing else of ours concerns it. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, LC_ALL: 'C', ...(SystemRoot !== undefined && { SystemRoot }), ...(TEMP !== undefined && { TEMP }) };
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => /FATAL|error:/.test(line)) ?? lines.at(-1) ?? '';
}
