import Database from 'better-sqlite3';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NewerFileError } from '../../cache-file/migrate.ts';
import { branch, fakeOffice, fakeTicket } from '../testing/fake-office.ts';
import { createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore, otherKey, outboxEntry } from '../testing/test-store.ts';

let home: DeskHome;
beforeEach(() => {
  home = createDeskHome();
});
afterEach(() => home.remove());

const branchFile = `branch-${branch}.db`;
const path = (name: string): string => join(home.databaseFolder, name);
const ticketFrame = (count: number): string =>
  JSON.stringify({
    type: 'changes',
    stream: `branch:${branch}`,
    changes: Array.from({ length: count }, (_, index) => ({
      seq: index + 1,
      body: { type: 'ticket.put', header: fakeTicket(index + 1, 1_000) },
    })),
  });

/** A desk that worked: rows in the cache, `entries` rows in the outbox. */
function leaveFilesBehind(entries: number): void {
  const { store, close } = openTestStore(home);
  store['stream.apply'](ticketFrame(50));
  for (let index = 0; index < entries; index += 1) store['outbox.add'](outboxEntry({ text: `Nota ${index}` }));
  close();
}

function overwrite(name: string, from: number, length: number): void {
  const file = openSync(path(name), 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, from);
  closeSync(file);
}

const headersIn = (cache: Database.Database): unknown => cache.prepare('SELECT count(*) FROM headers').pluck().get();

test('a desk that starts again finds its rows and has nothing to report', () => {
  leaveFilesBehind(2);
  const { store, cache, report, close } = openTestStore(home);
  expect(report).toEqual({ rebuilt: null, hasSafeStore: true });
  expect(headersIn(cache)).toBe(50);
  expect(store['outbox.unanswered'](10)).toHaveLength(2);
  close();
});

const damages: [string, (name: string) => void][] = [
  ['whose header is overwritten', (name) => overwrite(name, 0, 100)],
  ['with pages overwritten', (name) => overwrite(name, 4096, 3 * 4096)],
  ['cut in the middle', (name) => truncateSync(path(name), 5_000)],
  ['of zero bytes', (name) => truncateSync(path(name), 0)],
  ['that is gone', (name) => rmSync(path(name))],
];

test.each(damages)('[R14] a cache %s is rebuilt and said to be, and outbox and branch stay', (_, damage) => {
  leaveFilesBehind(3);
  damage('cache.db');
  const { store, cache, report, close } = openTestStore(home);
  expect(report.rebuilt).not.toBeNull();
  expect(headersIn(cache)).toBe(50);
  expect(store['stream.cursors']()).toEqual({ [`branch:${branch}`]: 50 });
  expect(store['outbox.unanswered'](10)).toHaveLength(3);
  close();
  const again = openTestStore(home);
  expect(again.report.rebuilt).toBeNull();
  again.close();
});

test.each(damages)('[R14] the data of a branch %s are rebuilt and said to be, and the outbox stays', (_, damage) => {
  leaveFilesBehind(3);
  damage(branchFile);
  const { store, cache, report, close } = openTestStore(home);
  expect(report.rebuilt).not.toBeNull();
  expect(headersIn(cache)).toBe(0);
  expect(store['stream.cursors']()).toEqual({});
  expect(store['outbox.unanswered'](10)).toHaveLength(3);
  close();
  const again = openTestStore(home);
  expect(again.report.rebuilt).toBeNull();
  again.close();
});

test.each(['cache.db', branchFile])('[R14] a damaged %s is moved aside, not deleted', (file) => {
  leaveFilesBehind(0);
  overwrite(file, 0, 100);
  const damaged = readFileSync(path(file));
  openTestStore(home).close();
  const aside = readdirSync(home.databaseFolder).find((name) => name.startsWith(`${file}.quarantined-`));
  expect(readFileSync(path(aside ?? '')).equals(damaged)).toBe(true);
});

