import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { startHints } from '../changes/hint.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { deliver, headerOf, issue } from '../testing/deliver.ts';
import { newAgent, newOffice, type TestAgent } from '../testing/office-factory.ts';
import { changeOf, changesOf, NINE, openServer } from '../testing/open-server.ts';

const TICKETS = 24;
const SEED = 20260304;

/** Mulberry32: the same seed makes the same choices. */
function chance(seed: number): (until: number) => number {
  let state = seed;
  return (until) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % until;
  };
}

const olga = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga' };

test('[R1] everybody does everything at once at two servers: no lock waits in a circle, nobody holds two, no ticket is held by two', async () => {
  const one = await openServer({ dispatches: true });
  const two = await openServer({ beside: one, dispatches: true });
  const hints = [one, two].map(({ database, context: { hub, log } }) =>
    startHints({ url: database.url, hub, log, processId: uuidv7() }),
  );
  const startedAt = performance.now();
  // Slow, so that no clock of a call runs out on a busy machine.
  Object.defineProperty(one.clock, 'now', { get: () => NINE + Math.floor((performance.now() - startedAt) / 10) });
  const contexts = [one.context, two.context];
  const office = await newOffice(one, { rules: { recallPauseSeconds: 0 } });
  const services = ['caja', 'reclamos', 'ventas'] as const;
  const agents: TestAgent[] = [];
  for (let index = 0; index < 3; index += 1) {
    agents.push(
      await newAgent(office, { main: [services[index]!], support: services.filter((_, at) => at !== index) }),
    );
  }
  const supervisor = await newAgent(office, { role: 'supervisor', main: [], isManual: true });
  const closed = new Set<string>();
  const end = Promise.withResolvers<void>();
  one.context.hub.subscribe(
    {
      stream: `branch:${office.branch.id}`,
      take: (changes) => {
        for (const { body } of changes) {
          if (body.type === 'ticket.put' && body.header.state === 'closed') closed.add(body.header.id);
        }
        if (closed.size === TICKETS) end.resolve();
      },
      fail: () => end.reject(new Error('the stream broke off')),
    },
    0,
  );

  /** Does with each customer what chance says, and everything that may be done beside it. */
  const serve = async (agent: TestAgent, choose: (until: number) => number): Promise<void> => {
    const seen = new Set<string>();
    while (closed.size < TICKETS) {
      const called = await Promise.race([
        end.promise,
        changeOf(one, `agent:${agent.id}`, 'content.put', ({ content }) => {
          const attention = content.events.findLast(({ fact }) => fact.type === 'ticket.called')?.id;
          return attention !== undefined && !seen.has(attention);
        }),
      ]);
      if (!called) return;
      for (const { id } of called.content.events) seen.add(id);
      const { ticketId, contact } = called.content;
      const header = await headerOf(office, ticketId);
      if (header.holder?.agentId !== agent.id) continue;
      const quoted = { ticketId, attentionId: header.holder.attentionId, epoch: header.holder.epoch };
      const say = (body: Parameters<typeof deliver>[1]) => deliver(agent, body, { context: contexts[choose(2)]! });
      await say({ type: 'attention.acknowledge', ...quoted });
      if (choose(6) === 0) {
        await say({ type: 'attention.noShow', ...quoted, then: header.requeues > 0 ? 'cancel' : 'requeue' });
        continue;
      }
      await Promise.all([
        say({ type: 'attention.recall', ...quoted }),
        say({ type: 'note.add', ticketId, text: 'nota' }),
        say({ type: 'topics.choose', ticketId, topicIds: [office.topics.caja] }),
        say({
          type: 'contact.link',
          ticketId,
          customer: { type: 'new', contactId: uuidv7(), contact: { firstName: 'X' } },
        }),
        contact &&
          say({
            type: 'contact.edit',
            ticketId,
            contactId: contact.id,
            changes: { firstName: { from: contact.firstName, to: `Olga ${choose(1000)}` } },
          }),
      ]);
      await say({ type: 'attention.begin', ...quoted });
      const serviceId = office.services[services[choose(3)]!];
      const isPassedOn = choose(4) === 0 && header.transferredFrom === null;
      await Promise.all([
        isPassedOn
          ? say({ type: 'attention.transfer', ...quoted, serviceId, comment: '' })
          : say({ type: 'attention.finish', ...quoted }),
        choose(4) === 0 &&
          deliver(
            supervisor,
            { type: 'ticket.free', ticketId, attentionId: quoted.attentionId, reason: 'x' },
            { context: contexts[choose(2)]! },
          ),
        say({ type: 'status.chooseNext', state: 'online' }),
      ]);
      await say({ type: 'attention.finish', ...quoted });
    }
  };
  const arrive = async (choose: (until: number) => number): Promise<void> => {
    for (let index = 0; index < TICKETS / 2; index += 1) {
      const contact = choose(2) === 0 ? { contact: olga } : {};
      await issue(office, { service: services[choose(3)]!, ...contact }, { context: contexts[choose(2)]! });
    }
  };
  await Promise.all([
    ...agents.map((agent, index) => serve(agent, chance(SEED + index))),
    arrive(chance(SEED + 10)),
    arrive(chance(SEED + 11)),
    end.promise,
  ]);
  await Promise.all(hints.map(({ stop }) => stop()));
  await two.close();

  const changes = await changesOf(one, `branch:${office.branch.id}`);
  await one.close();
  expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1));
  const last = new Map<string, TicketHeader>();
  for (const { body } of changes) {
    if (body.type !== 'ticket.put') continue;
    const { header } = body;
    const before = last.get(header.id);
    const wasHeld = before?.holder ?? null;
    if (header.holder && !wasHeld) expect(header.epoch).toBe((before?.epoch ?? 0) + 1);
    if (header.holder && wasHeld) expect(header.holder).toEqual(wasHeld);
    last.set(header.id, header);
    const holders = [...last.values()].map(({ holder }) => holder?.agentId).filter((id) => id !== undefined);
    expect(new Set(holders).size).toBe(holders.length);
  }
  expect([...last.values()].every(({ state }) => state === 'closed')).toBe(true);
}, 60_000);
