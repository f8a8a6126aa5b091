import { expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Act } from '../../bridge/act.ts';
import type { CommandId, SessionId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { Working } from '../session/session-fact.ts';
import { ana, branch, caja, fakeOffice, moduleOne } from '../testing/fake-office.ts';
import { quietLog } from '../testing/test-desk.ts';
import { createPerformer } from './perform-act.ts';

const office = fakeOffice();
const working = {
  state: 'working',
  agent: { id: ana, firstName: 'Ana', lastName: 'Ruiz' },
  branch: office.branches.find(({ id }) => id === branch),
  module: office.modules.find(({ id }) => id === moduleOne),
  services: office.services,
} as unknown as Working;
const act: Act = { type: 'ticket.create', serviceId: caja, priority: 'normal', customer: { type: 'none' } };
const replaced = [uuidv7() as CommandId];

/** Over a line that is up and a server that takes everything; notes what happens, in order. */
function performerOver(discard: () => boolean, { isLineUp = true, view = null as object | null } = {}) {
  const seen: string[] = [];
  const ask = async (name: string): Promise<unknown> => {
    seen.push(name);
    if (name === 'desk.ticket') return view;
    return name === 'outbox.discard' ? discard() : null;
  };
  const performer = createPerformer({
    store: { ask, report: { hasSafeStore: true } } as unknown as StoreClient,
    log: quietLog,
    clock: { now: () => 0 } as never,
    delivery: { sendDirect: async () => void seen.push('sent') } as never,
    numbers: {} as never,
    working: () => working,
    sessionId: () => uuidv7() as SessionId,
    isLineUp: () => isLineUp,
    hasAttention: () => Promise.resolve(false),
    matchOf: () => null,
    shown: async () => void seen.push('shown'),
    arrivalOf: () => Promise.resolve(null),
  });
  return { performer, seen };
}

test('[R5] what was refused goes once the server has its correction, and the screen shows it', async () => {
  const { performer, seen } = performerOver(() => true);
  await performer.perform(act, replaced);
  expect(seen).toEqual(['sent', 'outbox.discard', 'shown']);
});

test('[R9] a correction that the server has is done, whatever becomes of the row that it stands for', async () => {
  const { performer, seen } = performerOver(() => {
    throw new Error('The disk is full.');
  });
  const { ticketId } = await performer.perform(act, replaced);
  expect(ticketId).not.toBeNull();
  expect(seen.filter((step) => step === 'sent')).toHaveLength(1);
});

test('[CM1] [PT1] a turn that has passed to the video is not finished without the line, also of a service of the counter', async () => {
  const finish = { type: 'attention.finish', ticketId: uuidv7() } as unknown as Act;
  const holder = { agentId: ana, attentionId: uuidv7(), epoch: 1 };
  const header = { serviceId: caja, kind: 'virtual', state: 'attending', holder };
  const { performer, seen } = performerOver(() => true, { isLineUp: false, view: { header } });
  await expect(performer.perform(finish, [])).rejects.toMatchObject({ code: 'NEEDS_LINE' });
  expect(seen).toEqual(['desk.ticket']);
});
