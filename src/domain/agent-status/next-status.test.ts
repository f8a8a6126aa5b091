import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentState, AgentStatus } from '../../protocol/agent-status.ts';
import { ModuleId } from '../../protocol/ids.ts';
import { sampleId } from '../testing/sample-ids.ts';
import { ana, branchId, MINUTE, NINE } from '../testing/sample-ticket.ts';
import { canReceive, nextStatus } from './next-status.ts';
import type { StatusEvent } from './next-status.ts';

const moduleId = sampleId(ModuleId, 700);
const signedIn: StatusEvent = { type: 'signedIn', branchId, moduleId };
const online: AgentStatus = {
  agentId: ana,
  state: 'online',
  nextState: 'online',
  isManual: false,
  since: NINE,
  cause: 'agent',
  branchId,
  moduleId,
};
const later = NINE + 20 * MINUTE;

const stateArbitrary = fc.constantFrom(...AgentState.options);
const eventArbitrary: fc.Arbitrary<StatusEvent> = fc.oneof(
  fc.record({
    type: fc.constant('chosen' as const),
    state: stateArbitrary,
    cause: fc.constantFrom('agent' as const, 'idle' as const, 'lock' as const, 'crash' as const, 'supervisor' as const),
  }),
  fc.record({ type: fc.constant('nextChosen' as const), state: stateArbitrary }),
  fc.record({ type: fc.constant('manualSet' as const), isManual: fc.boolean() }),
  fc.constantFrom<StatusEvent>(signedIn, { type: 'attentionEnded' }, { type: 'noAnswer' }, { type: 'signedOut' }),
);

describe('nextStatus', () => {
  it('[S2-04] [S2-12] [ST2] holds the chosen state from then on, with its cause', () => {
    for (const state of AgentState.options.filter((each) => each !== 'online')) {
      expect(nextStatus(online, { type: 'chosen', state, cause: 'agent' }, later)).toEqual({
        ...online,
        state,
        cause: 'agent',
        since: later,
      });
    }
    const set = nextStatus(online, { type: 'chosen', state: 'lunch', cause: 'supervisor' }, later);
    expect(set).toMatchObject({ state: 'lunch', cause: 'supervisor' });
  });

  it('[S2-12] [ST2] choosing the state in force changes nothing', () => {
    expect(nextStatus(online, { type: 'chosen', state: 'online', cause: 'agent' }, later)).toBe(online);
  });

  it('[S2-05] [ST3] applies the next state when the attention ends, once', () => {
    const stored = nextStatus(online, { type: 'nextChosen', state: 'lunch' }, later);
    expect(stored).toEqual({ ...online, nextState: 'lunch' });
    const ended = nextStatus(stored, { type: 'attentionEnded' }, later);
    expect(ended).toEqual({ ...online, state: 'lunch', cause: 'nextState', since: later, nextState: 'online' });
    expect(nextStatus(ended, { type: 'attentionEnded' }, later + MINUTE)).toBe(ended);
  });

  it('[S2-05] [S2-30] [ST3] keeps serving when no next state was chosen', () => {
    expect(nextStatus(online, { type: 'attentionEnded' }, later)).toBe(online);
  });

  it('[S2-05] [ST3] a next state that is in force already is used up and changes no time', () => {
    const resting: AgentStatus = { ...online, state: 'resting', nextState: 'resting' };
    expect(nextStatus(resting, { type: 'attentionEnded' }, later)).toEqual({ ...resting, nextState: 'online' });
  });

  it('[S2-13] [ST4] manual mode stands beside the state and changes no time', () => {
    expect(nextStatus(online, { type: 'manualSet', isManual: true }, later)).toEqual({ ...online, isManual: true });
  });

  it('[S2-53] [ST5] a call without an act sets Fuera de línea with cause no answer, the next state kept', () => {
    const stored: AgentStatus = { ...online, nextState: 'lunch' };
    expect(nextStatus(stored, { type: 'noAnswer' }, later)).toEqual({
      ...stored,
      state: 'offline',
      cause: 'noAnswer',
      since: later,
    });
  });

  it('[S2-11] [ST6] a shift starts Fuera de línea at a module, automatic, without a next state', () => {
    const left: AgentStatus = { ...online, state: 'lunch', nextState: 'resting', isManual: true, moduleId: null };
    expect(nextStatus(left, signedIn, later)).toEqual({ ...online, state: 'offline', cause: 'signIn', since: later });
  });

  it('[S2-52] [ST6] a shift ends Fuera de línea without a module', () => {
    const ended = nextStatus({ ...online, isManual: true }, { type: 'signedOut' }, later);
    expect(ended).toEqual({
      ...online,
      state: 'offline',
      cause: 'signOut',
      since: later,
      branchId: null,
      moduleId: null,
    });
    expect(nextStatus(ended, { type: 'signedOut' }, later + MINUTE)).toBe(ended);
  });

  it('[S2-12] [ST1] starts the time in a state anew exactly when the state or the shift changes', () => {
    fc.assert(
      fc.property(fc.array(eventArbitrary, { maxLength: 20 }), (events) => {
        let status = online;
        for (const [index, event] of events.entries()) {
          const at = NINE + (index + 1) * MINUTE;
          const before = structuredClone(status);
          const next = nextStatus(status, event, at);
          expect(status).toEqual(before);
          expect(AgentStatus.parse(next)).toEqual(next);
          const isNewShift = event.type === 'signedIn' || event.type === 'signedOut';
          if (!isNewShift) expect(next.since === at).toBe(next.state !== status.state);
          expect(next.since).toBeGreaterThanOrEqual(status.since);
          if (next !== status) expect(next).not.toEqual(status);
          status = next;
        }
      }),
    );
  });
});

describe('canReceive', () => {
  it('[S2-04] [S2-14] [ST8] calls only for a connected agent online at a module, automatic, with nobody in hand', () => {
    expect(canReceive(online, false, true)).toBe(true);
    expect(canReceive(online, true, true)).toBe(false);
    expect(canReceive(online, false, false)).toBe(false);
    expect(canReceive({ ...online, isManual: true }, false, true)).toBe(false);
    expect(canReceive({ ...online, moduleId: null }, false, true)).toBe(false);
    expect(AgentState.options.filter((state) => canReceive({ ...online, state }, false, true))).toEqual(['online']);
  });
});
