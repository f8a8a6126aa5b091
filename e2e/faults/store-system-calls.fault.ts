import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeskHome, type DeskHome } from '../../src/main/testing/test-desk.ts';
import { canTrace, sweepPoints } from './support/syscall-sweep.ts';
import { openTestStore, outboxEntry } from '../../src/main/testing/test-store.ts';

const ROWS = 8;
const program = join(import.meta.dirname, '../../src/main/cache/testing', 'written-rows.ts');

/** A desk that has worked before: what is in its files is not at stake in their making. */
let template: DeskHome;
const before = Array.from({ length: 3 }, (_, index) => outboxEntry({ text: `Antes ${index}` }));
beforeAll(() => {
  template = createDeskHome();
  const { store, close } = openTestStore(template);
  for (const entry of before) store['outbox.add'](entry);
  close();
});
afterAll(() => template.remove());

interface Outcome {
  said: string[];
  acknowledged: string[];
  stored: Set<string>;
  rebuilt: unknown;
}

/** Runs the program under strace with one fault injected, opens its files again, and gives what was said and what is there. */
async function runWith(fault: string | null, manner: 'safe' | 'early' | 'deaf', isNew = false): Promise<Outcome> {
  const home = createDeskHome(template.key);
  try {
    if (!isNew) cpSync(template.folder, home.folder, { recursive: true });
    const inject = fault === null ? ['-e', 'trace=none'] : ['-e', `inject=${fault}`];
    const key = Buffer.from(home.key ?? []).toString('base64');
    const node = [process.execPath, program, home.databaseFolder, home.markerPath, key, String(ROWS), manner];
    const child = spawn('strace', ['-f', '-qq', '-o', '/dev/null', ...inject, ...node], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.resume();
    await once(child, 'close');
    const said = out.split('\n').filter((line) => line !== '');
    const acknowledged = said.filter((line) => /^[0-9a-f-]{36}$/.test(line));
    const { store, report, close } = openTestStore(home);
    const stored = new Set<string>(store['outbox.unanswered'](1_000).map(({ pending }) => pending.command.id));
    close();
    if (!isNew) acknowledged.push(...before.map(({ pending }) => pending.command.id));
    return { said, acknowledged, stored, rebuilt: report.rebuilt };
  } finally {
    home.remove();
  }
}

const missing = ({ acknowledged, stored }: Outcome): string[] => acknowledged.filter((id) => !stored.has(id));

/** How often the program makes this call when nothing is wrong. */
function callsOf(name: string): number {
  const home = createDeskHome(template.key);
  cpSync(template.folder, home.folder, { recursive: true });
  const log = join(home.folder, 'calls');
  const key = Buffer.from(home.key ?? []).toString('base64');
  const node = [process.execPath, program, home.databaseFolder, home.markerPath, key, String(ROWS), 'safe'];
  spawnSync('strace', ['-f', '-qq', '-o', log, '-e', `trace=${name}`, ...node]);
  const count = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('(')).length;
  home.remove();
  return count;
}

describe.skipIf(!canTrace)('with strace (skipped where it is not to be had)', () => {
  test('without a fault all is written and said', async () => {
    const outcome = await runWith(null, 'safe');
    expect(outcome.said.at(-1)).toBe('closed');
    expect(outcome.acknowledged).toHaveLength(ROWS + before.length);
    expect(missing(outcome)).toEqual([]);
  });

  test.each([
    ['pwrite64', 4],
    ['fsync', 2],
    ['unlink', 1],
  ])(
    '[R3] killed at the nth %s: what was said to be safe is there, and nothing had to be rebuilt',
    async (call, few) => {
      const last = callsOf(call);
      expect(last).toBeGreaterThan(0);
      for (const point of sweepPoints(last, few)) {
        const outcome = await runWith(`${call}:signal=KILL:when=${point}`, 'safe');
        expect(missing(outcome), `${call} ${point} of ${last}`).toEqual([]);
        expect(outcome.rebuilt).toBeNull();
        expect(outcome.said.at(-1)).not.toBe('closed');
      }
    },
  );

  test('[R3] [R15] killed while the files of a new desk are made: the next start makes them', async () => {
    for (const point of sweepPoints(60, 2)) {
      const outcome = await runWith(`pwrite64:signal=KILL:when=${point}`, 'safe', true);
      expect(missing(outcome), `pwrite64 ${point}`).toEqual([]);
    }
  });

  test.each([
    ['fsync', 'EIO', 2],
    ['pwrite64', 'ENOSPC', 2],
    ['pwrite64', 'EIO', 2],
    ['openat', 'EMFILE', 1],
  ])('[R3] [R13] the nth %s fails with %s: what was said to be safe is there', async (call, errno, few) => {
    const last = callsOf(call);
    expect(last).toBeGreaterThan(0);
    for (const point of sweepPoints(last, few)) {
      const outcome = await runWith(`${call}:error=${errno}:when=${point}`, 'safe');
      expect(missing(outcome), `${call} ${errno} ${point} of ${last}`).toEqual([]);
    }
  });

  test('[R3] twin: a row that is said to be safe before it is written is missed', async () => {
    const last = callsOf('pwrite64');
    let lost: string[] = [];
    for (let point = Math.ceil(last / 2); lost.length === 0 && point <= last; point += 1) {
      lost = missing(await runWith(`pwrite64:signal=KILL:when=${point}`, 'early'));
    }
    expect(lost).toHaveLength(1);
  });

  test('[R13] twin: a row that is said to be safe although the disk refused it is missed', async () => {
    const last = callsOf('pwrite64');
    let lost: string[] = [];
    for (let point = Math.ceil(last / 2); lost.length === 0 && point <= last; point += 1) {
      lost = missing(await runWith(`pwrite64:error=ENOSPC:when=${point}`, 'deaf'));
    }
    expect(lost).toHaveLength(1);
  });
});
