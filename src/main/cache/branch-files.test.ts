import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChangeBody } from '../../protocol/change.ts';
import type { BranchId } from '../../protocol/ids.ts';
import { branchFileOf } from '../testing/fake-images.ts';
import { ana, branch, fakeTicket, idOf } from '../testing/fake-office.ts';
import { crashImageOf, createDeskHome, type DeskHome } from '../testing/test-desk.ts';
import { openTestStore } from '../testing/test-store.ts';
import { openBranchFiles } from './branch-files.ts';
import { readGenerationMarker } from './generation-marker.ts';

let home: DeskHome;
let homes: DeskHome[];
let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  home = createDeskHome();
  homes = [home];
  opened = openTestStore(home);
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
});
afterEach(() => {
  vi.restoreAllMocks();
  opened.close();
  for (const each of homes) each.remove();
});

const stream = `branch:${branch}`;
const put = (number: number): ChangeBody => ({
  type: 'ticket.put',
  header: fakeTicket(number, 1_000, { displayName: `Ñandú ${number}` }),
});
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const apply = (from: number, to: number, name = stream) =>
  opened.store['stream.apply'](
    JSON.stringify({ type: 'changes', stream: name, changes: range(from, to).map((seq) => ({ seq, body: put(seq) })) }),
  );
/** An image of tickets 21 to 60, at 99. */
async function imageFile(name = stream): Promise<string> {
  const path = join(home.databaseFolder, `branch-${branch}.image-1.ready`);
  writeFileSync(path, await branchFileOf(name, 99, range(21, 60).map(put)));
  return path;
}
/** What a desk finds that opens this folder: the old cache, the new one, or neither. */
function found(at: DeskHome): string {
  const store = openTestStore(at);
  try {
    const numbers = store.cache.prepare('SELECT number FROM headers ORDER BY number').pluck().all();
    const hits = store.store['desk.search']('nandu', 1_000).map(({ number }) => number);
    const verdict = store.cache.pragma('branch.integrity_check(1)', { simple: true });
    const state = JSON.stringify([
      store.report.rebuilt,
      store.store['stream.cursors']()[stream],
      numbers,
      hits,
      verdict,
    ]);
    const expected = (cursor: number, from: number, to: number): string =>
      JSON.stringify([null, cursor, range(from, to), range(from, to).toReversed(), 'ok']);
    if (state === expected(20, 1, 20)) return 'old';
    return state === expected(99, 21, 60) ? 'new' : state;
  } finally {
    store.close();
  }
}
/** The folder as it is before and after each call into SQLite that `work` makes. */
function foldersDuring(work: () => void): DeskHome[] {
  const folders: DeskHome[] = [];
  const stop = (): void => void folders.push(crashImageOf(home));
  for (const method of ['exec', 'pragma', 'prepare', 'close'] as const) {
    const original = Database.prototype[method] as (...input: unknown[]) => unknown;
    vi.spyOn(Database.prototype, method).mockImplementation(function (this: Database.Database, ...input: unknown[]) {
      stop();
      const output = original.apply(this, input);
      stop();
      return output as never;
    });
  }
  work();
  vi.restoreAllMocks();
  homes.push(...folders);
  return folders;
}

test('[R14] killed at any point of the change to an image, the desk finds the old cache or the new one', async () => {
  apply(1, 20);
  const path = await imageFile();
  const folders = foldersDuring(() => opened.store['branch.install'](branch, path));
  const states = folders.map(found);
  const swapped = states.indexOf('new');
  expect(swapped).toBeGreaterThan(5);
  expect(states.length - swapped).toBeGreaterThan(2);
  expect(states).toEqual(states.map((_, index) => (index < swapped ? 'old' : 'new')));
  expect(existsSync(path)).toBe(false);
});

test('[R14] twin: an image put beside the journal of the file before it is neither, and is found out', async () => {
  apply(1, 20);
  renameSync(await imageFile(), join(home.databaseFolder, `branch-${branch}.db`));
  const after = crashImageOf(home);
  homes.push(after);
  expect(['old', 'new']).not.toContain(found(after));
});

test('[R14] an image that cannot be used leaves everything as it was, in use', async () => {
  apply(1, 20);
  const content = { ticketId: fakeTicket(3, 1).id, contact: null, topicIds: [], events: [] };
  const own = {
    type: 'changes',
    stream: `agent:${ana}`,
    changes: [{ seq: 1, body: { type: 'content.put', content } }],
  };
  opened.store['stream.apply'](JSON.stringify(own));
  const foreign = await imageFile(`branch:${idOf<BranchId>('b', 2)}`);
  expect(() => opened.store['branch.install'](branch, foreign)).toThrow('another branch');
  expect(() => opened.store['branch.install'](branch, join(home.databaseFolder, 'nothing'))).toThrow('unable to open');
  expect(opened.store['desk.ticket'](content.ticketId)?.timeline).toEqual([]);
  apply(21, 21);
  expect(opened.store['desk.search']('nandu', 2).map(({ number }) => number)).toEqual([21, 20]);
});

