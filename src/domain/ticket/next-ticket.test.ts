import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModuleId } from '../../protocol/ids.ts';
import { TicketHeader } from '../../protocol/ticket.ts';
import {
  ana,
  caja,
  luis,
  MINUTE,
  NINE,
  reclamos,
  sampleAppointment,
  sampleHolder,
  sampleTicket,
  ventas,
} from '../testing/sample-ticket.ts';
import { isLaidAside } from './is-laid-aside.ts';
import { newTicket } from './new-ticket.ts';
import { nextTicket, requireAttention } from './next-ticket.ts';
import type { TicketAct } from './next-ticket.ts';
import { ticketTransitions } from './ticket-states.ts';
import type { TicketActType } from './ticket-states.ts';

const acts: Record<TicketActType, TicketAct> = {
  call: { type: 'call', holder: sampleHolder(ana) },
  recall: { type: 'recall', maximumCalls: 3, pauseSeconds: 15 },
  begin: { type: 'begin' },
  finish: { type: 'finish' },
  noShow: { type: 'noShow', then: 'cancel' },
  return: { type: 'return' },
  requeue: { type: 'requeue' },
  cancel: { type: 'cancel' },
  transfer: { type: 'transfer', serviceId: reclamos },
  free: { type: 'free' },
  attendNow: { type: 'attendNow', holder: sampleHolder(ana), isAside: false },
  resume: { type: 'resume', moduleId: null },
  passOn: { type: 'passOn', holder: sampleHolder(luis, 2) },
  hop: { type: 'hop', to: 'virtual' },
  block: { type: 'block' },
};
const attendAside: TicketAct = { type: 'attendNow', holder: sampleHolder(ana), isAside: true };
const moduleOne = ModuleId.parse('01900000-0000-7000-8000-0000000000ab');
const noShowRequeue: TicketAct = { type: 'noShow', then: 'requeue' };
const states = TicketHeader.shape.state.options;

/** The ticket after these acts, one minute apart, starting a minute after nine; fails on a refusal. */
function after(...done: TicketAct[]): TicketHeader {
  return done.reduce((header, act, index) => accepted(header, act, NINE + (index + 1) * MINUTE), sampleTicket(1));
}

function accepted(header: TicketHeader, act: TicketAct, at: number): TicketHeader {
  const next = nextTicket(header, act, at);
  if ('refused' in next) throw new Error(`${act.type} was refused with ${next.refused}`);
  return next.ticket;
}

const actArbitrary: fc.Arbitrary<TicketAct> = fc.oneof(
  fc.constantFrom(...Object.values(acts), noShowRequeue, attendAside),
  fc.record({ type: fc.constant('transfer' as const), serviceId: fc.constantFrom(caja, reclamos, ventas) }),
  fc.record({
    type: fc.constantFrom('call' as const, 'attendNow' as const),
    isAside: fc.boolean(),
    holder: fc.constantFrom(sampleHolder(ana, 1), sampleHolder(luis, 2)),
  }),
);
const stepsArbitrary = fc.array(fc.record({ act: actArbitrary, seconds: fc.nat(7200) }), { maxLength: 30 });
const startArbitrary = fc.constantFrom(
  sampleTicket(1),
  sampleTicket(1, { origin: 'desk' }),
  sampleTicket(1, { priority: 'preferente' }),
  sampleAppointment(1, NINE + 30 * MINUTE, NINE),
);

