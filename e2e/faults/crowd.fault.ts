import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { lineTimings } from '../../src/main/sync/line-timings.ts';
import { insist, issueTicket, openAgentClient, type AgentClient, type LooseBody } from './support/agent-client.ts';
import { heldAtServer, waitingAtServer } from './support/branch-view.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultOffice, type FaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { openLightDesk, type LightDesk } from './support/light-desk.ts';
import { openBranches, seatDesks } from './support/seat-desks.ts';
import { checkAttentions, storedHolds, storedNotes } from './support/stored.ts';

/** Desks that connect for the first time together; what they do after a restart is theirs. */
const AT_ONCE = 50;
const TENTHS = 10;
/** Three agents together stay below the 600 tickets that one kiosk may issue in a minute. */
const CUSTOMER_EVERY_MS = 350;

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

interface Crowd {
  /** Slug of a branch. */
  branch: string;
  desks: LightDesk[];
}

/** So many desks in each of so many branches; the first is the one in which something happens. */
async function openCrowds(
  { servers, store }: FaultOffice,
  { branches, desks: count }: { branches: number; desks: number },
  random: () => number,
): Promise<Crowd[]> {
  const crowds: Crowd[] = [];
  closes.push(() => Promise.all(crowds.flatMap(({ desks }) => desks.map(({ stop }) => stop()))));
  for (const branch of ['centro', ...(await openBranches(store, 'centro', branches - 1))]) {
    const keys = await seatDesks(store, branch, count);
    const crowd: Crowd = { branch, desks: [] };
    crowds.push(crowd);
    for (let from = 0; from < count; from += AT_ONCE) {
      const some = keys.slice(from, from + AT_ONCE).map((key) => openLightDesk(new URL(servers[0]!.url), key, random));
      crowd.desks.push(...some);
      await Promise.all(some.map(({ ups }) => ups(1)));
    }
  }
  return crowds;
}

/** Whether those who lost a server together come back together: one line for each tenth of the time that is theirs, and too full. */
function checkHerd(waits: readonly number[], withinMs: number): string[] {
  const tenths = Array.from({ length: TENTHS }, () => 0);
  for (const wait of waits) {
    const tenth = Math.min(TENTHS - 1, Math.max(0, Math.floor((wait / withinMs) * TENTHS)));
    tenths[tenth] = tenths[tenth]! + 1;
  }
  // Three times its share: by chance one in millions with a hundred desks.
  return tenths.flatMap((count, tenth) =>
    count > (3 * waits.length) / TENTHS ? [`herd: ${count} of ${waits.length} come back in tenth ${tenth + 1}`] : [],
  );
}

test('[R8] the server restarts under load before hundreds of desks: each is served again, not all at once, and has every change once', async () => {
  const chance = chanceOfTest();
  const office = await openFaultOffice({ agents: 3, servers: 1 });
  closes.push(office.close);
  const server = office.servers[0]!;
  const agents = await Promise.all([1, 2, 3].map((number) => openAgentClient(server.url, number)));
  const size = { branches: amount(1, 5), desks: 100 };
  const crowds = await openCrowds(office, size, () => chance.below(1_000_000) / 1_000_000);
  const desks = crowds.flatMap((crowd) => crowd.desks);

  let isOver = false;
  const history = openHistory();
  const customers = new EventEmitter();
  const say = async (agent: AgentClient, op: string, body: LooseBody & { ticketId: string }): Promise<void> => {
    const id = uuidv7();
    const event = { client: agent.name, op, ticketId: body.ticketId };
    history.record({ type: 'invoke', ...event });
    const { status } = await insist([server], (at) => agent.deliver(at, id, body));
    history.record({ type: status === 'refused' ? 'fail' : 'ok', ...event });
  };
  /** Serves customers as they come, each with a note, until it is over. */
  const serve = async (agent: AgentClient): Promise<void> => {
    for (let turn = 0; !isOver; turn += 1) {
      const next = pause(CUSTOMER_EVERY_MS);
      const key = uuidv7();
      const { id: ticketId } = await insist([server], (at) => issueTicket(at, key));
      const quoted = { ticketId, attentionId: uuidv7(), epoch: 1 };
      const ids = { call: uuidv7(), begin: uuidv7(), finish: uuidv7() };
      const { attentionId } = quoted;
      await insist([server], (at) => agent.deliver(at, ids.call, { type: 'ticket.call', ticketId, attentionId }));
      const text = `note ${agent.name} ${turn}`;
      await say(agent, text, { type: 'note.add', ticketId, text });
      customers.emit('one');
      await insist([server], (at) => agent.deliver(at, ids.begin, { type: 'attention.begin', ...quoted }));
      await insist([server], (at) => agent.deliver(at, ids.finish, { type: 'attention.finish', ...quoted }));
      await next;
    }
  };
  const load = Promise.all(agents.map(serve));
  // Ten long runs make thirty.
  const restarts = amount(2, 3);
  for (let restart = 1; restart <= restarts; restart += 1) {
    for (let served = 0; served < 3; served += 1) await Promise.race([load, once(customers, 'one')]);
    await server.kill(restart % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
    await server.start();
    const since = performance.now();
    await Promise.all(desks.map(({ ups }) => ups(1 + restart)));
    const seconds = ((performance.now() - since) / 1_000).toFixed(1);
    process.stdout.write(`${desks.length} desks are back ${seconds} s after restart ${restart}\n`);
  }
  isOver = true;
  await load;

  const atServer = [...(await waitingAtServer(office.store)), ...(await heldAtServer(office.store))].toSorted();
  for (const crowd of crowds) {
    const { rows } = await sql<{ seq: number }>`
      SELECT stream.seq FROM stream JOIN branch ON stream.name = 'branch:' || branch.id
      WHERE branch.slug = ${crowd.branch}`.execute(office.store.db);
    await Promise.all(crowd.desks.map(({ reaches }) => reaches(Number(rows[0]?.seq))));
    for (const desk of crowd.desks) expect(desk.open()).toEqual(crowd.branch === 'centro' ? atServer : []);
  }
  expect(desks.flatMap(({ problems }) => problems)).toEqual([]);
  const waits = desks.flatMap(({ firstWaits }) => firstWaits);
  expect(waits.length).toBeGreaterThanOrEqual(desks.length * restarts);
  expect(checkHerd(waits, lineTimings.backoff.base)).toEqual([]);
  const effects = await storedNotes(office.store);
  const holds = await storedHolds(office.store);
  expect(checkHistory(history.events, { effects, holds, refused: [], shown: [] })).toEqual([]);
  expect(await checkAttentions(office.store)).toEqual([]);
});

test('[R8] twin: desks that all wait for the same time come back as a herd, and the checker says so', async () => {
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const server = office.servers[0]!;
  const [crowd] = await openCrowds(office, { branches: 1, desks: 30 }, () => 0.5);
  const { desks } = crowd!;
  await server.kill();
  await server.start();
  await Promise.all(desks.map(({ ups }) => ups(2)));
  const waits = desks.flatMap(({ firstWaits }) => firstWaits);
  expect(checkHerd(waits, lineTimings.backoff.base)).toEqual([expect.stringMatching(/^herd: /)]);
});