test('[R14] the rows of a damaged outbox that can still be read are carried over and counted', () => {
  leaveFilesBehind(120);
  const pages = Math.floor(statSync(path('outbox.db')).size / 4096);
  overwrite('outbox.db', Math.floor(pages * 0.75) * 4096, 4096);
  const { store, report, close } = openTestStore(home);
  const kept = store['outbox.unanswered'](250);
  expect(report.rebuilt?.recovered).toBe(kept.length);
  expect(kept.length).toBeGreaterThan(60);
  expect(kept.length + (report.rebuilt?.lost ?? 0)).toBe(120);
  close();
});

test('[R14] an outbox of zero bytes is not taken for a new one', () => {
  leaveFilesBehind(1);
  truncateSync(path('outbox.db'), 0);
  rmSync(path('outbox.db-wal'), { force: true });
  const { report, close } = openTestStore(home);
  expect(report.rebuilt).not.toBeNull();
  close();
});

test.each(['cache.db', 'outbox.db', branchFile])(
  '[R15] a %s of a newer version is refused and left as it is',
  (name) => {
    leaveFilesBehind(1);
    const db = new Database(path(name));
    db.pragma('user_version = 99');
    db.pragma('journal_mode = DELETE');
    db.close();
    const before = readFileSync(path(name));
    expect(() => openTestStore(home)).toThrow(NewerFileError);
    expect(readdirSync(home.databaseFolder).some((file) => file.includes('quarantined'))).toBe(false);
    const after = new Database(path(name));
    expect(after.pragma('user_version', { simple: true })).toBe(99);
    after.close();
    expect(before.length).toBeGreaterThan(0);
  },
);

test('a second process in the same folder is refused', () => {
  const first = openTestStore(home);
  expect(() => openTestStore(home)).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
  first.close();
});

test('[T10] with another key the old outbox is set aside whole and its rows are reported lost', () => {
  leaveFilesBehind(4);
  home.key = otherKey();
  const { store, report, close } = openTestStore(home);
  expect(report.rebuilt).toEqual({ recovered: 0, lost: 4 });
  expect(store['outbox.unanswered'](10)).toEqual([]);
  expect(readdirSync(home.databaseFolder).some((name) => name.startsWith('outbox.db.quarantined-'))).toBe(true);
  close();
});

test('[T10] without a key nothing of a ticket reaches the disk, and the sealed outbox is left alone', () => {
  leaveFilesBehind(2);
  const outboxBefore = readFileSync(path('outbox.db'));
  const key = home.key;
  home.key = null;
  const { store, cache, report, close } = openTestStore(home);
  expect(report.hasSafeStore).toBe(false);
  store['viewer.set']({ agentId: fakeOffice().agents[0]!.id, branchId: branch });
  const stream = `agent:${fakeOffice().agents[0]!.id}`;
  const content = { ticketId: fakeTicket(1, 1).id, contact: null, topicIds: [], events: [] };
  store['stream.apply'](
    JSON.stringify({ type: 'changes', stream, changes: [{ seq: 1, body: { type: 'content.put', content } }] }),
  );
  expect(store['desk.ticket'](content.ticketId)?.timeline).toEqual([]);
  expect(cache.prepare('SELECT count(*) FROM main.contents').pluck().get()).toBe(0);
  close();
  expect(readFileSync(path('outbox.db')).equals(outboxBefore)).toBe(true);

  home.key = key;
  const later = openTestStore(home);
  expect(later.store['outbox.unanswered'](10)).toHaveLength(2);
  expect(later.store['stream.cursors']()).not.toHaveProperty(stream);
  later.close();
});

test('a marker that cannot be read condemns no file', () => {
  leaveFilesBehind(1);
  writeFileSync(home.markerPath, '{"cache":');
  const { report, close } = openTestStore(home);
  expect(report.rebuilt).toBeNull();
  close();
});