describe('nextTicket', () => {
  it('[TK15] a guest who is reported ends a video as cancelled, and nothing of a counter', () => {
    for (const inHand of [after(acts.call), after(acts.call, acts.begin)]) {
      expect(nextTicket(inHand, acts.block, NINE)).toEqual({ refused: 'WRONG_STATE' });
      expect(accepted({ ...inHand, kind: 'virtual' }, acts.block, NINE + MINUTE)).toMatchObject({
        state: 'closed',
        outcome: 'cancelled',
        holder: null,
        closedAt: NINE + MINUTE,
      });
    }
  });

  it('[TK1] never leaves the table, whatever is done to it in whatever order', () => {
    fc.assert(
      fc.property(startArbitrary, stepsArbitrary, (start, steps) => {
        let header = start;
        let at = NINE;
        for (const { act, seconds } of steps) {
          at += seconds * 1000;
          const before = structuredClone(header);
          const next = nextTicket(header, act, at);
          expect(header).toEqual(before);
          const allowed = ticketTransitions[header.state][act.type] ?? [];
          if ('refused' in next) continue;
          expect(allowed).toContain(next.ticket.state);
          header = next.ticket;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[TK1] reaches all of the table and nothing else', () => {
    const inState = {
      waiting: sampleTicket(1, { origin: 'desk' }),
      calling: after(acts.call),
      attending: after(acts.call, acts.begin),
      paused: accepted(sampleTicket(1, { origin: 'desk' }), attendAside, NINE),
    };
    // Of what is attended only a video returns [TK6].
    const reached = Object.values(inState)
      .map((inHand) => ({ ...inHand, kind: 'virtual' as const }))
      .map((header) => [
        header.state,
        Object.fromEntries(
          (Object.keys(acts) as TicketActType[]).flatMap((type) => {
            const others = { noShow: [noShowRequeue], attendNow: [attendAside] };
            const tried = [acts[type], ...(type in others ? others[type as keyof typeof others] : [])];
            const to = tried
              .map((act) => nextTicket(header, act, NINE + 3_600_000))
              .flatMap((next) => ('refused' in next ? [] : [next.ticket.state]));
            return to.length > 0 ? [[type, to]] : [];
          }),
        ),
      ]);
    const nowhere = { scheduled: {}, bot: {}, outOfHours: {}, closed: {} };
    expect({ ...nowhere, ...Object.fromEntries(reached) }).toEqual(ticketTransitions);
  });

  it('[TK1] refuses with WRONG_STATE every act that the table does not have', () => {
    for (const state of states) {
      for (const [type, act] of Object.entries(acts)) {
        if (type in ticketTransitions[state]) continue;
        expect({ type, state, ...nextTicket(sampleTicket(1, { state }), act, NINE) }).toEqual({
          type,
          state,
          refused: 'WRONG_STATE',
        });
      }
    }
  });

  it('[TK2] carries in each state only what is true in it', () => {
    fc.assert(
      fc.property(startArbitrary, stepsArbitrary, (start, steps) => {
        let header = start;
        let at = NINE;
        for (const { act, seconds } of steps) {
          at += seconds * 1000;
          const next = nextTicket(header, act, at);
          if ('refused' in next) continue;
          header = next.ticket;
          expect(TicketHeader.safeParse(header).success).toBe(true);
          const { state } = header;
          const isHeld = state === 'calling' || state === 'attending' || state === 'paused';
          expect(header.holder !== null).toBe(isHeld);
          if (header.holder) expect(header.holder.epoch).toBe(header.epoch);
          expect(header.outcome !== null).toBe(state === 'closed');
          expect(header.closedAt !== null).toBe(state === 'closed');
          expect(header.callCount > 0).toBe(header.calledAt !== null);
          expect(header.lastCalledAt !== null).toBe(header.calledAt !== null);
          if (state === 'waiting') expect([header.calledAt, header.attendingSince]).toEqual([null, null]);
          if (state === 'calling') expect([header.calledAt === null, header.attendingSince]).toEqual([false, null]);
          if (state === 'attending' || state === 'paused') expect(header.attendingSince).not.toBeNull();
        }
      }),
    );
  });

  it('[TK4] raises the epoch with each holding and never lowers it', () => {
    fc.assert(
      fc.property(startArbitrary, stepsArbitrary, (start, steps) => {
        let header = start;
        for (const { act } of steps) {
          const next = nextTicket(header, act, NINE + 3_600_000);
          if ('refused' in next) continue;
          const isHolding = act.type === 'call' || act.type === 'attendNow' || act.type === 'passOn';
          expect(next.ticket.epoch).toBe(header.epoch + (isHolding ? 1 : 0));
          header = next.ticket;
        }
      }),
    );
  });

  it('[S2-26] [TK4] a call shows llamando, its beginning atendiendo', () => {
    const called = after(acts.call);
    expect(called).toMatchObject({
      state: 'calling',
      calledAt: NINE + MINUTE,
      lastCalledAt: NINE + MINUTE,
      callCount: 1,
      epoch: 1,
      holder: { agentId: ana, epoch: 1 },
    });
    expect(after(acts.call, acts.begin)).toMatchObject({
      state: 'attending',
      attendingSince: NINE + 2 * MINUTE,
      calledAt: NINE + MINUTE,
      holder: called.holder,
    });
  });

  it('[S2-37] [TK14] passes on to another agent, who goes on with the same clocks', () => {
    const attended = after(acts.call, acts.begin);
    const passed = accepted(attended, acts.passOn, NINE + 9 * MINUTE);
    expect(passed).toEqual({ ...attended, epoch: 2, holder: { ...sampleHolder(luis, 2), epoch: 2 } });
  });

  it('[S2-28] [TK5] calls again at most until three calls, 15 s apart', () => {
    const called = after(acts.call);
    const calledAt = NINE + MINUTE;
    expect(nextTicket(called, acts.recall, calledAt + 14_999)).toEqual({ refused: 'TOO_SOON' });
    const second = accepted(called, acts.recall, calledAt + 15_000);
    expect(second).toMatchObject({ calledAt, lastCalledAt: calledAt + 15_000, callCount: 2, epoch: 1 });
    expect(nextTicket(second, acts.recall, calledAt + 29_999)).toEqual({ refused: 'TOO_SOON' });
    const third = accepted(second, acts.recall, calledAt + 30_000);
    expect(nextTicket(third, acts.recall, calledAt + 3_600_000)).toEqual({ refused: 'TOO_MANY_RECALLS' });
  });

  it('[TK5] counts the calls of each holding anew', () => {
    expect(after(acts.call, acts.recall, acts.return, acts.call).callCount).toBe(1);
  });

  it('[S2-53] [TK6] gives a call without an act back to its old place', () => {
    expect(after(acts.call, acts.return)).toEqual({ ...sampleTicket(1), epoch: 1 });
  });

  it('[R17] [TK6] gives a video in hand back to its old place, and nobody who stands at a counter', () => {
    const attended = after(acts.call, acts.begin);
    const video = { ...attended, kind: 'virtual' as const };
    expect(accepted(video, acts.return, NINE + 5 * MINUTE)).toEqual({ ...sampleTicket(1), kind: 'virtual', epoch: 1 });
    for (const kind of TicketHeader.shape.kind.options.filter((each) => each !== 'virtual')) {
      expect(nextTicket({ ...attended, kind }, acts.return, NINE + 5 * MINUTE)).toEqual({ refused: 'WRONG_STATE' });
    }
  });

  it('[TK6] keeps the clock of a ticket that a supervisor frees', () => {
    expect(after(acts.call, acts.free)).toEqual({ ...sampleTicket(1), epoch: 1 });
    expect(after(acts.call, acts.begin, acts.free)).toEqual({ ...sampleTicket(1), epoch: 1 });
  });

  it('[S2-22] [TK7] requeueing halves the wait so far', () => {
    const requeued = accepted(sampleTicket(1), acts.requeue, NINE + 20 * MINUTE);
    expect(requeued).toMatchObject({ state: 'waiting', waitingSince: NINE + 10 * MINUTE, requeues: 1 });
    expect(accepted(requeued, acts.requeue, NINE + 30 * MINUTE)).toMatchObject({
      waitingSince: NINE + 20 * MINUTE,
      requeues: 2,
    });
  });

  it('[S2-22] [TK7] requeueing halves the wait of an appointment as the line counts it, from its hour', () => {
    const appointment = sampleAppointment(1, NINE + 30 * MINUTE, NINE);
    const requeued = accepted(appointment, acts.requeue, NINE + 40 * MINUTE);
    expect(requeued.waitingSince).toBe(NINE + 35 * MINUTE);
    expect(accepted(appointment, acts.requeue, NINE + 20 * MINUTE).waitingSince).toBe(NINE);
  });

  it('[S2-22] [TK7] requeueing never makes anybody older, nor more than half younger', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: -1e6, max: 1e9 }), (since, waited) => {
        const header = sampleTicket(1, { waitingSince: since });
        const { waitingSince } = accepted(header, acts.requeue, Math.max(0, since + waited));
        const kept = Math.max(0, since + waited) - waitingSince;
        expect(waitingSince).toBeGreaterThanOrEqual(since);
        if (waited >= 0) expect(kept).toBe(Math.floor(waited / 2));
      }),
    );
  });

  it('[S2-35] [TK9] a customer who does not come is closed as noShow without an attention', () => {
    expect(after(acts.call, acts.noShow)).toMatchObject({
      state: 'closed',
      outcome: 'noShow',
      holder: null,
      closedAt: NINE + 2 * MINUTE,
      calledAt: NINE + MINUTE,
      attendingSince: null,
    });
  });

  it('[S2-35] [S2-22] [TK7] a customer who does not come may go back to the line, the wait halved', () => {
    const header = accepted(after(acts.call), noShowRequeue, NINE + 20 * MINUTE);
    expect(header).toMatchObject({
      state: 'waiting',
      waitingSince: NINE + 10 * MINUTE,
      requeues: 1,
      holder: null,
      calledAt: null,
      callCount: 0,
    });
  });

  it('[S2-30] [TK9] finishing closes the ticket and keeps the times of its attention', () => {
    expect(after(acts.call, acts.begin, acts.finish)).toMatchObject({
      state: 'closed',
      outcome: 'finished',
      holder: null,
      epoch: 1,
      calledAt: NINE + MINUTE,
      attendingSince: NINE + 2 * MINUTE,
      closedAt: NINE + 3 * MINUTE,
    });
  });

  it('[S2-23] [TK9] a waiting ticket can be cancelled', () => {
    expect(after(acts.cancel)).toMatchObject({ state: 'closed', outcome: 'cancelled', closedAt: NINE + MINUTE });
  });

  it('[TK8] a transfer waits at the other service, its clock kept', () => {
    const moved = { serviceId: reclamos, transferredFrom: caja, state: 'waiting', waitingSince: NINE, holder: null };
    expect(after(acts.transfer)).toMatchObject(moved);
    expect(after(acts.call, acts.begin, acts.transfer)).toMatchObject({ ...moved, epoch: 1, attendingSince: null });
    expect(nextTicket(sampleTicket(1), { type: 'transfer', serviceId: caja }, NINE)).toEqual({
      refused: 'WRONG_STATE',
    });
  });

  it('[TK11] attends at once only a ticket that a desk made for it and nobody held', () => {
    const made = sampleTicket(1, { origin: 'desk' });
    const attended = accepted(made, acts.attendNow, NINE);
    expect(attended).toMatchObject({
      state: 'attending',
      attendingSince: NINE,
      calledAt: null,
      callCount: 0,
      epoch: 1,
      holder: { agentId: ana, epoch: 1 },
    });
    const freed = accepted(attended, acts.free, NINE + MINUTE);
    expect(nextTicket(freed, acts.attendNow, NINE + MINUTE)).toEqual({ refused: 'WRONG_STATE' });
    expect(nextTicket(sampleTicket(1), acts.attendNow, NINE)).toEqual({ refused: 'WRONG_STATE' });
  });
});

