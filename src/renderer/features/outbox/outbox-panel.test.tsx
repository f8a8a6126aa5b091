import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Act } from '../../../bridge/act.ts';
import type { OutboxFact } from '../../../bridge/facts.ts';
import { sampleId } from '../../../domain/testing/sample-ids.ts';
import { CommandId } from '../../../protocol/ids.ts';
import { errorBody } from '../../testing/fake-desk.ts';
import { fakeClipboard, press, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as office from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { scenes, work } from '../../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const ticketId = tickets.attendingTicket.header.id;
const refusedNote = facts.fullOutbox.refused[0]!;
const refusal = (act: Act, more: Partial<OutboxFact['refused'][number]> = {}): OutboxFact => ({
  pending: [],
  refused: [
    {
      id: sampleId(CommandId, 91),
      at: office.NOW,
      subject: { ticketId, turnCode: 'R-034', name: null },
      act,
      error: errorBody('STALE_EPOCH'),
      ...more,
    },
  ],
});
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Nota del tiquete' });

describe('Pendientes de enviar', () => {
  test('[R5] what was refused comes to the screen by itself, in region No enviado, with its reason in words', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    expect(screen.queryByRole('region', { name: 'No enviado' })).toBeNull();
    await tell('outbox.changed', facts.fullOutbox);
    const refused = region('No enviado');
    expect(refused.getByText('Nota R-034')).toBeDefined();
    expect(refused.getByText('“Apague el equipo 30 segundos y enciéndalo.”')).toBeDefined();
    expect(refused.getByText('No se encontró, o no está a su alcance.')).toBeDefined();
    expect(screen.getByText('1 no enviado')).toBeDefined();
  });

  test('[R3] what will go by itself is listed in words', async () => {
    await renderDesk(scenes.offline!);
    await press('4 pendientes: Pendientes de enviar');
    const panel = region('Cliente');
    for (const text of ['Finalizar ticket C-053', 'Nota C-053', '“Paga con tarjeta; se imprime recibo.”']) {
      expect(panel.getByText(text)).toBeDefined();
    }
    expect(panel.getByText('Teléfono: +57 312 555 0119')).toBeDefined();
    expect(panel.getByText('Almorzando')).toBeDefined();
    expect(panel.getByText(/Se enviarán al volver la conexión/)).toBeDefined();
  });

  test('it waits until the agent has stopped writing in column 3', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    const phone = screen.getByRole('textbox', { name: 'Teléfono' });
    act(() => phone.focus());
    await tell('outbox.changed', facts.fullOutbox);
    expect(document.activeElement).toBe(phone);
    expect(screen.queryByRole('region', { name: 'No enviado' })).toBeNull();
    await act(async () => note().focus());
    expect(screen.getByRole('region', { name: 'No enviado' })).toBeDefined();
  });

  test('the foot opens and closes it; with nothing to send it says so', async () => {
    await renderDesk(scenes.idle!);
    await press('0 pendientes: Pendientes de enviar');
    expect(region('Cliente').getByText('Nada pendiente')).toBeDefined();
    await press('Cerrar', { inside: region('Cliente') });
    expect(region('Cliente').getByText('Mi puesto')).toBeDefined();
  });

  test('[R5] Reintentar sends it again; without the line it waits', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', facts.fullOutbox);
    await press('Reintentar');
    expect(fake.seenOf('outbox.retry')).toEqual([{ id: refusedNote.id }]);
    await tell('line.changed', facts.lineDown);
    expect(region('No enviado').getByRole('button', { name: 'Reintentar' }).getAttribute('aria-disabled')).toBe('true');
  });

  test('[R5] Copiar gives what was written', async () => {
    const written = fakeClipboard();
    const { tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', facts.fullOutbox);
    await press('Copiar');
    expect(written).toEqual(['Apague el equipo 30 segundos y enciéndalo.']);
  });

  test('[R5] Descartar asks first, showing what would be lost', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', facts.fullOutbox);
    await press('Descartar');
    const dialog = within(screen.getByRole('dialog', { name: 'Descartar lo que no se envió' }));
    expect(dialog.getByText('“Apague el equipo 30 segundos y enciéndalo.”')).toBeDefined();
    expect(fake.seenOf('outbox.discard')).toEqual([]);
    await press('Descartar', { inside: dialog });
    expect(fake.seenOf('outbox.discard')).toEqual([{ id: refusedNote.id }]);
  });
});

