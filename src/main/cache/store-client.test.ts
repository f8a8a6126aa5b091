import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ana, branch, fakeTicket } from '../testing/fake-office.ts';
import { createDeskHome, workerUrl, type DeskHome } from '../testing/test-desk.ts';
import { outboxEntry } from '../testing/test-store.ts';
import { startStore, StoreRefusedError } from './store-client.ts';
import { beginStoreThread } from './store-thread.ts';

let home: DeskHome;
beforeEach(() => {
  home = createDeskHome();
});
afterEach(() => home.remove());

const stream = `branch:${branch}`;
const start = (onDied: (error: Error) => void = () => undefined) =>
  startStore(
    beginStoreThread(workerUrl),
    { databaseFolder: home.databaseFolder, markerPath: home.markerPath, key: home.key },
    onDied,
  );

test('what is asked is answered in order, from the files', async () => {
  const store = await start();
  const entry = outboxEntry({ text: 'Hola' });
  const [, rows] = await Promise.all([store.ask('outbox.add', entry), store.ask('outbox.unanswered', 10)]);
  expect(rows).toEqual([entry]);
  await store.close();
});

test('a thread that fails before it is asked anything says why to whoever opens its files, and ends nothing else', async () => {
  const thread = beginStoreThread(
    new URL('data:text/javascript,throw new Error("better_sqlite3.node: wrong machine")'),
  );
  await new Promise((resolve) => thread.worker.once('exit', resolve));
  const order = { databaseFolder: home.databaseFolder, markerPath: home.markerPath, key: home.key };
  await expect(startStore(thread, order, () => undefined)).rejects.toThrow('wrong machine');
});

test('a frame that is none fails alone; the store goes on', async () => {
  const store = await start();
  await expect(store.ask('stream.apply', '{"type":"nonsense"}')).rejects.toMatchObject({ code: 'INTERNAL' });
  expect(await store.ask('stream.cursors')).toEqual({});
  await store.close();
});

test('a second desk in the folder is refused and the first one goes on', async () => {
  const store = await start();
  await expect(start()).rejects.toThrow(StoreRefusedError);
  expect(await store.ask('stream.cursors')).toEqual({});
  await store.close();
});

/** Runs the store in a process of its own, kills it as soon as it has said `atLeast` lines, and gives the last one. */
async function killWhileBusy(script: string, atLeast: number): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DESK_HOME: JSON.stringify({ ...home, key: Buffer.from(home.key ?? []).toString('base64') }),
      STORE: new URL('../testing/test-store.ts', import.meta.url).href,
      OFFICE: new URL('../testing/fake-office.ts', import.meta.url).href,
    },
  });
  let lines = 0;
  let last = '';
  createInterface(child.stdout).on('line', (line) => {
    lines += 1;
    last = line;
    if (lines === atLeast) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return last;
}

const prelude = `
  import { writeSync } from 'node:fs';
  const home = JSON.parse(process.env.DESK_HOME);
  const { openTestStore, outboxEntry } = await import(process.env.STORE);
  const { fakeTicket, branch } = await import(process.env.OFFICE);
  const { store } = openTestStore({ ...home, key: Buffer.from(home.key, 'base64') });
`;

test('[R3] [R10] killed while it applies changes, the desk comes back with rows and cursor that agree', async () => {
  const said = await killWhileBusy(
    `${prelude}
    for (let seq = 1; ; seq += 10) {
      const changes = Array.from({ length: 10 }, (_, index) => ({
        seq: seq + index, body: { type: 'ticket.put', header: fakeTicket(seq + index, 1) } }));
      store['stream.apply'](JSON.stringify({ type: 'changes', stream: 'branch:' + branch, changes }));
      writeSync(1, String(seq + 9) + '\\n');
    }`,
    40,
  );
  const store = await start();
  const cursor = (await store.ask('stream.cursors'))[stream] ?? 0;
  expect(store.report.rebuilt).toBeNull();
  expect(cursor % 10).toBe(0);
  expect(cursor).toBeGreaterThanOrEqual(Number(said));
  await store.ask('viewer.set', { agentId: ana, branchId: branch });
  expect(await store.ask('desk.ticket', fakeTicket(cursor, 1).id)).not.toBeNull();
  expect(await store.ask('desk.ticket', fakeTicket(cursor + 1, 1).id)).toBeNull();
  await store.close();
});

test('[R3] killed while it writes, the outbox keeps every row that was said to be safe', async () => {
  const said = await killWhileBusy(
    `${prelude}
    for (let count = 1; ; count += 1) {
      store['outbox.add'](outboxEntry({ text: 'Nota ' + count }));
      writeSync(1, String(count) + '\\n');
    }`,
    60,
  );
  const store = await start();
  const texts = (await store.ask('outbox.unanswered', 1_000)).map(({ act }) => act?.type === 'note.add' && act.text);
  expect(texts.slice(0, Number(said))).toEqual(Array.from({ length: Number(said) }, (_, index) => `Nota ${index + 1}`));
  await store.close();
});
