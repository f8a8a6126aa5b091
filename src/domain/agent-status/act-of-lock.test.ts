import { expect, test } from 'vitest';
import type { AgentState, AgentStatus } from '../../protocol/agent-status.ts';
import { ModuleId } from '../../protocol/ids.ts';
import { sampleId } from '../testing/sample-ids.ts';
import { ana, branchId, NINE } from '../testing/sample-ticket.ts';
import { actOfLock } from './act-of-lock.ts';

const status = (state: AgentState, nextState: AgentState = 'online'): AgentStatus => ({
  agentId: ana,
  state,
  nextState,
  isManual: false,
  since: NINE,
  cause: 'agent',
  branchId,
  moduleId: sampleId(ModuleId, 700),
});

test('[S2-04] [ST7] En línea becomes Descansando, with the lock as its cause', () => {
  expect(actOfLock(status('online'), false)).toEqual({ type: 'status.choose', state: 'resting', cause: 'lock' });
});

test('[S2-05] [ST7] with a ticket in hand it becomes the next state, unless the agent has chosen another one', () => {
  expect(actOfLock(status('online'), true)).toEqual({ type: 'status.chooseNext', state: 'resting' });
  expect(actOfLock(status('online', 'lunch'), true)).toBeNull();
});

test.each(['offline', 'resting', 'lunch', 'documenting'] as const)('[ST7] in %s nothing is changed', (state) => {
  expect(actOfLock(status(state), false)).toBeNull();
  expect(actOfLock(status(state), true)).toBeNull();
});
