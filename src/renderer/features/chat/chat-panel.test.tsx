import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fact } from '../../../bridge/contract.ts';
import type { ChatView, TicketView } from '../../../bridge/facts.ts';
import { sampleId } from '../../../domain/testing/sample-ids.ts';
import { AgentId, CommandId, MessageId } from '../../../protocol/ids.ts';
import { fakeClipboard, press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { ana, asesoria, at } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { work } from '../../testing/scenes.ts';

const FIELD = 'Mensaje para María Fernanda Ospina Gil';
const ticketId = tickets.attendingTicket.header.id;

type Line = ChatView['messages'][number];
function line(seq: number, text: string, more: Partial<Line['message']> = {}, isPending = false): Line {
  const message = {
    id: sampleId(MessageId, 9_000 + seq),
    ticketId,
    seq,
    from: 'guest' as const,
    agentId: null,
    agentName: null,
    text,
    sentAt: at(10, 39) + seq * 1_000,
    ...more,
  };
  return { message, isPending };
}
const own = { from: 'agent', agentId: ana, agentName: 'Ana Morales' } as const;
const video = (messages: Line[] = [], read: ChatView['read'] = { byAgent: 0, byGuest: 0 }): TicketView => ({
  ...tickets.attendingTicket,
  header: {
    ...tickets.attendingTicket.header,
    kind: 'virtual',
    serviceId: asesoria,
    turnCode: 'A-007',
    appointmentAt: null,
  },
  chat: { messages, read },
});
const refused = (text: string): Fact<'outbox.changed'> => ({
  pending: [],
  refused: [
    {
      id: sampleId(CommandId, 7_001),
      act: { type: 'message.send', ticketId, text },
      subject: { ticketId, turnCode: 'A-007', name: 'María' },
      at: at(10, 40),
      error: { code: 'UNKNOWN_OUTCOME', title: 'x', retryable: false, requestId: 'r' },
    },
  ],
});

let isSeen = true;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  isSeen = true;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => isSeen);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const open = (ticket: TicketView, more: Partial<Fact<'current.changed'>> = {}) =>
  renderDesk((fake) => {
    work(fake, { ticket });
    fake.tell('current.changed', facts.current(ticket, more));
  });
const bubbles = (): string[] =>
  [...screen.getByRole('log').querySelectorAll('li')].map((each) => each.textContent ?? '');

