import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDispatcher } from './dispatcher.ts';

const rows = vi.hoisted(() => ({
  readDue: vi.fn(),
  readLostAgents: vi.fn(),
  readSilentCalls: vi.fn(),
  readSilentVideos: vi.fn(),
}));
vi.mock('../store/due-rows.ts', async (original) => ({ ...(await original<object>()), readDue: rows.readDue }));
vi.mock('../store/status-rows.ts', async (original) => ({
  ...(await original<object>()),
  readLostAgents: rows.readLostAgents,
}));
vi.mock('../store/ticket-rows.ts', async (original) => ({
  ...(await original<object>()),
  readSilentCalls: rows.readSilentCalls,
  readSilentVideos: rows.readSilentVideos,
}));

beforeEach(() => {
  vi.useFakeTimers();
  for (const read of Object.values(rows)) read.mockReset().mockResolvedValue([]);
});
afterEach(() => vi.useRealTimers());

function start() {
  const error = vi.fn<(what: object, message: string) => void>();
  let committed = (): void => undefined;
  const hub = { onAnnounce: (listener: () => void) => (committed = listener) };
  const dispatcher = createDispatcher();
  dispatcher.start({ store: { db: {} }, clock: () => Date.now(), log: { error }, hub } as never);
  return {
    dispatcher,
    committed: () => committed(),
    logged: () => new Set(error.mock.calls.map(([, message]) => message)),
  };
}

test('each thing that cannot be looked at is named in the log, and holds up none of the others', async () => {
  for (const read of Object.values(rows).slice(1)) read.mockRejectedValue(new Error('no table'));
  const { dispatcher, logged } = start();
  await vi.advanceTimersByTimeAsync(66_000);
  rows.readDue.mockRejectedValue(new Error('no table'));
  await vi.advanceTimersByTimeAsync(2_000);
  await dispatcher.stop();
  expect([...logged()].toSorted()).toEqual([
    'due times could not be read',
    'lost desks could not be read',
    'silent calls could not be read',
    'silent videos could not be read',
  ]);
});

test('[R17] whose desk is silent is asked only by who has heard for a minute, since the start and since the database is back', async () => {
  const { dispatcher } = start();
  const asked = () => [rows.readSilentCalls, rows.readSilentVideos].map((read) => read.mock.calls.length > 0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(asked()).toEqual([true, true]);

  for (const read of Object.values(rows)) read.mockRejectedValue(new Error('the database is away'));
  await vi.advanceTimersByTimeAsync(180_000);
  for (const read of Object.values(rows)) read.mockReset().mockResolvedValue([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(asked()).toEqual([true, true]);
  await dispatcher.stop();
});

const looks = (): number => rows.readDue.mock.calls.length;

test('while nothing happens PostgreSQL is seldom asked for due times and silent desks', async () => {
  const { dispatcher } = start();
  await vi.advanceTimersByTimeAsync(60_500);
  expect(looks()).toBe(31);
  expect(rows.readLostAgents).toHaveBeenCalledTimes(13);
  await dispatcher.stop();
});

test('due times are looked for at the next tick after a commit, after a look that failed, and when one is known to be due', async () => {
  const { dispatcher, committed } = start();
  await vi.advanceTimersByTimeAsync(500);
  expect(looks()).toBe(1);
  committed();
  await vi.advanceTimersByTimeAsync(500);
  expect(looks()).toBe(2);
  rows.readDue.mockRejectedValueOnce(new Error('the database is away'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(looks()).toBe(3);
  const due = { kind: 'dispatch', subjectId: 'branch', branchId: 'branch', at: Date.now() + 1_400 };
  rows.readDue.mockResolvedValueOnce([due]);
  await vi.advanceTimersByTimeAsync(500);
  expect(looks()).toBe(4);
  await vi.advanceTimersByTimeAsync(500);
  expect(looks()).toBe(4);
  await vi.advanceTimersByTimeAsync(500);
  expect(looks()).toBe(5);
  await dispatcher.stop();
});