/** The next call of this method whose first argument begins so fails, as with a disk that does not answer. */
function failOnce(method: 'exec' | 'pragma' | 'prepare', beginning: string): void {
  const original = Database.prototype[method] as (...input: unknown[]) => unknown;
  let isDue = true;
  vi.spyOn(Database.prototype, method).mockImplementation(function (this: Database.Database, ...input: unknown[]) {
    if (isDue && String(input[0]).startsWith(beginning)) {
      isDue = false;
      throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR');
    }
    return original.apply(this, input) as never;
  });
}
const rows = (): unknown[] => opened.cache.prepare('SELECT number FROM headers ORDER BY number').pluck().all();
const elsewhere = idOf<BranchId>('b', 2);

test('[R14] a file that cannot be let go for an image stays in use', async () => {
  apply(1, 20);
  const path = await imageFile();
  failOnce('exec', 'DETACH');
  expect(() => opened.store['branch.install'](branch, path)).toThrow('disk I/O error');
  expect(rows()).toEqual(range(1, 20));
  apply(21, 21);
  opened.store['branch.install'](branch, path);
  expect(opened.store['stream.cursors']()).toEqual({ [stream]: 99 });
});

test.each([
  ['prepare', 'ATTACH ? AS'],
  ['pragma', 'branch.synchronous'],
] as const)(
  '[R14] an image that cannot be attached where it lies (%s): the desk goes on by rows',
  async (method, what) => {
    apply(1, 20);
    const path = await imageFile();
    failOnce(method, what);
    opened.store['branch.install'](branch, path);
    vi.restoreAllMocks();
    expect(opened.store['stream.cursors']()).toEqual({});
    expect(opened.store['desk.changes'](2_000).waiting?.count ?? 0).toBe(0);
    expect(apply(1, 3).status).toBe('applied');
    expect(rows()).toEqual([1, 2, 3]);
    expect(opened.store['desk.search']('nandu', 10)).toHaveLength(3);
    opened.store['viewer.set']({ agentId: ana, branchId: elsewhere });
    opened.store['viewer.set']({ agentId: ana, branchId: branch });
    expect(rows()).toEqual(range(21, 60));
  },
);

test('[R14] a branch whose file cannot be attached comes as rows, and the other one keeps what it has', () => {
  apply(1, 2);
  apply(1, 5, `branch:${elsewhere}`);
  failOnce('prepare', 'ATTACH ? AS');
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  expect(opened.store['stream.cursors']()).toEqual({});
  expect(apply(1, 1).status).toBe('applied');
  expect(rows()).toEqual([1]);
  opened.store['viewer.set']({ agentId: ana, branchId: elsewhere });
  expect(rows()).toEqual(range(1, 5));
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  expect(rows()).toEqual([1, 2]);
});

test('[R14] a file that cannot be attached while all are looked into does not keep the others from it', () => {
  apply(1, 2);
  apply(1, 5, `branch:${elsewhere}`);
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  failOnce('prepare', 'ATTACH ? AS');
  opened.store['cache.prune'](2_000);
  expect(rows()).toEqual([1, 2]);
  expect(apply(3, 3).status).toBe('applied');
});

test('[R14] a file that cannot be let go of stays: the branch of the screen is asked for again', () => {
  apply(1, 2);
  failOnce('exec', 'DETACH');
  expect(() => opened.store['viewer.set']({ agentId: ana, branchId: elsewhere })).toThrow('disk I/O error');
  expect(rows()).toEqual([1, 2]);
  opened.store['viewer.set']({ agentId: ana, branchId: elsewhere });
  expect(rows()).toEqual([]);
});

test('the contents of tickets that an image does not have leave with them, the others stay', async () => {
  apply(1, 30);
  const contents = [3, 25].map((number) => ({
    ticketId: fakeTicket(number, 1).id,
    contact: null,
    topicIds: [],
    events: [],
  }));
  const changes = contents.map((content, index) => ({ seq: index + 1, body: { type: 'content.put', content } }));
  opened.store['stream.apply'](JSON.stringify({ type: 'changes', stream: `agent:${ana}`, changes }));
  opened.store['branch.install'](branch, await imageFile());
  expect(opened.cache.prepare('SELECT ticket_id FROM contents').pluck().all()).toEqual([fakeTicket(25, 1).id]);
});

test('[R14] the content of a ticket that is newer than the image is asked for again, and only then', async () => {
  const content = (number: number, seq: number): void => {
    const body = {
      type: 'content.put',
      content: { ticketId: fakeTicket(number, 1).id, contact: null, topicIds: [], events: [] },
    };
    opened.store['stream.apply'](JSON.stringify({ type: 'changes', stream: `agent:${ana}`, changes: [{ seq, body }] }));
  };
  apply(21, 60);
  content(60, 1);
  opened.store['branch.install'](branch, await imageFile());
  expect(opened.store['stream.cursors']()).toEqual({ [stream]: 99, [`agent:${ana}`]: 1 });
  apply(100, 100);
  content(100, 2);
  opened.store['branch.install'](branch, await imageFile());
  expect(opened.store['stream.cursors']()).toEqual({ [stream]: 99 });
});

