import { expect, test } from 'vitest';
import type { CurrentFact } from '../../bridge/facts.ts';
import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import { ana, fakeTicket } from '../testing/fake-office.ts';
import { quietLog } from '../testing/test-desk.ts';
import { createCallKeeper } from './call-keeper.ts';

const holder = { agentId: ana, attentionId: 'attention', epoch: 1 };
const calling = {
  ticket: { header: { ...fakeTicket(1, 1), state: 'calling', holder } },
} as unknown as CurrentFact;

test('a call is acknowledged once, and again when saying it failed', async () => {
  const said: string[] = [];
  let fails = true;
  const keeper = createCallKeeper({
    say: (body: CommandBody) => {
      said.push(body.type);
      return fails ? Promise.reject(new Error('no line')) : Promise.resolve();
    },
    isLineUp: () => true,
    monotonic: () => 0,
    log: quietLog,
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  keeper.observe(calling);
  await settled();
  fails = false;
  keeper.observe(calling);
  await settled();
  keeper.observe(calling);
  expect(said).toEqual(['attention.acknowledge', 'attention.acknowledge']);
});
