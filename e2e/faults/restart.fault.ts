import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { insist, issueTicket, NoAnswer, openAgentClient, type AgentClient } from './support/agent-client.ts';
import { converged } from './support/branch-view.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { layChaosWire } from './support/chaos-wire.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultDesk, type FaultDesk } from './support/fault-desk.ts';
import { openFaultOffice } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { checkAttentions, storedHolds, storedNotes } from './support/stored.ts';

const DESKS = 2;

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

test('[R8] the server restarts again and again under load: desks come back, nothing is lost or doubled, one holder each', async () => {
  const chance = chanceOfTest();
  const count = amount(4, 12);
  const office = await openFaultOffice({ agents: count + DESKS, servers: 1 });
  closes.push(office.close);
  const server = office.servers[0]!;
  const history = openHistory();
  const agents = await Promise.all(
    Array.from({ length: count }, (_, index) => openAgentClient(server.url, DESKS + index + 1)),
  );
  const { id: notedId } = await issueTicket(server.url, 'noted');
  const desks: FaultDesk[] = [];
  for (let number = 1; number <= DESKS; number += 1) {
    const desk = await openFaultDesk({
      serverUrl: server.url,
      dataFolder: join(office.folder, `desk-${number}`),
      number,
    });
    closes.push(() => desk.kill('SIGTERM'));
    await desk.enter();
    await desk.lineUp();
    await desk.window().call('act', { type: 'status.setManual', isManual: true });
    await converged(desk, office);
    desks.push(desk);
  }

  let isOver = false;
  const customers = new EventEmitter();
  /** Serves customers as they come, each with a note, until it is over. */
  const serve = async (agent: AgentClient): Promise<void> => {
    const say = async (op: string, body: Parameters<AgentClient['deliver']>[2] & { ticketId: unknown }) => {
      const id = uuidv7();
      const event = { client: agent.name, op, ticketId: String(body.ticketId) };
      history.record({ type: 'invoke', ...event });
      const { status } = await insist([server], (at) => agent.deliver(at, id, body));
      history.record({ type: status === 'refused' ? 'fail' : 'ok', ...event });
      return status !== 'refused';
    };
    for (let turn = 0; !isOver; turn += 1) {
      const key = uuidv7();
      const { id: ticketId } = await insist([server], (at) => issueTicket(at, key));
      const quoted = { ticketId, attentionId: uuidv7(), epoch: 1 };
      const call = { type: 'ticket.call', ticketId, attentionId: quoted.attentionId } as const;
      const id = uuidv7();
      // Another wants it too; one of both gets it.
      const rival = chance.pick(agents.filter((other) => other !== agent));
      const rivalCall = { ...call, attentionId: uuidv7() };
      const rivalId = uuidv7();
      const [mine, theirs] = await Promise.all([
        insist([server], (at) => agent.deliver(at, id, call)),
        insist([server], (at) => rival.deliver(at, rivalId, rivalCall)),
      ]);
      const winner = mine.status === 'accepted' ? { of: agent, ...quoted } : null;
      if (theirs.status === 'accepted') {
        expect(winner).toBeNull();
        const rivalQuoted = { ...quoted, attentionId: rivalCall.attentionId };
        await insist([server], (at) =>
          rival.deliver(at, uuidv7(), { type: 'attention.noShow', ...rivalQuoted, then: 'cancel' }),
        );
        continue;
      }
      if (!winner) continue;
      await say(`note ${agent.name} ${turn}`, { type: 'note.add', ticketId, text: `note ${agent.name} ${turn}` });
      customers.emit('one');
      const begin = uuidv7();
      const finish = uuidv7();
      await insist([server], (at) => agent.deliver(at, begin, { type: 'attention.begin', ...quoted }));
      await insist([server], (at) => agent.deliver(at, finish, { type: 'attention.finish', ...quoted }));
    }
  };
  const write = async (index: number, restart: number): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) {
      const op = `desk ${index} ${restart} ${turn}`;
      await desks[index]!.perform(history, op, notedId, { type: 'note.add', ticketId: notedId, text: op });
    }
  };
  const load = Promise.all(agents.map(serve));

  for (let restart = 0; restart < amount(3, 12); restart += 1) {
    // Under load: some customers have been served since it came back.
    for (let served = 0; served < 3; served += 1) await Promise.race([load, once(customers, 'one')]);
    const written = Promise.all(desks.map((_, index) => write(index, restart)));
    await server.kill(restart % 3 === 2 ? 'SIGKILL' : 'SIGTERM');
    await server.start();
    await written;
    await Promise.all(desks.map(({ lineUp }) => lineUp()));
  }
  isOver = true;
  await load;
  for (const desk of desks) {
    await converged(desk, office);
    await desk.hurried(desk.delivered());
  }

  const effects = await storedNotes(office.store);
  const holds = await storedHolds(office.store);
  expect(checkHistory(history.events, { effects, holds, refused: [], shown: [] })).toEqual([]);
  expect(await checkAttentions(office.store)).toEqual([]);
});

test('[R8] twin: who asks again under a new id does it twice, and the checker says so', async () => {
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const server = office.servers[0]!;
  const wire = await layChaosWire(server.url);
  closes.push(wire.close);
  const agent = await openAgentClient(server.url, 1);
  const { id: ticketId } = await issueTicket(server.url);
  const history = openHistory();
  const event = { client: agent.name, op: 'note', ticketId };
  const note = { type: 'note.add', ticketId, text: 'note' } as const;
  history.record({ type: 'invoke', ...event });
  // The server has done it and its answer does not come through.
  const struck = wire.strike({ type: 'cut', direction: 'down', afterBytes: 0 });
  await expect(agent.deliver(wire.url, uuidv7(), note)).rejects.toThrow(NoAnswer);
  await struck;
  await agent.deliver(wire.url, uuidv7(), note);
  history.record({ type: 'ok', ...event });
  const stored = { effects: await storedNotes(office.store), holds: [], refused: [], shown: [] };
  expect(checkHistory(history.events, stored)).toEqual(['twice: note is stored 2 times']);
});
