import { expect, test } from 'vitest';
import type { Presence } from '../../protocol/change.ts';
import type { AttentionId } from '../../protocol/ids.ts';
import { ana, branch, idOf, luis, moduleTwo } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest({ isWorking: true });

const attentionId = idOf<AttentionId>('9', 1);
const luisAttends = () =>
  desk.server.addTicket(1, {
    state: 'attending',
    epoch: 1,
    attendingSince: 5_000,
    holder: { agentId: luis, agentName: 'Luis Paz', moduleId: moduleTwo, attentionId, epoch: 1 },
  });
const sayPresence = (silentSince: Presence['silentSince']) =>
  desk.server.say(`branch:${branch}`, {
    type: 'presence.put',
    presence: { branchId: branch, agentId: luis, agentName: 'Luis Paz', moduleId: moduleTwo, silentSince },
  });

test('[S2-01] [R17] what others hold, and whose desk goes silent, comes to the window by fact and by window', async () => {
  const { turnCode } = luisAttends();
  sayPresence(null);
  await desk.window.until('held.changed', ({ count, silent }) => count === 1 && silent === 0);
  sayPresence(9_000);
  const { version } = await desk.window.until('held.changed', ({ silent }) => silent === 1);
  expect(await desk.window.call('held.window', { from: 0, to: 50 })).toMatchObject({
    version,
    rows: [{ header: { turnCode }, since: 5_000, moduleName: 'Módulo 2', silentSince: 9_000 }],
  });
});

test('[R17] to free a ticket needs the line, and names the attention that was seen', async () => {
  const { id } = luisAttends();
  await desk.window.until('held.changed', ({ count }) => count === 1);
  const free = { type: 'ticket.free', ticketId: id, attentionId, reason: 'No responde' } as const;
  // The double refuses who does not supervise, as the server does.
  await expect(desk.window.call('act', free)).rejects.toMatchObject({ body: { code: 'FORBIDDEN' } });
  expect(desk.server.delivered.at(-1)).toMatchObject({ authorId: ana, body: free });
  await desk.goOffline();
  await expect(desk.window.call('act', free)).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});