test('each branch keeps its own rows and cursor, and what a cut left of an image goes at the next start', async () => {
  apply(1, 2);
  const elsewhere = idOf<BranchId>('b', 2);
  apply(1, 5, `branch:${elsewhere}`);
  expect(opened.store['stream.cursors']()).toEqual({ [`branch:${elsewhere}`]: 5 });
  opened.store['viewer.set']({ agentId: ana, branchId: branch });
  expect(opened.store['stream.cursors']()).toEqual({ [stream]: 2 });
  await imageFile();
  opened.close();
  opened = openTestStore(home);
  expect(opened.report.rebuilt).toBeNull();
  opened.store['viewer.set']({ agentId: ana, branchId: elsewhere });
  expect(opened.store['stream.cursors']()).toEqual({ [`branch:${elsewhere}`]: 5 });
  expect(readdirSync(home.databaseFolder).filter((name) => name.includes('.image-'))).toEqual([]);
});

test('after fourteen days without the line every branch is emptied, its search too', () => {
  apply(1, 5);
  apply(1, 5, `branch:${idOf<BranchId>('b', 2)}`);
  opened.store['stream.caughtUp'](1_000);
  opened.store['cache.prune'](1_000 + 14 * 86_400_000 + 1);
  for (const branchId of [branch, idOf<BranchId>('b', 2)]) {
    opened.store['viewer.set']({ agentId: ana, branchId });
    expect(opened.store['stream.cursors']()).toEqual({});
    expect(opened.cache.prepare('SELECT count(*) FROM headers').pluck().get()).toBe(0);
    expect(opened.store['desk.search']('nandu', 10)).toEqual([]);
  }
});

test('the search finds names without accents, turns and last digits, the newest first, and follows every change', () => {
  const say = (seq: number, number: number, more: Parameters<typeof fakeTicket>[2]) =>
    opened.store['stream.apply'](
      JSON.stringify({
        type: 'changes',
        stream,
        changes: [{ seq, body: { type: 'ticket.put', header: fakeTicket(number, 1, more) } }],
      }),
    );
  const search = (text: string) => opened.store['desk.search'](text, 10).map(({ number }) => number);
  say(1, 7, { displayName: 'María José Ñáñez', turnCode: 'C-007', documentLast4: '4321' });
  say(2, 8, { displayName: "O'Higgins María", turnCode: 'C-008', documentLast4: '43K1' });
  expect([search('maria'), search('MARI'), search('nanez jo'), search('4321'), search('c-008')]).toEqual([
    [8, 7],
    [8, 7],
    [7],
    [7],
    [8],
  ]);
  expect([search(''), search('"* OR x'), search('maria luis')]).toEqual([[], [], []]);
  say(3, 7, { displayName: 'Otra Persona', turnCode: 'C-007', documentLast4: '4321', state: 'closed', closedAt: 1 });
  expect([search('maria'), search('otra'), search('4321')]).toEqual([[8], [7], [7]]);
  opened.store['cache.prune'](31 * 86_400_000);
  expect(search('otra')).toEqual([]);
  expect(opened.cache.pragma('branch.integrity_check', { simple: true })).toBe('ok');
});

/** As `openBranchFiles` at the start of a desk whose branch is too large to be read before the first list. */
function openLarge(): { cache: Database.Database; branches: ReturnType<typeof openBranchFiles> } {
  const cache = new Database(':memory:');
  const options = { cache, folder: home.databaseFolder, expected: readGenerationMarker(home.markerPath).branches };
  return { cache, branches: openBranchFiles({ ...options, largestReadFirst: 0 }) };
}

test('[R14] a large branch with a damaged page opens at once, and is moved aside and begun anew when it is read whole', () => {
  apply(1, 200);
  opened.close();
  const path = join(home.databaseFolder, `branch-${branch}.db`);
  const bytes = readFileSync(path);
  bytes.fill(0xa5, bytes.length - 4 * 4096, bytes.length - 4096);
  writeFileSync(path, bytes);
  const { cache, branches } = openLarge();
  expect(branches.isAnyRebuilt()).toBe(false);
  expect(branches.readRest()).toEqual([branch]);
  expect(cache.prepare('SELECT count(*) FROM headers').pluck().get()).toBe(0);
  expect(cache.prepare('SELECT count(*) FROM branch.cursors').pluck().get()).toBe(0);
  expect(branches.readRest()).toEqual([]);
  expect(readdirSync(home.databaseFolder).some((name) => name.includes('.db.quarantined-'))).toBe(true);
  cache.close();
  opened = openTestStore(home);
});

test('a large branch that is whole stays as it is when it is read', () => {
  apply(1, 20);
  opened.close();
  const { cache, branches } = openLarge();
  expect(branches.readRest()).toEqual([]);
  expect(cache.prepare('SELECT count(*) FROM headers').pluck().get()).toBe(20);
  cache.close();
  expect(found(home)).toBe('old');
  opened = openTestStore(home);
});