describe('Editar', () => {
  test('[R5] a note goes back into its field, after what is there', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await write('Nota del tiquete', 'Ya escrito.');
    await tell('outbox.changed', facts.fullOutbox);
    await press('Editar');
    expect(note().value).toBe('Ya escrito.\nApague el equipo 30 segundos y enciéndalo.');
    await press('Editar');
    expect(note().value).toBe('Ya escrito.\nApague el equipo 30 segundos y enciéndalo.');
  });

  test('[R5] a note that another word holds is not taken for one that is there already', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await write('Nota del tiquete', 'Otra nota del cliente');
    await tell('outbox.changed', refusal({ type: 'note.add', ticketId, text: 'no' }));
    await press('Editar');
    expect(note().value).toBe('Otra nota del cliente\nno');
  });

  test('[R5] words that a window closed meanwhile has left in the draft are not written twice', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await write('Nota del tiquete', 'Antes\ndos\nlíneas\nDespués');
    await tell('outbox.changed', refusal({ type: 'note.add', ticketId, text: 'dos\nlíneas' }));
    await press('Editar');
    expect(note().value).toBe('Antes\ndos\nlíneas\nDespués');
  });

  test('[R5] what is corrected stays in No enviado, and goes with what is sent in its place', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', facts.fullOutbox);
    await press('Editar');
    expect(fake.seen.filter(({ name }) => name.startsWith('outbox.'))).toEqual([]);
    const refused = region('No enviado');
    expect(refused.getByText('En corrección: queda aquí hasta que envíe lo corregido.')).toBeDefined();
    expect(refused.queryByRole('button', { name: 'Reintentar' })).toBeNull();
    fake.handle('outbox.replace', () => ({ ticketId, turnCode: 'R-034' }));
    await write('Nota del tiquete', 'Apague el módem.');
    await press('Agregar nota');
    const act: Act = { type: 'note.add', ticketId, text: 'Apague el módem.' };
    expect(fake.seenOf('outbox.replace')).toEqual([{ ids: [refusedNote.id], act }]);
    expect(fake.seenOf('act')).toEqual([]);
    expect(note().value).toBe('');
    await write('Nota del tiquete', 'Otra cosa.');
    await press('Agregar nota');
    expect(fake.seenOf('act')).toEqual([{ type: 'note.add', ticketId, text: 'Otra cosa.' }]);
  });

  test('[R5] a correction that the desk cannot keep leaves both where they are, to be sent again', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', facts.fullOutbox);
    await press('Editar');
    fake.refuse('outbox.replace', 'DISK_FULL');
    await press('Agregar nota');
    expect(note().value).toBe('Apague el equipo 30 segundos y enciéndalo.');
    fake.handle('outbox.replace', () => ({ ticketId, turnCode: 'R-034' }));
    await press('Agregar nota');
    expect(fake.seenOf('outbox.replace').map(({ ids }) => ids)).toEqual([[refusedNote.id], [refusedNote.id]]);
  });

  test('[R5] whoever deletes the words instead of correcting them has them in No enviado still', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', facts.fullOutbox);
    await press('Editar');
    await write('Nota del tiquete', '');
    expect(region('No enviado').getByRole('button', { name: 'Reintentar' })).toBeDefined();
    await write('Nota del tiquete', 'Otra cosa.');
    await press('Agregar nota');
    expect(fake.seenOf('outbox.replace')).toEqual([]);
    expect(fake.seenOf('act')).toHaveLength(1);
  });

  test('[R5] a note of a ticket that is not in hand opens that ticket with it', async () => {
    const { fake, tell } = await renderDesk((desk) => work(desk, {}));
    const other = facts.handled.tickets[0]!.id;
    const act: Act = { type: 'note.add', ticketId: other, text: 'tarde' };
    await tell('outbox.changed', refusal(act));
    await press('Editar');
    expect(fake.seenOf('ticket.open')).toEqual([{ ticketId: other }]);
    expect(note().value).toBe('tarde');
  });

  test('[R5] a contact edit goes back into its fields, with the reason at the field', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    const act: Act = {
      type: 'contact.edit',
      ticketId,
      contactId: tickets.contact.id,
      changes: { phone: { from: null, to: '12' } },
    };
    await tell('outbox.changed', refusal(act, { error: errorBody('INVALID_PHONE', { field: 'phone' }) }));
    await press('Editar');
    const phone = screen.getByRole<HTMLInputElement>('textbox', { name: 'Teléfono' });
    expect(phone.value).toBe('12');
    expect(phone.getAttribute('aria-invalid')).toBe('true');
    await write('Teléfono', '+57 312 555 0119');
    expect(screen.getByRole('textbox', { name: 'Teléfono' }).getAttribute('aria-invalid')).not.toBe('true');
    fake.handle('outbox.replace', () => ({ ticketId, turnCode: 'R-034' }));
    await press('Guardar');
    expect(fake.seenOf('outbox.replace')).toMatchObject([
      { ids: [sampleId(CommandId, 91)], act: { type: 'contact.edit', changes: { phone: { to: '+57 312 555 0119' } } } },
    ]);
  });

  test('[R5] an Atender ahora opens its dialog as it was filled', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    const act: Act = {
      type: 'ticket.attendNow',
      serviceId: office.reclamos,
      customer: { type: 'new', contact: { firstName: 'Lucía' } },
    };
    await tell('outbox.changed', refusal(act));
    await press('Editar');
    const dialog = within(screen.getByRole('dialog', { name: 'Atender ahora' }));
    expect(dialog.getByRole('combobox', { name: 'Servicio' }).textContent).toContain('Reclamos');
    expect(dialog.getByRole<HTMLInputElement>('textbox', { name: 'Nombre' }).value).toBe('Lucía');
    fake.handle('outbox.replace', () => ({ ticketId, turnCode: 'R-035' }));
    await press('Atender ahora', { inside: dialog });
    expect(fake.seenOf('outbox.replace')).toMatchObject([{ ids: [sampleId(CommandId, 91)], act }]);
  });

  test('[R5] a new contact goes back into its form', async () => {
    const { tell } = await renderDesk(scenes['attending-no-contact']!);
    const act: Act = { type: 'contact.link', ticketId, customer: { type: 'new', contact: { firstName: 'Lucía' } } };
    await tell('outbox.changed', refusal(act));
    await press('Editar');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Nombre' }).value).toBe('Lucía');
  });

  test('what has nothing written has no Editar', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', refusal({ type: 'attention.finish', ticketId }));
    expect(region('No enviado').queryByRole('button', { name: 'Editar' })).toBeNull();
  });
});
