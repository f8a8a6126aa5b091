import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentId } from '../../protocol/ids.ts';
import type { ServiceId } from '../../protocol/ids.ts';
import { sampleId } from '../testing/sample-ids.ts';
import {
  ana,
  caja,
  luis,
  MINUTE,
  NINE,
  reclamos,
  rules,
  sampleTicket,
  services,
  ventas,
} from '../testing/sample-ticket.ts';
import { assignCalls } from './assign-calls.ts';
import type { FreeAgent } from './assign-calls.ts';
import { orderLine } from './order-line.ts';

const free = (
  agentId: AgentId,
  freeSince: number,
  mainServices: ServiceId[],
  supportServices: ServiceId[] = [],
): FreeAgent => ({ agentId, freeSince, mainServices, supportServices });

function calls(agents: FreeAgent[], tickets: ReturnType<typeof sampleTicket>[]) {
  const numberOf = new Map(tickets.map((ticket) => [ticket.id, ticket.number]));
  return assignCalls({ tickets, services, rules, agents, now: NINE }).map(({ agentId, ticketId }) => [
    agentId,
    numberOf.get(ticketId),
  ]);
}

describe('assignCalls', () => {
  it('[S2-14] [QU7] the longest free agent calls the first of the line', () => {
    const tickets = [
      sampleTicket(1, { createdAt: NINE - 2 * MINUTE }),
      sampleTicket(2, { createdAt: NINE - 3 * MINUTE }),
      sampleTicket(3, { createdAt: NINE - MINUTE }),
    ];
    expect(calls([free(ana, NINE - 1, [caja]), free(luis, NINE - 2, [caja])], tickets)).toEqual([
      [luis, 2],
      [ana, 1],
    ]);
  });

  it('[S2-14] [QU7] gives a tie to the lesser id and nobody to an agent whose services nobody waits for', () => {
    const tickets = [sampleTicket(1)];
    expect(calls([free(luis, NINE, [caja]), free(ana, NINE, [caja])], tickets)).toEqual([[ana, 1]]);
    expect(calls([free(ana, NINE, [reclamos])], tickets)).toEqual([]);
  });

  it('[S2-07] [QU7] calls from a support service only when no main one waits', () => {
    const support = sampleTicket(1, { serviceId: ventas, createdAt: NINE - 60 * MINUTE });
    const main = sampleTicket(2);
    const agent = free(ana, NINE, [caja], [ventas]);
    expect(calls([agent], [support, main])).toEqual([[ana, 2]]);
    expect(calls([agent], [support])).toEqual([[ana, 1]]);
  });

  it('[S2-07] [QU7] does not help out a colleague who is free', () => {
    const agents = [free(ana, NINE - MINUTE, [caja], [ventas]), free(luis, NINE, [ventas])];
    expect(calls(agents, [sampleTicket(1, { serviceId: ventas })])).toEqual([[luis, 1]]);
  });

  it('[QU5] [QU7] says why, with the rank of the service for this agent', () => {
    const [call] = assignCalls({
      tickets: [sampleTicket(1, { serviceId: ventas, createdAt: NINE - 17 * MINUTE })],
      services,
      rules,
      agents: [free(ana, NINE, [caja], [ventas])],
      now: NINE,
    });
    expect(call?.reasons).toEqual([{ type: 'supportService' }, { type: 'waited', minutes: 17 }]);
  });

  it('[R1] [QU7] gives each agent at most one ticket and each ticket to one agent, leaves nobody idle who could serve, and agrees with the line', () => {
    const servicesArbitrary = fc.uniqueArray(fc.constantFrom(caja, reclamos, ventas));
    const agentsArbitrary = fc
      .array(fc.record({ main: servicesArbitrary, support: servicesArbitrary, freeFor: fc.nat(3) }), { maxLength: 8 })
      .map((made) =>
        made.map(({ main, support, freeFor }, index) =>
          free(sampleId(AgentId, index + 1), NINE - freeFor * MINUTE, main, support),
        ),
      );
    const ticketsArbitrary = fc
      .array(fc.record({ serviceId: fc.constantFrom(caja, reclamos, ventas), waited: fc.nat(5) }), { maxLength: 10 })
      .map((made) =>
        made.map(({ serviceId, waited }, index) =>
          sampleTicket(index + 1, { serviceId, createdAt: NINE - waited * MINUTE }),
        ),
      );
    fc.assert(
      fc.property(agentsArbitrary, ticketsArbitrary, (agents, tickets) => {
        const assigned = assignCalls({ tickets, services, rules, agents, now: NINE });
        const shuffled = assignCalls({
          tickets: tickets.toReversed(),
          services,
          rules,
          agents: agents.toReversed(),
          now: NINE,
        });
        expect(shuffled).toEqual(assigned);
        expect(new Set(assigned.map(({ agentId }) => agentId)).size).toBe(assigned.length);
        expect(new Set(assigned.map(({ ticketId }) => ticketId)).size).toBe(assigned.length);

        const taken = new Set(assigned.map(({ ticketId }) => ticketId));
        const left = tickets.filter(({ id }) => !taken.has(id));
        for (const agent of agents) {
          const call = assigned.find(({ agentId }) => agentId === agent.agentId);
          const own = tickets.find(({ id }) => id === call?.ticketId);
          const line = orderLine({ tickets: own ? [...left, own] : left, services, agent, rules, now: NINE });
          expect(line[0]?.ticket.id).toBe(call?.ticketId);
          expect(line[0]?.reasons).toEqual(call?.reasons);
        }
      }),
    );
  });
});

