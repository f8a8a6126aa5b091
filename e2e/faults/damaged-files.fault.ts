import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import fc from 'fast-check';
import { amount } from './support/chance.ts';
import { migrate } from '../../src/cache-file/migrate.ts';
import Database from 'better-sqlite3';
import type { CommandId } from '../../src/protocol/ids.ts';
import type { NumberBlock } from '../../src/protocol/number-block.ts';
import { ana, branch, caja, company, fakeOffice, fakeTicket, idOf } from '../../src/main/testing/fake-office.ts';
import { createDeskHome, crashImageOf, type DeskHome } from '../../src/main/testing/test-desk.ts';
import { openTestStore, outboxEntry } from '../../src/main/testing/test-store.ts';
import { outboxMigrations } from '../../src/main/cache/outbox-migrations.ts';
import { readGenerationMarker } from '../../src/main/cache/generation-marker.ts';

const seed = inject('faultsSeed');
const ROWS = 60;
const DAY = '2026-11-22' as NumberBlock['businessDay'];
const NOW = 1_000_000;

/** What a desk was told is safe, in its order. */
const acknowledged: CommandId[] = [];
/** The files of a desk that was switched off, and of one that died. */
let closed: DeskHome;
let dead: DeskHome;

beforeAll(() => {
  closed = createDeskHome();
  const { store, close } = openTestStore(closed);
  const frame = (stream: string, bodies: object[]): void => {
    const changes = bodies.map((body, index) => ({ seq: index + 1, body }));
    store['stream.apply'](JSON.stringify({ type: 'changes', stream, changes }));
  };
  frame(`company:${company}`, [{ type: 'office.put', office: fakeOffice() }]);
  frame(
    `branch:${branch}`,
    Array.from({ length: 80 }, (_, index) => ({ type: 'ticket.put', header: fakeTicket(index + 1, NOW) })),
  );
  const block = { id: idOf('10', 1), branchId: branch, serviceId: caja, businessDay: DAY, letter: 'C' };
  store['blocks.add']([{ ...block, firstNumber: 1_000, firstTurn: 100, count: 20 } as NumberBlock], DAY);
  store['run.start']('run', NOW);
  store['ledger.add']({ agentId: ana, kind: 'online', cause: 'agent', at: NOW, monotonicAt: 1, runId: 'run' });
  store['secret.put']('device', { id: 'device' });
  store['draft.save'](ana, fakeTicket(1, NOW).id, 'A medio escribir');
  for (let index = 0; index < ROWS; index += 1) {
    const entry = outboxEntry({ text: `Nota ${index} ${'ñ'.repeat(100)}` });
    store['outbox.add'](entry);
    acknowledged.push(entry.pending.command.id);
  }
  const refused = acknowledged.at(-1)!;
  store['outbox.answer']([
    {
      id: refused,
      status: 'refused',
      error: { code: 'FORBIDDEN', title: 'No', retryable: false, requestId: 'r' },
    },
  ]);
  dead = crashImageOf(closed);
  close();
});
afterAll(() => {
  closed.remove();
  dead.remove();
});

interface Seen {
  ids: readonly string[];
  headers: number;
  /** Of the branch, whose every change brought one header. */
  cursor: number;
  rebuilt: { recovered: number; lost: number } | null;
}

/** Opens the files as the next start does, does all that a desk does with them, and says what is there. */
function reopen(home: DeskHome): Seen {
  const { store, refused, report, cache, close } = openTestStore(home);
  try {
    const headers = Number(cache.prepare('SELECT count(*) FROM headers').pluck().get());
    const cursor = store['stream.cursors']()[`branch:${branch}`] ?? 0;
    const ids = [...store['outbox.unanswered'](1_000), ...refused()].map(({ pending }) => pending.command.id);
    store['run.start'](`run-${randomBytes(8).toString('hex')}`, NOW + 1);
    store['cache.prune'](NOW);
    store['stream.follow']([`branch:${branch}`]);
    store['viewer.set']({ agentId: ana, branchId: branch });
    store['desk.changes'](NOW);
    store['desk.window'](0, 50);
    for (let number = 1; number <= 80; number += 1) store['desk.ticket'](fakeTicket(number, NOW).id);
    store['blocks.left'](branch, DAY);
    store['blocks.take'](caja, DAY);
    store['ledger.since'](ana, 0);
    store['secret.get']('device');
    store['preferences.get']();
    store['outbox.add'](outboxEntry());
    return { ids, headers, cursor, rebuilt: report.rebuilt };
  } finally {
    close();
  }
}

/** What is gone of that which was acknowledged must not be more than what is said to be. */
function unsaidLoss(written: readonly string[], { ids, rebuilt }: Seen): number {
  const there = new Set(ids);
  return written.filter((id) => !there.has(id)).length - (rebuilt?.lost ?? 0);
}

function damagedCopy<Result>(
  of: DeskHome,
  damage: (path: (name: string) => string) => void,
  look: (home: DeskHome) => Result,
) {
  const home = crashImageOf(of);
  try {
    damage((name) => join(home.databaseFolder, name));
    return look(home);
  } finally {
    home.remove();
  }
}

