import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallEnd } from '../../protocol/video/call-end.ts';
import type { Signal, SignalData } from '../../protocol/video/signal.ts';
import { answerOf, candidateData, offerOf, renegotiateData, signalArbitrary, sourcesData } from './testing/signals.ts';
import { callLimits, newCall } from './call.ts';
import type { Call, CallEffect, CallEvent, CallRole } from './call.ts';
import { callDueAt, nextCall } from './next-call.ts';

const NINE = Date.UTC(2026, 5, 1, 9);

/** One machine by hand: each act at an hour, with what came of it. */
function play(role: CallRole) {
  let call = newCall(role, NINE);
  const all: CallEffect[] = [];
  return {
    act: (event: CallEvent, at = NINE): CallEffect[] => {
      const step = nextCall(call, event, at);
      call = step.call;
      all.push(...step.effects);
      return step.effects;
    },
    says: (session: number, data: SignalData): CallEvent => ({ type: 'signal', signal: { session, data } }),
    phase: () => call.phase,
    call: () => call,
  };
}

const ask: SignalData = { type: 'ask' };

function connectedAgent() {
  const agent = play('agent');
  agent.act({ type: 'peerCame' });
  agent.act({ type: 'called' });
  agent.act(agent.says(NINE, answerOf('guest')), NINE + 100);
  agent.act({ type: 'pictureChanged', picture: 'shown' }, NINE + 100);
  agent.act({ type: 'linkConnected', session: NINE }, NINE + 200);
  return agent;
}

function connectedGuest() {
  const guest = play('guest');
  guest.act({ type: 'called' });
  guest.act(guest.says(NINE, offerOf('agent')));
  guest.act({ type: 'pictureChanged', picture: 'shown' });
  guest.act({ type: 'linkConnected', session: NINE }, NINE + 200);
  return guest;
}

