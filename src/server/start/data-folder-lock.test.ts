import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolderInUseError, lockDataFolder } from './data-folder-lock.ts';
import { startTicksOf } from './process-identity.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Locks the folder in another process, says so and then does as told on its standard input. */
const locker = `
  import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder-lock.ts'))};
  try {
    lockDataFolder(process.argv[1]);
    process.stdout.write('locked');
    process.stdin.resume();
  } catch (error) {
    process.stdout.write(error.message);
  }
`;

function startLocker() {
  return spawn(process.execPath, ['--input-type=module', '-e', locker, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function firstWords(child: ReturnType<typeof startLocker>): Promise<string> {
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return chunk.toString();
}

test('[R12] a second lock names the process that holds the folder', () => {
  lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(`The data folder ${folder} is in use by the process ${process.pid}.`);
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError);
});

test('the folder is made for its owner alone, and is free again after release', () => {
  const inner = join(folder, 'a', 'b');
  lockDataFolder(inner)();
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  expect(readdirSync(inner)).toEqual([]);
  lockDataFolder(inner)();
});

test('[R12] the lock of a killed process is taken over', async () => {
  const first = startLocker();
  expect(await firstWords(first)).toBe('locked');
  expect(() => lockDataFolder(folder)).toThrow(`process ${first.pid}.`);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const unlock = lockDataFolder(folder);
  expect(readdirSync(folder)).toHaveLength(1);
  unlock();
});

test('a pid that now belongs to another program holds nothing', () => {
  const startTicks = startTicksOf(process.ppid);
  if (startTicks === undefined) throw new Error('This system does not say when a process began.');
  writeFileSync(join(folder, 'lock.1'), JSON.stringify({ pid: process.ppid, startTicks }));
  expect(() => lockDataFolder(folder)).toThrow(`process ${process.ppid}.`);
  writeFileSync(join(folder, 'lock.1'), JSON.stringify({ pid: process.ppid, startTicks: startTicks - 1 }));
  lockDataFolder(folder)();
});

test('a lock cut by a power failure holds nothing', () => {
  writeFileSync(join(folder, 'lock.7'), '{"pid":');
  lockDataFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test('[R12] of several that start at once over a dead one, exactly one gets the folder', async () => {
  const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
  writeFileSync(join(folder, 'lock.3'), JSON.stringify({ pid: dead, startTicks: 1 }));
  const lockers = Array.from({ length: 6 }, startLocker);
  const ended = lockers.map((child) => once(child, 'close'));
  const words = await Promise.all(lockers.map(firstWords));
  for (const child of lockers) child.stdin.end();
  await Promise.all(ended);
  expect(words.filter((word) => word === 'locked')).toHaveLength(1);
  expect(words.filter((word) => word.includes('is in use by the process'))).toHaveLength(5);
});