describe('the chat of a video at the desk', () => {
  test('[S2-46] shows who said what, when, and how far the own messages have come', async () => {
    const messages = [
      line(1, 'Le envío la foto'),
      line(2, 'Recibido', own),
      line(3, 'Lo anexo', own),
      line(4, 'Soy Eva', { ...own, agentId: sampleId(AgentId, 99), agentName: 'Eva Díaz' }),
      line(5, 'Un momento', own, true),
    ];
    await open(video(messages, { byAgent: 1, byGuest: 2 }));
    expect(bubbles()).toEqual([
      'Escribe una persona externa. Las direcciones no se abren desde aquí.',
      'María Fernanda Ospina Gil, persona externaLe envío la fotoExterno10:39',
      'UstedRecibido10:39',
      'UstedLo anexo10:39',
      'Eva DíazSoy Eva10:39',
      'UstedUn momento10:39',
    ]);
    const marks = screen.getAllByRole('img').map((each) => each.getAttribute('aria-label'));
    expect(marks.filter((label) => ['Leído', 'Enviado', 'Por enviar'].includes(label ?? ''))).toEqual([
      'Leído',
      'Enviado',
      'Enviado',
      'Por enviar',
    ]);
  });

  test('[S2-46] Enter sends and frees the field at once; Shift Enter and the Enter of a composition do not', async () => {
    const { fake } = await open(video());
    expect(screen.getByText('Aún no hay mensajes')).toBeDefined();
    const field = screen.getByRole('textbox', { name: FIELD });
    await act(async () => field.focus());
    await pressKey('Enter');
    await write(FIELD, 'Buenos días');
    await pressKey('Enter', { shiftKey: true });
    await act(async () => void fireEvent.keyDown(field, { key: 'Enter', isComposing: true }));
    expect(fake.seenOf('act')).toEqual([]);
    await pressKey('Enter');
    expect(fake.seenOf('act')).toEqual([{ type: 'message.send', ticketId, text: 'Buenos días' }]);
    expect(field).toHaveProperty('value', '');
  });

  test('[R3] [S2-46] what the desk does not take comes back into the field, with the reason', async () => {
    const { fake } = await open(video());
    fake.refuse('act', 'NEEDS_LINE');
    await write(FIELD, 'uno');
    await press('Enviar');
    expect(screen.getByRole('textbox', { name: FIELD })).toHaveProperty('value', 'uno');
    expect(screen.getByRole('alert').textContent).toContain('Requiere conexión');
  });

  test('[S2-46] without the line nothing is sent, what is written stays, and the field says so', async () => {
    const { fake, tell } = await open(video());
    await tell('line.changed', facts.lineDown);
    await write(FIELD, 'hola');
    await act(async () => screen.getByRole('textbox', { name: FIELD }).focus());
    await pressKey('Enter');
    expect(fake.seenOf('act')).toEqual([]);
    expect(screen.getByRole('textbox', { name: FIELD })).toHaveProperty('value', 'hola');
    expect(region('Atención').getByText(/^Sin conexión\. Lo que escriba queda aquí/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Enviar' }).getAttribute('aria-disabled')).toBe('true');
  });

  test('[S2-46] what was begun is kept by the desk, and is there in a window that opens later', async () => {
    const { fake, tick } = await open(video());
    await write(FIELD, 'Le cuento');
    await tick(300);
    const writing = { kind: 'message', text: 'Le cuento' } as const;
    expect(fake.seenOf('writing.save')).toEqual([{ ticketId, kind: 'message', writing }]);
    cleanup();
    await open(video(), { writings: [writing] });
    expect(screen.getByRole('textbox', { name: FIELD })).toHaveProperty('value', 'Le cuento');
  });

  test('[S2-46] what is seen is told, once it is seen: not behind another tab, another window or an older part of the talk', async () => {
    isSeen = false;
    const { fake, tell } = await open(video([line(1, 'uno')]));
    expect(fake.seenOf('messages.read')).toEqual([]);
    expect(screen.getByRole('tab', { name: 'Chat' }).textContent).toBe('Chat1');
    isSeen = true;
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect(fake.seenOf('messages.read')).toEqual([{ ticketId, upTo: 1 }]);
    await tell('current.changed', facts.current(video([line(1, 'uno')], { byAgent: 1, byGuest: 0 })));
    await press('Cronología', { role: 'tab' });
    await tell('current.changed', facts.current(video([line(1, 'uno'), line(2, 'dos')], { byAgent: 1, byGuest: 0 })));
    expect(fake.seenOf('messages.read')).toHaveLength(1);
    expect(screen.getByText('1 mensaje sin leer en el chat')).toBeDefined();
    await press('Chat', { role: 'tab' });
    expect(fake.seenOf('messages.read').at(-1)).toEqual({ ticketId, upTo: 2 });
  });

  test('[S2-46] whoever has scrolled up is left there, and told that there is more', async () => {
    vi.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(5_000);
    const { fake, tell } = await open(video([line(1, 'uno')], { byAgent: 1, byGuest: 0 }));
    const log = screen.getByRole('log');
    await act(async () => {
      log.scrollTop = 100;
      fireEvent.scroll(log);
    });
    await tell('current.changed', facts.current(video([line(1, 'uno'), line(2, 'dos')], { byAgent: 1, byGuest: 0 })));
    expect(log.scrollTop).toBe(100);
    expect(fake.seenOf('messages.read')).toEqual([]);
    await press('1 mensaje nuevo');
    expect(log.scrollTop).toBe(5_000);
    expect(fake.seenOf('messages.read')).toEqual([{ ticketId, upTo: 2 }]);
  });

  test('[R5] [S2-46] a message that was not sent stays where it was said, to be edited, sent again or copied', async () => {
    const copied = fakeClipboard();
    const { fake, tell } = await open(video([line(1, 'uno')], { byAgent: 1, byGuest: 0 }));
    fake.handle('outbox.replace', () => ({ ticketId, turnCode: null }));
    await tell('outbox.changed', refused('¿Me escucha?'));
    const log = region('Atención');
    expect(bubbles().at(-1)).toContain('No enviado La conexión se cortó antes de la respuesta.');
    await press('Copiar', { inside: log });
    expect(copied).toEqual(['¿Me escucha?']);
    await press('Reintentar', { inside: log });
    expect(fake.seenOf('outbox.retry')).toEqual([{ id: sampleId(CommandId, 7_001) }]);
    await press('Editar', { inside: log });
    expect(screen.getByRole('textbox', { name: FIELD })).toHaveProperty('value', '¿Me escucha?');
    await write(FIELD, '¿Me escucha bien?');
    await press('Enviar');
    expect(fake.seenOf('outbox.replace')).toEqual([
      { ids: [sampleId(CommandId, 7_001)], act: { type: 'message.send', ticketId, text: '¿Me escucha bien?' } },
    ]);
  });

  test('[R5] [S2-46] one that is part of what is being written is put beside it', async () => {
    const { tell } = await open(video());
    await write(FIELD, 'Anoto lo que falta');
    await tell('outbox.changed', refused('no'));
    await press('Editar', { inside: region('Atención') });
    expect(screen.getByRole('textbox', { name: FIELD })).toHaveProperty('value', 'Anoto lo que falta\nno');
  });

  test.each([
    '<img src=x onerror="window.hurt=1">',
    '<script>window.hurt=1</script>',
    'https://a.test/%22onclick=hurt',
    '\u202egnp.exe',
  ])('[T7] %s is only text in a message, and no link', async (payload) => {
    await open(video([line(1, payload), line(2, payload, { ...own, agentName: payload })]));
    const log = screen.getByRole('log');
    expect(log.querySelectorAll('a, img, script, iframe, style')).toHaveLength(0);
    expect(log.textContent).not.toContain('\u202e');
    expect(bubbles().filter((words) => words.includes(payload.replace('\u202e', ''))).length).toBeGreaterThan(1);
    expect((window as { hurt?: unknown }).hurt).toBeUndefined();
  });
});