describe('nextCall', () => {
  it('[S2-34] [CL3] [CL4] the agent rings until the guest is there, then opens a session as the initiator', () => {
    const agent = play('agent');
    expect(agent.act({ type: 'called' })).toEqual([]);
    expect(agent.phase()).toEqual({ name: 'ringing', since: NINE });
    expect(agent.act({ type: 'peerCame' }, NINE + 5)).toEqual([{ type: 'open', session: NINE + 5, isInitiator: true }]);
    expect(agent.phase()).toEqual({ name: 'connecting', since: NINE + 5 });
    agent.act({ type: 'linkConnected', session: NINE + 5 }, NINE + 9);
    expect(agent.phase()).toEqual({ name: 'audioOnly', since: NINE + 9, cause: 'noPicture' });
    agent.act({ type: 'pictureChanged', picture: 'shown' }, NINE + 10);
    expect(agent.phase()).toEqual({ name: 'connected', since: NINE + 10 });
    agent.act({ type: 'pictureChanged', picture: 'saved' }, NINE + 11);
    expect(agent.phase()).toEqual({ name: 'audioOnly', since: NINE + 11, cause: 'bandwidth' });
  });

  it.each(['agent', 'guest'] as const)('[T1] [T30] [CL2] before the call the %s lets nothing in', (role) => {
    fc.assert(
      fc.property(fc.array(signalArbitrary), (signals) => {
        const side = play(role);
        side.act({ type: 'peerCame' });
        for (const signal of signals) expect(side.act({ type: 'signal', signal })).toEqual([]);
        expect(side.phase()).toEqual({ name: 'waiting', since: NINE });
      }),
    );
  });

  it('[CL4] the guest follows an offer, and asks at once and every 3 s while there is none', () => {
    const guest = play('guest');
    const asked = [{ type: 'send', signal: { session: 1, data: ask } }];
    expect(guest.act({ type: 'called' })).toEqual(asked);
    expect(callDueAt(guest.call())).toBe(NINE + callLimits.ask);
    expect(guest.act({ type: 'clock' }, NINE + callLimits.ask - 1)).toEqual([]);
    expect(guest.act({ type: 'clock' }, NINE + callLimits.ask)).toEqual(asked);
    expect(guest.act(guest.says(NINE, offerOf('agent')), NINE + 4_000)).toEqual([
      { type: 'open', session: NINE, isInitiator: false },
      { type: 'apply', session: NINE, data: offerOf('agent') },
    ]);
    expect(callDueAt(guest.call())).toBe(NINE + 4_000 + callLimits.connect);
  });

  it('[R17] [CL4] a first ask that was on the way when the session was opened changes nothing', () => {
    const agent = play('agent');
    agent.act({ type: 'peerCame' });
    agent.act({ type: 'called' });
    expect(agent.act(agent.says(1, ask), NINE + callLimits.unanswered - 1)).toEqual([]);
    expect(agent.act(agent.says(1, ask), NINE + callLimits.unanswered)).toEqual([
      { type: 'close', session: NINE },
      { type: 'open', session: NINE + callLimits.unanswered, isInitiator: true },
    ]);
  });

  it('[R17] [CL4] both notice a failure at once: one new session', () => {
    const agent = connectedAgent();
    const guest = connectedGuest();
    const at = NINE + 60_000;
    expect(guest.act({ type: 'linkFailed', session: NINE }, at)).toEqual([
      { type: 'close', session: NINE },
      { type: 'send', signal: { session: NINE, data: ask } },
    ]);
    expect(agent.act({ type: 'linkFailed', session: NINE }, at)).toEqual([
      { type: 'close', session: NINE },
      { type: 'open', session: at, isInitiator: true },
    ]);
    expect(agent.act(agent.says(NINE, ask), at + 50)).toEqual([]);
    expect(guest.act(guest.says(at, offerOf('agent')), at + 50).map(({ type }) => type)).toEqual(['open', 'apply']);
    expect([agent.phase().name, guest.phase().name]).toEqual(['reconnecting', 'reconnecting']);
    guest.act({ type: 'linkConnected', session: at }, at + 300);
    agent.act({ type: 'linkConnected', session: at }, at + 300);
    expect([agent.phase(), guest.phase()]).toEqual([
      { name: 'connected', since: at + 300 },
      { name: 'connected', since: at + 300 },
    ]);
  });

  it.each(['ice', 'media'] as const)('[R17] [CL6] %s that stands still for 3 s is a new session', (trouble) => {
    const agent = connectedAgent();
    const at = NINE + 60_000;
    agent.act({ type: 'linkTroubled', session: NINE, trouble }, at);
    expect(agent.phase()).toEqual({ name: 'reconnecting', since: at });
    agent.act({ type: 'linkSteady', session: NINE, trouble }, at + 1_000);
    expect(agent.phase()).toEqual({ name: 'connected', since: at + 1_000 });
    agent.act({ type: 'linkTroubled', session: NINE, trouble }, at + 2_000);
    expect(callDueAt(agent.call())).toBe(at + 2_000 + callLimits.troubled);
    expect(agent.act({ type: 'clock' }, at + 2_000 + callLimits.troubled).map(({ type }) => type)).toEqual([
      'close',
      'open',
    ]);
  });

  it('[R17] [CL7] the line to the server may go and come while the media flows', () => {
    for (const side of [connectedAgent(), connectedGuest()]) {
      const before = side.phase();
      expect(side.act({ type: 'lineDown' }, NINE + 60_000)).toEqual([]);
      expect(side.act({ type: 'peerLeft' }, NINE + 60_000)).toEqual([]);
      expect(side.act({ type: 'peerCame' }, NINE + 90_000)).toEqual([]);
      expect(side.act({ type: 'lineUp' }, NINE + 90_000)).toEqual([]);
      expect(side.phase()).toBe(before);
    }
  });

  it('[R17] [CL7] a loss without the line waits for it, and is mended at once when it is back', () => {
    const agent = connectedAgent();
    const guest = connectedGuest();
    for (const side of [agent, guest]) side.act({ type: 'lineDown' }, NINE + 60_000);
    expect(agent.act({ type: 'linkFailed', session: NINE }, NINE + 61_000)).toEqual([{ type: 'close', session: NINE }]);
    expect(guest.act({ type: 'linkFailed', session: NINE }, NINE + 61_000)).toEqual([{ type: 'close', session: NINE }]);
    expect(agent.act({ type: 'clock' }, NINE + 70_000)).toEqual([]);
    expect(agent.act({ type: 'lineUp' }, NINE + 75_000).map(({ type }) => type)).toEqual(['open']);
    expect(guest.act({ type: 'lineUp' }, NINE + 75_000).map(({ type }) => type)).toEqual(['send']);
  });

  it('[R17] [CL5] a guest that was loaded anew gets a new session', () => {
    const agent = connectedAgent();
    const guest = play('guest');
    const [sent] = guest.act({ type: 'called' }, NINE + 60_000);
    expect(sent).toEqual({ type: 'send', signal: { session: 1, data: ask } });
    expect(agent.act(agent.says(1, ask), NINE + 60_000)).toEqual([
      { type: 'close', session: NINE },
      { type: 'open', session: NINE + 60_000, isInitiator: true },
    ]);
  });

  it('[R17] [R6] [CL5] an agent that was loaded anew with its clock set back opens a greater session than the guest knows', () => {
    const guest = connectedGuest();
    const agent = play('agent');
    agent.act({ type: 'called' }, NINE - 60_000);
    agent.act({ type: 'peerCame' }, NINE - 60_000);
    expect(guest.act(guest.says(NINE - 60_000, offerOf('agent')), NINE + 500)).toEqual([
      { type: 'send', signal: { session: NINE, data: { type: 'newer' } } },
    ]);
    const waits = agent.act(agent.says(NINE, { type: 'newer' }), NINE - 59_900);
    expect(waits).toEqual([{ type: 'close', session: NINE - 60_000 }]);
    expect(callDueAt(agent.call())).toBe(NINE - 59_000);
    expect(agent.act({ type: 'clock' }, NINE - 59_000)).toEqual([
      { type: 'open', session: NINE + 1, isInitiator: true },
    ]);
  });

  it('[CL5] each side applies only what the other may say', () => {
    const agent = connectedAgent();
    const guest = connectedGuest();
    const applied = (side: ReturnType<typeof play>, data: SignalData) => side.act(side.says(NINE, data)).length;
    for (const data of [answerOf('x'), candidateData, renegotiateData, sourcesData])
      expect(applied(agent, data)).toBe(1);
    expect(applied(agent, offerOf('x'))).toBe(0);
    for (const data of [offerOf('x'), candidateData, sourcesData]) expect(applied(guest, data)).toBe(1);
    for (const data of [answerOf('x'), renegotiateData, ask, { type: 'newer' } as const])
      expect(applied(guest, data)).toBe(0);
  });

  it('[S2-35] [CL3] a guest that leaves before the first connection is rung for again', () => {
    const agent = play('agent');
    agent.act({ type: 'peerCame' });
    agent.act({ type: 'called' });
    expect(agent.act({ type: 'peerLeft' }, NINE + 1_000)).toEqual([{ type: 'close', session: NINE }]);
    expect(agent.phase()).toEqual({ name: 'ringing', since: NINE + 1_000 });
    expect(callDueAt(agent.call())).toBeNull();
    expect(agent.act({ type: 'peerCame' }, NINE + 90_000).map(({ type }) => type)).toEqual(['open']);
  });

  it('[R17] [CL6] attempts that do not come up get 10, 20 and 30 s, and after 120 s the other is unreachable', () => {
    const agent = play('agent');
    agent.act({ type: 'peerCame' });
    agent.act({ type: 'called' });
    const openedAt = [NINE];
    for (let due = callDueAt(agent.call()); due !== null; due = callDueAt(agent.call())) {
      if (agent.act({ type: 'clock' }, due).some(({ type }) => type === 'open')) openedAt.push(due);
    }
    expect(openedAt.map((at) => (at - NINE) / 1_000)).toEqual([0, 10, 30, 60, 90]);
    expect(agent.phase()).toEqual({ name: 'ended', since: NINE + callLimits.giveUp, cause: 'unreachable' });
  });

  it('[B70] [CL8] a changed key ends the call for both sides, and that of an older session ends nothing', () => {
    for (const side of [connectedAgent(), connectedGuest()]) {
      side.act(side.says(NINE - 1, { type: 'keyChanged' }), NINE + 300);
      expect(side.phase().name).toBe('connected');
      expect(side.act(side.says(NINE, { type: 'keyChanged' }), NINE + 400)).toEqual([{ type: 'close', session: NINE }]);
      expect(side.phase()).toEqual({ name: 'ended', since: NINE + 400, cause: 'connectionChanged' });
    }
  });

  it('[B80] what the agent says to a screen reaches the guest’s connection of that session alone', () => {
    const guest = connectedGuest();
    const data: SignalData = { type: 'screenAnswer', isAllowed: false };
    expect(guest.act(guest.says(NINE, data), NINE + 300)).toEqual([{ type: 'apply', session: NINE, data }]);
    expect(guest.act(guest.says(NINE - 1, data), NINE + 300)).toEqual([]);
    const agent = connectedAgent();
    expect(agent.act(agent.says(NINE, data), NINE + 300)).toEqual([]);
  });

  it('[R17] [CL8] a call that was connected and is not mended in 120 s is lost', () => {
    const guest = connectedGuest();
    guest.act({ type: 'linkFailed', session: NINE }, NINE + 60_000);
    for (let due = callDueAt(guest.call()); due !== null; due = callDueAt(guest.call()))
      guest.act({ type: 'clock' }, due);
    expect(guest.phase()).toEqual({ name: 'ended', since: NINE + 60_000 + callLimits.giveUp, cause: 'lost' });
  });

  it('[S2-36] [CL1] ended is the end, with its cause and without a connection', () => {
    for (const cause of CallEnd.options) {
      const agent = connectedAgent();
      expect(agent.act({ type: 'ended', cause }, NINE + 60_000)).toEqual([{ type: 'close', session: NINE }]);
      expect(agent.phase()).toEqual({ name: 'ended', since: NINE + 60_000, cause });
      const before = agent.call();
      agent.act({ type: 'called' }, NINE + 61_000);
      agent.act(agent.says(NINE + 5, answerOf('x')), NINE + 61_000);
      expect(agent.call()).toBe(before);
      expect(callDueAt(before)).toBeNull();
    }
  });

  it('[R17] [CL1] [CL4] no event is refused, sessions only grow, and there is never more than one connection', () => {
    const session = fc.integer({ min: NINE - 2, max: NINE + 20_000 });
    const trouble = fc.constantFrom('ice' as const, 'media' as const);
    const event: fc.Arbitrary<CallEvent> = fc.oneof(
      fc.constantFrom<CallEvent>(
        { type: 'called' },
        { type: 'peerCame' },
        { type: 'peerLeft' },
        { type: 'lineUp' },
        { type: 'lineDown' },
        { type: 'clock' },
      ),
      signalArbitrary.map((signal: Signal): CallEvent => ({ type: 'signal', signal })),
      fc.record({ type: fc.constantFrom('linkConnected' as const, 'linkFailed' as const), session }),
      fc.record({ type: fc.constantFrom('linkTroubled' as const, 'linkSteady' as const), session, trouble }),
      fc.record({ type: fc.constant('ended' as const), cause: fc.constantFrom(...CallEnd.options) }),
    );
    const acts = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 15_000 })), { maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom<CallRole>('agent', 'guest'), acts, (role, list) => {
        let call: Call = newCall(role, NINE);
        let at = NINE;
        let standing: number | null = null;
        let last = 0;
        for (const [event, later] of list) {
          at += later;
          const before = structuredClone(call);
          const step = nextCall(call, event, at);
          expect(call).toEqual(before);
          expect(step.call.session).toBeGreaterThanOrEqual(call.session);
          call = step.call;
          for (const effect of step.effects) {
            if (effect.type === 'close') {
              expect(effect.session).toBe(standing);
              standing = null;
            }
            if (effect.type === 'open') {
              expect(standing).toBeNull();
              expect(effect.session).toBeGreaterThan(last);
              standing = effect.session;
              last = effect.session;
            }
            if (effect.type === 'apply') expect(effect.session).toBe(standing);
          }
          expect(call.link?.session ?? null).toBe(standing);
          const due = callDueAt(call);
          if (due !== null) expect(due).toBeGreaterThan(at);
        }
      }),
      { numRuns: 300 },
    );
  });
});