function flip(path: string, at: number, length: number): void {
  const bytes = readFileSync(path);
  for (let index = at; index < Math.min(at + length, bytes.length); index += 1) bytes[index]! ^= 0xff;
  writeFileSync(path, bytes);
}

const branchFile = `branch-${branch}.db`;
const files = ['cache.db', branchFile, 'outbox.db'];
const whole = (seen: Seen): void => {
  expect(unsaidLoss(acknowledged, seen)).toBeLessThanOrEqual(0);
};

test('the desk whose files are not damaged has all and says nothing', () => {
  for (const home of [closed, dead]) {
    const seen = damagedCopy(home, () => undefined, reopen);
    expect(seen).toEqual({ ids: acknowledged, headers: 80, cursor: 80, rebuilt: null });
  }
});

test.each(files)('[R14] %s with bytes changed at any place: the desk opens, works, and says what it lost', (name) => {
  const size = statSync(join(closed.databaseFolder, name)).size;
  fc.assert(
    fc.property(fc.nat(size - 1), fc.constantFrom(1, 16, 512, 4096, 20_000), (at, length) => {
      const seen = damagedCopy(closed, (path) => flip(path(name), at, length), reopen);
      whole(seen);
      if (name !== 'outbox.db') expect(seen.ids).toEqual(acknowledged);
      else expect(seen.headers).toBe(80);
    }),
    { seed, numRuns: amount(30, 100) },
  );
});

test.each(files)('[R14] %s cut off at any size is rebuilt, and what is lost with it is said', (name) => {
  const size = statSync(join(closed.databaseFolder, name)).size;
  const sizes = fc.oneof(fc.constantFrom(0, 1, 15, 16, 99, 100, 4095, 4096, 4097, 8192, size - 725), fc.nat(size - 1));
  fc.assert(
    fc.property(sizes, (length) => {
      const seen = damagedCopy(closed, (path) => truncateSync(path(name), length), reopen);
      whole(seen);
      expect(seen.rebuilt).not.toBeNull();
      if (name !== 'outbox.db') expect(seen.ids).toEqual(acknowledged);
      expect(seen.headers).toBe(name === branchFile ? 0 : 80);
    }),
    { seed, numRuns: amount(20, 60) },
  );
});

test.each([
  ['of zero bytes', 0],
  ['that is no database', 3],
])('[R14] an outbox %s: every row is said to be lost', (_, pages) => {
  const seen = damagedCopy(closed, (path) => writeFileSync(path('outbox.db'), Buffer.alloc(pages * 4096, 'x')), reopen);
  expect(seen).toMatchObject({ ids: [], headers: 80, rebuilt: { recovered: 0, lost: ROWS } });
});

test('[R14] a dead desk whose outbox has lost its -wal has every acknowledged row', () => {
  const seen = damagedCopy(dead, (path) => rmSync(path('outbox.db-wal')), reopen);
  expect(seen.ids).toEqual(acknowledged);
});

test.each(['cache.db', branchFile])(
  '[R14] a dead desk whose %s has lost its -wal says that it was rebuilt, or goes on from an earlier cursor',
  (name) => {
    const seen = damagedCopy(dead, (path) => rmSync(path(`${name}-wal`)), reopen);
    expect(seen.ids).toEqual(acknowledged);
    if (seen.rebuilt) expect(seen.rebuilt).toEqual({ recovered: 0, lost: 0 });
    else expect(seen.headers).toBe(seen.cursor);
  },
);

test('[R14] all files at once', () => {
  const seen = damagedCopy(closed, (path) => files.forEach((name) => truncateSync(path(name), 5_000)), reopen);
  whole(seen);
  expect(seen.rebuilt).toMatchObject({ lost: expect.any(Number) });
  expect(seen.headers).toBe(0);
});

test('[R14] twin: an outbox that is wiped with the cache is found', () => {
  const wipe = (path: (name: string) => string): void => {
    for (const name of files) rmSync(path(name));
  };
  /** Opens the file as if there had never been another, as a desk without marker and count would. */
  const naive = (home: DeskHome): Seen => {
    const db = new Database(join(home.databaseFolder, 'outbox.db'));
    migrate(db, outboxMigrations);
    const ids = db.prepare<[], string>('SELECT id FROM outbox').pluck().all();
    db.close();
    return { ids, headers: 0, cursor: 0, rebuilt: null };
  };
  expect(damagedCopy(closed, wipe, (home) => unsaidLoss(acknowledged, naive(home)))).toBe(ROWS);
  expect(damagedCopy(closed, wipe, (home) => unsaidLoss(acknowledged, reopen(home)))).toBe(0);
});

test('[R14] twin: without the generation marker nobody notices a branch of zero bytes', () => {
  const empty = (path: (name: string) => string): void => truncateSync(path(branchFile), 0);
  const withoutMarker = (home: DeskHome): Seen => {
    rmSync(home.markerPath);
    expect(readGenerationMarker(home.markerPath).cache).toBeNull();
    return reopen(home);
  };
  expect(damagedCopy(closed, empty, withoutMarker)).toMatchObject({ headers: 0, rebuilt: null });
  expect(damagedCopy(closed, empty, reopen)).toMatchObject({ headers: 0, rebuilt: { lost: 0 } });
});
