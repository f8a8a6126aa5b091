import { expect, test } from 'vitest';
import type { AgentState } from '../../protocol/agent-status.ts';
import { ana, fakeStatus } from '../testing/fake-office.ts';
import { actOfLock } from './act-of-lock.ts';

const status = (state: AgentState, nextState: AgentState = 'online') => ({ ...fakeStatus(ana, 1), state, nextState });

test('[S2-04] En línea becomes Descansando, with the lock as its cause', () => {
  expect(actOfLock(status('online'), false)).toEqual({ type: 'status.choose', state: 'resting', cause: 'lock' });
});

test('[S2-05] with a ticket in hand it becomes the next state, unless the agent has chosen another one', () => {
  expect(actOfLock(status('online'), true)).toEqual({ type: 'status.chooseNext', state: 'resting' });
  expect(actOfLock(status('online', 'lunch'), true)).toBeNull();
});

test.each(['offline', 'resting', 'lunch', 'documenting'] as const)('in %s nothing is changed', (state) => {
  expect(actOfLock(status(state), false)).toBeNull();
  expect(actOfLock(status(state), true)).toBeNull();
});
