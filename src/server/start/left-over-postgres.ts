import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './process-identity.ts';

const FAST_SHUTDOWN_MS = 8_000;

/**
 * Ends a PostgreSQL that outlived the process that started it in this cluster, which it finds by the cluster's own pid file.
 * @throws Error of one line when it does not end
 */
export async function endLeftOverPostgres(cluster: string, pgCtl: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [pid = '', ...rest] = readFileSync(pidFile, 'utf8').split('\n');
  if (isPostgresOf(Number(pid), cluster)) {
    log(`stopping the PostgreSQL that an earlier start left behind: process ${pid}`);
    await end(Number(pid), pgCtl);
  }
  if (!existsSync(pidFile)) return;
  // Its number may be another program's by now, and PostgreSQL would refuse to start. It takes the number of its own parent
  // for a leftover, and still checks the shared memory that the file names.
  writeFileSync(pidFile, [process.pid, ...rest].join('\n'));
}

async function end(pid: number, pgCtl: string): Promise<void> {
  interruptPostgres(pid, pgCtl);
  const impatientAt = performance.now() + FAST_SHUTDOWN_MS;
  let isPatient = true;
  while (isAlive(pid)) {
    const late = performance.now() - impatientAt;
    if (late > FAST_SHUTDOWN_MS) throw new Error(`The PostgreSQL of an earlier start does not end: process ${pid}.`);
    if (late > 0 && isPatient) {
      isPatient = false;
      process.kill(pid, 'SIGQUIT');
    }
    await delay(20);
  }
}

/** Asks for a fast shutdown: connections are closed, everything is written. */
export function interruptPostgres(pid: number, pgCtl: string): void {
  if (process.platform === 'win32') execFileSync(pgCtl, ['kill', 'INT', String(pid)]);
  else process.kill(pid, 'SIGINT');
}

function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    if (process.platform === 'win32') {
      return execFileSync('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv'], { encoding: 'utf8' }).includes(
        'postgres',
      );
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).includes(cluster);
  } catch {
    return false; // It ended meanwhile.
  }
}
