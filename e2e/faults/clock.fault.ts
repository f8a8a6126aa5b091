import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestWindow, type TestWindow } from '../../src/main/testing/test-window.ts';
import type { TicketId } from '../../src/protocol/ids.ts';
import { freePort } from '../support/free-port.ts';
import { startProcess, type Running } from '../support/start-process.ts';
import { issueTicket } from './support/agent-client.ts';
import { checkHistory, type Stored } from './support/check-history.ts';
import { openFaultOffice, PASSWORD, type FaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { canFakeTime, otherClock, type OtherClock } from './support/other-clock.ts';
import { storedNotes } from './support/stored.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

let office: FaultOffice;
const closes: (() => unknown)[] = [];
beforeEach(async () => {
  office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
});
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

interface Desk {
  window: TestWindow;
  running: Running<unknown>;
}

async function startDesk(serverUrl: string, clock: OtherClock): Promise<Desk> {
  const running = await startProcess<{ desks: string[] }>('out/main/browser-desk.cjs', {
    VENTANILLA_DATA: join(office.folder, 'desk'),
    VENTANILLA_SERVER: serverUrl,
    ...clock.environment,
  });
  closes.push(() => running.stop());
  const window = await openTestWindow(running.ready.desks[0] ?? '');
  window.socket.on('error', () => undefined);
  await window.until('session.changed', ({ state }) => state === 'signedOut');
  return { window, running };
}

async function signIn({ window }: Desk): Promise<void> {
  await window.call('session.signIn', { email: office.agents[0] ?? '', password: PASSWORD });
  const fact = await window.until('session.changed', ({ state }) => state === 'choosingSeat' || state === 'working');
  if (fact.state === 'choosingSeat') {
    const { branchId, modules } = fact.seats[0]!;
    await window.call('session.takeSeat', { branchId, moduleId: modules[0]!.id });
  }
  await window.until('session.changed', ({ state }) => state === 'working');
}

const isEmpty = ({ pending }: { pending: unknown[] }): boolean => pending.length === 0;
const isUp = ({ state }: { state: string }): boolean => state === 'up';
const note = ({ window }: Desk, ticketId: TicketId, text: string) =>
  window.call('act', { type: 'note.add', ticketId, text });
const comeUp = async ({ window }: Desk): Promise<void> => {
  await window.call('line.retryNow', {});
  await window.until('line.changed', isUp);
  await window.until('outbox.changed', isEmpty);
};

/** Signs in, and attends a customer by hand. */
async function attend(desk: Desk, serverUrl: string): Promise<TicketId> {
  const { window } = desk;
  await signIn(desk);
  await window.until('line.changed', isUp);
  await window.call('act', { type: 'status.setManual', isManual: true });
  await window.until('status.changed', ({ status }) => status.isManual);
  await window.until('outbox.changed', isEmpty);
  const { id: ticketId } = await issueTicket(serverUrl);
  await window.until('waiting.changed', ({ next }) => next?.header.id === ticketId);
  await window.call('act', { type: 'ticket.call', ticketId });
  await window.until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  await window.call('act', { type: 'attention.begin', ticketId });
  await window.until('current.changed', ({ ticket }) => ticket?.header.state === 'attending');
  return ticketId;
}

interface StoredNote {
  text: string;
  at: number;
  isSuspect: boolean;
}

async function notes(): Promise<StoredNote[]> {
  const { rows } = await sql<{ text: string; occurred_at: string | number | Date; is_suspect: boolean }>`
    SELECT fact ->> 'text' AS text, occurred_at, is_suspect FROM event WHERE fact ->> 'type' = 'note.added'
    ORDER BY position`.execute(office.store.db);
  return rows.map(({ text, occurred_at: at, is_suspect: isSuspect }) => ({ text, at: Number(at), isSuspect }));
}

/** What is wrong with the hours of notes that were written between two instants, in their order; none when all is right. */
function wrongHours(stored: StoredNote[], from: number, to: number): string[] {
  return stored.flatMap(({ text, at, isSuspect }, index) => [
    ...(at < from || at > to ? [`${text}: ${at} is not between ${from} and ${to}`] : []),
    ...(at < (stored[index - 1]?.at ?? 0) ? [`${text} is before the one before it`] : []),
    ...(isSuspect ? [`${text} is suspect`] : []),
  ]);
}

describe.skipIf(!canFakeTime)('with a clock of our own (skipped where libfaketime is not to be had)', () => {
  test.each([
    ['a day behind', -DAY],
    ['180 days ahead', 180 * DAY],
    ['180 days behind', -180 * DAY],
  ])(
    '[R6] a desk whose clock is %s, and then jumps an hour back: hours and order are right, with the line and without',
    async (_, seconds) => {
      const server = office.servers[0]!;
      const clock = otherClock(join(office.folder, 'clock'), seconds);
      const desk = await startDesk(server.url, clock);
      const ticketId = await attend(desk, server.url);
      // What the server says of its time is on the way for a while, on a busy machine for long.
      const from = Date.now() - 1_000;
      await note(desk, ticketId, 'con línea');
      await desk.window.until('outbox.changed', isEmpty);
      await server.kill();
      await desk.window.until('line.changed', ({ state }) => state !== 'up');
      await note(desk, ticketId, 'sin línea');
      clock.set(seconds - HOUR);
      await note(desk, ticketId, 'una hora antes');
      clock.set(seconds + 180 * DAY);
      await note(desk, ticketId, 'medio año después');
      // Nothing expires by the clock of the machine: the agent is still there, and so is the customer.
      expect(desk.window.latest('session.changed')?.state).toBe('working');
      expect(desk.window.latest('current.changed')?.ticket?.header.state).toBe('attending');
      await server.start();
      await comeUp(desk);
      const stored = await notes();
      expect(stored.map(({ text }) => text)).toEqual(['con línea', 'sin línea', 'una hora antes', 'medio año después']);
      expect(wrongHours(stored, from, Date.now())).toEqual([]);
      // The hours of a desk that asks its own clock would be found.
      const naive = stored.map((each) => ({ ...each, at: each.at + seconds * 1_000 }));
      expect(wrongHours(naive, from, Date.now())).not.toEqual([]);
    },
  );

  test.each([
    ['an hour ahead', HOUR],
    ['an hour behind', -HOUR],
  ])(
    '[R6] a desk whose clock was set %s while it was off: what it wrote without the line is there, in order, and marked',
    async (_, seconds) => {
      const server = office.servers[0]!;
      const clock = otherClock(join(office.folder, 'clock'), 0);
      const first = await startDesk(server.url, clock);
      const ticketId = await attend(first, server.url);
      await note(first, ticketId, 'antes');
      await first.window.until('outbox.changed', isEmpty);
      await server.kill();
      await first.running.stop('SIGKILL');
      clock.set(seconds);
      const desk = await startDesk(server.url, clock);
      await signIn(desk);
      await note(desk, ticketId, 'después');
      await server.start();
      await comeUp(desk);
      const stored = await notes();
      expect(stored).toMatchObject([
        { text: 'antes', isSuspect: false },
        { text: 'después', isSuspect: true },
      ]);
      expect(stored[1]!.at).toBeGreaterThanOrEqual(stored[0]!.at);
      expect(stored[1]!.at).toBeLessThanOrEqual(Date.now());
    },
  );

  test('[R6] a server whose clock goes an hour back in the middle of an attention: order stays, nothing ends, nothing is lost', async () => {
    const clock = otherClock(join(office.folder, 'server-clock'), 0);
    const running = await startProcess('out/server/server.js', {
      VENTANILLA_DATA: join(office.folder, 'other-server'),
      VENTANILLA_PORT: String(await freePort()),
      VENTANILLA_DATABASE_URL: office.databaseUrl,
      ...clock.environment,
    });
    closes.push(() => running.stop());
    const { server: url } = running.ready as { server: string };
    await office.servers[0]!.kill('SIGTERM');
    const desk = await startDesk(url, otherClock(join(office.folder, 'clock'), 0));
    const ticketId = await attend(desk, url);
    const history = openHistory();
    const say = async (text: string): Promise<void> => {
      const event = { client: 'desk', op: text, ticketId };
      history.record({ type: 'invoke', ...event });
      await note(desk, ticketId, text);
      await desk.window.until('outbox.changed', isEmpty);
      history.record({ type: 'ok', ...event });
    };
    // A follower that asks for what came after the last hour it has seen, as one without a sequence would.
    const naive: Stored['effects'] = [];
    let seenUntil = new Date(0);
    const follow = async (): Promise<void> => {
      const { rows } = await sql<{ op: string; position: number; at: Date }>`
        SELECT fact ->> 'text' AS op, position, received_at AS at FROM event
        WHERE fact ->> 'type' = 'note.added' AND received_at > ${seenUntil} ORDER BY received_at`.execute(
        office.store.db,
      );
      naive.push(...rows.map(({ op, position }) => ({ op, ticketId, position })));
      seenUntil = rows.at(-1)?.at ?? seenUntil;
    };
    await say('uno');
    await follow();
    clock.set(-HOUR);
    await say('dos');
    await say('tres');
    await follow();
    expect(desk.window.latest('current.changed')?.ticket?.header.state).toBe('attending');
    await desk.window.call('act', { type: 'attention.finish', ticketId });
    await desk.window.until('outbox.changed', isEmpty);
    expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
    expect((await notes()).map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
    const stored = { effects: await storedNotes(office.store), holds: [], refused: [], shown: [] };
    expect(checkHistory(history.events, stored)).toEqual([]);
    // Twin: the naive follower misses what the server wrote after its clock was set back, and the checker says so.
    expect(checkHistory(history.events, { ...stored, effects: naive })).toEqual([
      'lost: dos of desk was acknowledged',
      'lost: tres of desk was acknowledged',
    ]);
  });

  /**
   * A desk writes three notes without the line and is off for 180 days; then its agent signs in anew.
   * @param meanwhile what becomes of its folder
   */
  async function comeBackAfterHalfAYear(meanwhile: (folder: string) => void) {
    const server = office.servers[0]!;
    const clock = otherClock(join(office.folder, 'clock'), 0);
    const before = await startDesk(server.url, clock);
    const ticketId = await attend(before, server.url);
    await server.kill();
    await before.window.until('line.changed', ({ state }) => state !== 'up');
    const history = openHistory();
    for (const text of ['uno', 'dos', 'tres']) {
      const event = { client: 'desk', op: text, ticketId };
      history.record({ type: 'invoke', ...event });
      await note(before, ticketId, text);
      history.record({ type: 'ok', ...event });
    }
    await before.running.stop('SIGKILL');
    meanwhile(join(office.folder, 'desk', 'desk-1', 'database'));

    clock.set(180 * DAY);
    const alone = await startDesk(server.url, clock);
    // Nobody comes in with a session that is over, and nothing of it is thrown away.
    await expect(signIn(alone)).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
    await alone.running.stop();
    expect(await notes()).toEqual([]);

    const later = await startProcess('out/server/server.js', {
      VENTANILLA_DATA: join(office.folder, 'later-server'),
      VENTANILLA_PORT: new URL(server.url).port,
      VENTANILLA_DATABASE_URL: office.databaseUrl,
      ...clock.environment,
    });
    closes.push(() => later.stop());
    const desk = await startDesk(server.url, clock);
    await signIn(desk);
    await desk.window.until('line.changed', isUp);
    await desk.window.until('outbox.changed', isEmpty);
    const stored = { effects: await storedNotes(office.store), holds: [], refused: [], shown: [] };
    return { desk, ticketId, effects: stored.effects, found: checkHistory(history.events, stored) };
  }

  test('[R16] a desk that was off for 180 days: its agent signs in anew, what waited is delivered once, and the line is there again', async () => {
    const { desk, ticketId, effects, found } = await comeBackAfterHalfAYear(() => undefined);
    expect(found).toEqual([]);
    expect(effects.map(({ op }) => op)).toEqual(['uno', 'dos', 'tres']);
    expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
    const { id } = await issueTicket(office.servers[0]!.url);
    await desk.window.until('waiting.changed', ({ count }) => count > 0);
    expect(id).not.toBe(ticketId);
  });

  test('[R16] twin: a desk that purges what waits with the cache of those who were long away has lost it, and the checker says so', async () => {
    const { found } = await comeBackAfterHalfAYear((folder) => {
      const outbox = new Database(join(folder, 'outbox.db'));
      outbox.exec('DELETE FROM outbox');
      outbox.close();
    });
    expect(found).toEqual(['uno', 'dos', 'tres'].map((text) => `lost: ${text} of desk was acknowledged`));
  });
});