describe('[TK12] a ticket that is laid aside', () => {
  const made = sampleTicket(1, { origin: 'desk' });
  const aside = accepted(made, attendAside, NINE);

  it('is held as it was attended, and can be finished from there', () => {
    expect(aside).toEqual({ ...accepted(made, acts.attendNow, NINE), state: 'paused' });
    expect(accepted(aside, acts.finish, NINE + MINUTE)).toMatchObject({
      state: 'closed',
      outcome: 'finished',
      attendingSince: NINE,
      closedAt: NINE + MINUTE,
    });
  });

  it('comes into hand where its agent sits, in the same attention', () => {
    const resumed = accepted(aside, { type: 'resume', moduleId: moduleOne }, NINE + MINUTE);
    expect(resumed).toEqual({ ...aside, state: 'attending', holder: { ...aside.holder, moduleId: moduleOne } });
  });

  it('is one while another is in hand or its agent sits in another branch', () => {
    const { branchId } = made;
    const norte = '01900000-0000-7000-8000-0000000000aa' as typeof branchId;
    expect(isLaidAside(made, { hasTicketInHand: false, sitsIn: branchId })).toBe(false);
    expect(isLaidAside(made, { hasTicketInHand: false, sitsIn: null })).toBe(false);
    expect(isLaidAside(made, { hasTicketInHand: false, sitsIn: norte })).toBe(true);
    for (const sitsIn of [null, branchId, norte]) {
      expect(isLaidAside(made, { hasTicketInHand: true, sitsIn })).toBe(true);
    }
  });
});