describe('[QU9] whoever is not ready for a video', () => {
  const since = (verdict: 'ready' | 'audioOnly' | 'notReady', minutesAgo = 1) => ({
    readiness: { verdict, cause: verdict === 'ready' ? null : ('noPath' as const), since: NINE - minutesAgo * MINUTE },
  });
  const red = sampleTicket(1, { createdAt: NINE - 9 * MINUTE, ...since('notReady') });
  const behind = sampleTicket(2, { createdAt: NINE - 5 * MINUTE });
  const assigned = (tickets: ReturnType<typeof sampleTicket>[], agents = [free(ana, NINE - 1, [caja])]) =>
    assignCalls({ tickets, services, rules, agents, now: NINE });

  it('is passed over while others wait, the call says so, and the place stays', () => {
    const [call] = assigned([red, behind]);
    expect(call).toMatchObject({ ticketId: behind.id });
    expect(call?.reasons.slice(0, 2)).toEqual([{ type: 'mainService' }, { type: 'passedNotReady', count: 1 }]);
    const line = orderLine({ tickets: [red, behind], services, agent: null, rules, now: NINE });
    expect(line.map(({ ticket }) => ticket.number)).toEqual([1, 2]);
  });

  it('is next as soon as ready, with sound alone as well', () => {
    for (const verdict of ['ready', 'audioOnly'] as const) {
      expect(calls([free(ana, NINE - 1, [caja])], [{ ...red, ...since(verdict) }, behind])).toEqual([[ana, 1]]);
    }
  });

  it('is called where nobody else waits, and nobody is said to be passed over', () => {
    const [call] = assigned([red]);
    expect(call).toMatchObject({ ticketId: red.id });
    expect(call?.reasons[1]).not.toHaveProperty('count');
    // Two are free and two wait: each has one.
    const both = assigned([red, behind], [free(ana, NINE - 2, [caja]), free(luis, NINE - 1, [caja])]);
    expect(both.map(({ ticketId }) => ticketId)).toEqual([behind.id, red.id]);
  });

  it('is called before those of support services', () => {
    const support = sampleTicket(3, { serviceId: ventas, createdAt: NINE - MINUTE });
    expect(calls([free(ana, NINE - 1, [caja], [ventas])], [red, support])).toEqual([[ana, 1]]);
  });

  it('[QU4] is called like everybody a quarter of an hour after the verdict, and starves no more than others', () => {
    expect(calls([free(ana, NINE - 1, [caja])], [{ ...red, ...since('notReady', 15) }, behind])).toEqual([[ana, 1]]);
  });
});
