import { expect, test } from 'vitest';
import type { ChatView } from '../../bridge/facts.ts';
import type { TicketId } from '../../protocol/ids.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest({ isWorking: true });

const send = (ticketId: TicketId, text: string) => desk.window.call('act', { type: 'message.send', ticketId, text });
const chatWith = (isIt: (chat: ChatView) => boolean) =>
  desk.window.until('current.changed', ({ ticket }) => ticket?.chat !== undefined && isIt(ticket.chat));
const texts = ({ messages }: ChatView): string[] => messages.map(({ message }) => message.text);

test('[S2-46] [R3] messages go in the order of writing, and lose their mark when the server has them', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  await Promise.all(['uno', 'dos', 'tres'].map((text) => send(ticketId, text)));
  const { ticket } = await chatWith(
    (chat) => chat.messages.length === 3 && chat.messages.every(({ isPending }) => !isPending),
  );
  expect(texts(ticket!.chat!)).toEqual(['uno', 'dos', 'tres']);
  expect(desk.onDisk()).not.toContain('dos');
});

test('[S2-46] [CH2] without the line a message is refused at once, and nothing of it waits', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  await desk.goOffline();
  await expect(send(ticketId, 'tarde')).rejects.toThrow('NEEDS_LINE');
  expect(desk.window.latest('outbox.changed')?.pending).toEqual([]);
});

test('[S2-46] [R9] [CH2] a message without an answer when the line is lost is the agent’s to send again, and is there once', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  const hold = Promise.withResolvers<void>();
  desk.server.faults.holdDeliveries = hold.promise;
  await send(ticketId, '¿Me escucha?');
  await desk.goOffline();
  const { refused } = await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1);
  expect(refused[0]).toMatchObject({ act: { text: '¿Me escucha?' }, error: { code: 'UNKNOWN_OUTCOME' } });
  desk.server.faults.holdDeliveries = null;
  desk.server.restore();
  await desk.line('up');
  await desk.window.call('outbox.retry', { id: refused[0]!.id });
  // What had left before the cut comes through as well.
  hold.resolve();
  const { ticket } = await chatWith(
    ({ messages }) => messages.length === 1 && messages.every(({ isPending }) => !isPending),
  );
  await desk.allSent();
  expect(texts(ticket!.chat!)).toEqual(['¿Me escucha?']);
  expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
});

test('[S2-46] [CH2] a message that was given up for lost, and had reached the server, is no longer among what was refused', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  const hold = Promise.withResolvers<void>();
  const { faults } = desk.server;
  // It is done, and neither its answer nor its change comes back.
  faults.isSilent = true;
  faults.answersToLose = 1;
  const done = desk.server.nextDelivery(({ body }) => body.type === 'message.send');
  await send(ticketId, 'Sí llegó');
  await done;
  faults.holdDeliveries = hold.promise;
  await desk.goOffline();
  await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1);
  faults.isSilent = false;
  desk.server.restore();
  await desk.window.until('outbox.changed', (fact) => fact.refused.length === 0);
  hold.resolve();
  const { ticket } = await chatWith(({ messages }) => messages.length === 1);
  expect(texts(ticket!.chat!)).toEqual(['Sí llegó']);
});

test('[S2-46] [R5] a message that the server refuses lies in "No enviado" with its reason, and the next ones go', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  desk.server.faults.refuse = ({ body }) =>
    body.type === 'message.send' && body.text === 'mala' ? 'STALE_EPOCH' : null;
  await Promise.all(['mala', 'buena'].map((text) => send(ticketId, text)));
  const { ticket } = await chatWith(({ messages }) => messages.some(({ isPending }) => !isPending));
  expect(texts(ticket!.chat!)).toContain('buena');
  const { refused } = await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1);
  expect(refused[0]).toMatchObject({ act: { text: 'mala' }, error: { code: 'STALE_EPOCH' } });
});

test('[S2-46] a message that was begun is sealed, and is there after a crash', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  const writing = { kind: 'message', text: 'Le cuento que' } as const;
  await desk.window.call('writing.save', { ticketId, kind: 'message', writing });
  await desk.window.until('current.changed', ({ writings }) => writings.some(({ text }) => text === 'Le cuento que'));
  expect(desk.onDisk()).not.toContain('Le cuento que');
});
