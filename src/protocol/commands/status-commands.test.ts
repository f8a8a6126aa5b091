import { expect, test } from 'vitest';
import { AgentState, StatusCause } from '../agent-status.ts';
import { StatusChoose } from './status-commands.ts';

test('[S2-04] a desk may claim these causes, each for its own state, and no other', () => {
  const claims = StatusCause.options.map((cause) => [
    cause,
    AgentState.options.filter((state) => StatusChoose.safeParse({ type: 'status.choose', state, cause }).success),
  ]);
  expect(Object.fromEntries(claims)).toEqual({
    agent: AgentState.options,
    idle: ['resting'],
    lock: ['resting'],
    crash: ['offline'],
    nextState: [],
    noAnswer: [],
    network: [],
    supervisor: [],
    signIn: [],
    signOut: [],
  });
});