describe('requireAttention', () => {
  it('[R1] [TK10] accepts the attention that holds the ticket and no other', () => {
    const header = after(acts.call);
    const mine = { attentionId: sampleHolder(ana).attentionId, epoch: 1, agentId: ana };
    expect(requireAttention(header, mine)).toBeNull();
    expect(requireAttention(header, { ...mine, agentId: luis })).toBe('STALE_EPOCH');
    expect(requireAttention(header, { ...mine, epoch: 2 })).toBe('STALE_EPOCH');
    expect(requireAttention(header, { ...mine, attentionId: sampleHolder(ana, 2).attentionId })).toBe('STALE_EPOCH');
    expect(requireAttention(after(acts.call, acts.free), mine)).toBe('STALE_EPOCH');
    expect(requireAttention(after(acts.call, acts.return, acts.call), mine)).toBe('STALE_EPOCH');
  });
});

describe('newTicket', () => {
  it('[S2-20] [TK3] enters the line when it is made, never held and never called', () => {
    const { id, branchId, number, turnCode, businessDay } = sampleTicket(7);
    const header = newTicket(
      {
        id,
        branchId,
        serviceId: ventas,
        number,
        turnCode,
        businessDay,
        kind: 'virtual',
        priority: 'preferente',
        origin: 'agent',
        customer: { displayName: 'María Ortiz', documentType: 'CC', documentLast4: '4567' },
      },
      NINE,
    );
    expect(TicketHeader.parse(header)).toEqual(header);
    expect(header).toMatchObject({
      state: 'waiting',
      createdAt: NINE,
      waitingSince: NINE,
      epoch: 0,
      callCount: 0,
      requeues: 0,
      kind: 'virtual',
      priority: 'preferente',
      origin: 'agent',
      displayName: 'María Ortiz',
      documentLast4: '4567',
      holder: null,
      outcome: null,
    });
  });
});
