import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Fact } from '../../../bridge/contract.ts';
import { fakeClipboard, press, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes } from '../../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const closed = facts.handled.tickets[0]!;
const withDraft: Fact<'handled.changed'> = {
  ...facts.handled,
  drafts: [{ ticketId: closed.id, turnCode: closed.turnCode, text: 'A medias' }],
};

test('[S2-31] a note begun on a ticket that closed is offered between two customers, and added from there', async () => {
  const { fake, tell } = await renderDesk(scenes.idle!);
  expect(screen.queryByRole('region', { name: 'Notas sin agregar' })).toBeNull();
  await tell('handled.changed', withDraft);
  expect(region('Notas sin agregar').getByText('A medias')).toBeDefined();
  fake.handle('ticket.open', () => ({ ...tickets.attendingTicket, header: closed }));
  await press(`Abrir ${closed.turnCode}`);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Nota del tiquete' }).value).toBe('A medias');
  await press('Agregar nota');
  expect(lastAct(fake)).toEqual({ type: 'note.add', ticketId: closed.id, text: 'A medias' });
});

test('[S2-31] a note begun on a ticket that was freed or passed on is offered too, and its field stays while it is written', async () => {
  const { fake, tell } = await renderDesk(scenes.idle!);
  const { header } = tickets.waitingRows[1]!;
  const drafts = [{ ticketId: header.id, turnCode: header.turnCode, text: 'A medias' }];
  await tell('handled.changed', { tickets: [], drafts, writings: [] });
  await press(`Abrir ${header.turnCode}`, { inside: region('Notas sin agregar') });
  await write('Nota del tiquete', '');
  await write('Nota del tiquete', 'De nuevo');
  await press('Agregar nota');
  expect(lastAct(fake)).toEqual({ type: 'note.add', ticketId: header.id, text: 'De nuevo' });
});

test('[S2-31] of a ticket that is not on this desk any more, what was written can still be read', async () => {
  const { tell } = await renderDesk(scenes.idle!);
  const { id: ticketId } = tickets.waitingRows[1]!.header;
  await tell('handled.changed', {
    tickets: [],
    drafts: [{ ticketId, turnCode: null, text: 'A medias' }],
    writings: [],
  });
  const notes = region('Notas sin agregar');
  expect(notes.getByText('A medias')).toBeDefined();
  expect(notes.queryByRole('button')).toBeNull();
});

test('[S2-31] what the agent deletes is offered no more', async () => {
  const { fake, tell } = await renderDesk(scenes.idle!);
  await tell('handled.changed', withDraft);
  fake.handle('ticket.open', () => ({ ...tickets.attendingTicket, header: closed }));
  await press(`Abrir ${closed.turnCode}`);
  await write('Nota del tiquete', '');
  await press('Cerrar el tiquete');
  expect(screen.queryByRole('region', { name: 'Notas sin agregar' })).toBeNull();
});

test('[S2-31] a note that an earlier run of the desk kept is asked about before the ticket ends', async () => {
  const { fake, tell } = await renderDesk(scenes.attending!);
  await tell('current.changed', facts.current(tickets.attendingTicket, { draft: 'De antes del corte' }));
  await press('Finalizar ticket');
  expect(screen.getByRole('dialog').textContent).toContain('De antes del corte');
  expect(fake.seenOf('act')).toEqual([]);
});

test('[S2-46] [S2-41] a message and terms begun in a video that is over are there to be copied, or let go', async () => {
  const { fake, tell } = await renderDesk(scenes.idle!);
  const { id: ticketId } = tickets.waitingRows[1]!.header;
  const message = { kind: 'message', text: 'Le cuento que' } as const;
  const terms = { kind: 'terms', termsId: null, title: 'Cambio de plan', text: 'Acepto el cambio' } as const;
  const blank = { kind: 'terms', termsId: null, title: '', text: '' } as const;
  await tell('handled.changed', {
    tickets: [],
    drafts: [],
    writings: [
      { ticketId, turnCode: 'A-007', writing: message },
      { ticketId: closed.id, turnCode: 'A-008', writing: terms },
      { ticketId: tickets.waitingRows[0]!.header.id, turnCode: 'A-009', writing: blank },
    ],
  });
  const notes = region('Notas sin agregar');
  expect(notes.getAllByRole('listitem')).toHaveLength(2);
  const copied = fakeClipboard();
  const [first, second] = notes.getAllByRole('button', { name: 'Copiar' });
  await act(async () => first!.click());
  await act(async () => second!.click());
  expect(copied).toEqual(['Le cuento que', 'Cambio de plan\n\nAcepto el cambio']);
  await act(async () => notes.getAllByRole('button', { name: 'Descartar' })[0]!.click());
  expect(notes.queryByText(/Le cuento que/)).toBeNull();
  const deleted = [{ ticketId, kind: 'message', writing: null }];
  await vi.waitFor(() => expect(fake.seenOf('writing.save')).toEqual(deleted));
});
