import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endGroup } from './process-group.ts';

const isThere = (leader: number): boolean => {
  try {
    return process.kill(-leader, 0);
  } catch {
    return false;
  }
};

/** A group whose leader has ended; its member says a line once it is set. */
async function leftBehind(trap: string): Promise<number> {
  const member = `sh -c 'trap "${trap}" TERM; echo set; while :; do sleep 0.1; done' &`;
  const leader = spawn('sh', ['-c', member], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const { pid = 0 } = leader;
  await Promise.all([once(leader, 'exit'), once(leader.stdout, 'data')]);
  expect(isThere(pid)).toBe(true);
  return pid;
}

test('what a group has left behind when its leader ended is asked to end', { timeout: 30_000 }, async () => {
  const leader = await leftBehind('exit');
  await endGroup(leader, 20_000);
  expect(isThere(leader)).toBe(false);
});

test('whoever of a group does not listen is killed after the grace', { timeout: 30_000 }, async () => {
  const leader = await leftBehind('');
  await endGroup(leader, 50);
  expect(isThere(leader)).toBe(false);
});

test('a group that is gone needs no ending', async () => {
  const leader = spawn('true', { detached: true });
  await once(leader, 'exit');
  await expect(endGroup(leader.pid ?? 0, 20_000)).resolves.toBeUndefined();
});
