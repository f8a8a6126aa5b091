import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createInspector, type Inspector } from './create-inspector.ts';

let folder: string;
let inspector: Inspector | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-inspector-'));
  inspector = null;
});
afterEach(() => {
  inspector?.stop();
  rmSync(folder, { recursive: true });
});

/** An inspector whose process runs this script. */
function running(script: string, deadlineMs?: number): Inspector {
  const path = join(folder, 'worker.mjs');
  writeFileSync(path, script);
  inspector = createInspector({ workerUrl: pathToFileURL(path), ...(deadlineMs !== undefined && { deadlineMs }) });
  return inspector;
}
const job = (path: string) => ({ path, type: 'text/plain' });
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: { code?: unknown }) => error.code,
  );
const GOOD = `{ type: 'good', inspected: { path: job.path, pid: process.pid, env: Object.keys(process.env) } }`;

test('[B23] what takes too long is ended and refused, and the next file is looked through', async () => {
  const { inspect } = running(
    `process.on('message', (job) => { if (job.path === 'endless') for (;;); process.send(${GOOD}); });`,
    2_000,
  );
  expect(await codeOf(inspect(job('endless')))).toBe('FILE_DAMAGED');
  expect(await inspect(job('a'))).toMatchObject({ path: 'a' });
});

test('[T6] what ends the process that looks it through ends nothing else', async () => {
  const { inspect } = running(
    `process.on('message', (job) => { if (job.path === 'crash') process.abort(); process.send(${GOOD}); });`,
  );
  const [crashed, other] = await Promise.all([codeOf(inspect(job('crash'))), inspect(job('b'))]);
  expect(crashed).toBe('FILE_DAMAGED');
  expect(other).toMatchObject({ path: 'b' });
  expect(await inspect(job('c'))).toMatchObject({ path: 'c' });
});

test('[R13] while no process can be started nothing hangs, and with the first that can it goes on', async () => {
  const { inspect } = running(`process.on('message', (job) => process.send(${GOOD}));`);
  const { execPath } = process;
  process.execPath = join(folder, 'none');
  try {
    const refused = await Promise.all(['a', 'b', 'c'].map((name) => codeOf(inspect(job(name)))));
    expect(refused).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
  } finally {
    process.execPath = execPath;
  }
  expect(await inspect(job('d'))).toMatchObject({ path: 'd' });
});

test('[T6] the process knows nothing of the server’s', async () => {
  process.env['VENTANILLA_CANARY'] = 'secret';
  const { inspect } = running(`process.on('message', (job) => process.send(${GOOD}));`);
  const found = (await inspect(job('a'))) as unknown as { env: string[]; pid: number };
  delete process.env['VENTANILLA_CANARY'];
  expect(found.pid).not.toBe(process.pid);
  expect(found.env.filter((name) => name.startsWith('VENTANILLA'))).toEqual([]);
});

test('[T31] two at a time, the others in their turn, and no more than can wait', async () => {
  const { inspect } = running(`
    let busy = 0;
    process.on('message', (job) => {
      busy += 1;
      setTimeout(() => { process.send({ type: 'good', inspected: { path: job.path, busy, pid: process.pid } }); busy -= 1; }, 5);
    });`);
  const all = await Promise.allSettled(Array.from({ length: 60 }, (_, index) => inspect(job(String(index)))));
  const good = all.flatMap((each) =>
    each.status === 'fulfilled' ? [each.value as never as { busy: number; pid: number }] : [],
  );
  expect(good).toHaveLength(52);
  expect(new Set(good.map(({ busy }) => busy))).toEqual(new Set([1]));
  expect(new Set(good.map(({ pid }) => pid)).size).toBe(2);
});
