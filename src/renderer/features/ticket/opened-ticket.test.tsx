import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, region, renderDesk } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as office from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes } from '../../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const carmen = tickets.waitingRows[1]!.header;

async function openCarmens(scene = scenes.idle!) {
  const desk = await renderDesk(scene);
  const rows = within(screen.getByRole('list', { name: 'Turnos en espera' })).getAllByRole('listitem');
  await act(async () => rows.find(({ textContent }) => textContent?.includes('C-052'))?.click());
  return desk;
}

describe('a ticket opened from the line', () => {
  test('[S2-21] [S4-06] shows its facts, why it stands there, and its timeline', async () => {
    await openCarmens();
    const column = region('Atención');
    expect(column.getByText('Esperando')).toBeDefined();
    expect(column.getByText('Número').parentElement?.textContent).toContain('41.252');
    expect(column.getByText('Prioridad').parentElement?.textContent).toContain('Preferente');
    expect(column.getByText(/servicio principal; atención preferente; espera 18 min/)).toBeDefined();
    expect(
      within(column.getByRole('list', { name: 'Cronología' })).getByText('Turno tomado en el quiosco'),
    ).toBeDefined();
  });

  test('[S2-22] Reencolar ticket asks once more, then does it and goes back', async () => {
    const { fake } = await openCarmens();
    await press('Reencolar ticket');
    expect(fake.seenOf('act')).toEqual([]);
    await press('Reencolar ticket C-052', { inside: within(screen.getByRole('dialog')) });
    expect(lastAct(fake)).toEqual({ type: 'ticket.requeue', ticketId: carmen.id });
    expect(region('Atención').getByText('Siguiente en la fila')).toBeDefined();
  });

  test('[S2-23] Cancelar ticket asks once more; the safe answer has the focus', async () => {
    const { fake } = await openCarmens();
    await press('Cancelar ticket');
    const dialog = within(screen.getByRole('dialog', { name: 'Cancelar ticket C-052' }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Conservar el ticket'));
    await press('Cancelar ticket C-052', { inside: dialog });
    expect(lastAct(fake)).toEqual({ type: 'ticket.cancel', ticketId: carmen.id });
  });

  test('[R1] a refusal stays in the dialog', async () => {
    const { fake } = await openCarmens();
    fake.refuse('act', 'WRONG_STATE');
    await press('Cancelar ticket');
    await press('Cancelar ticket C-052', { inside: within(screen.getByRole('dialog')) });
    expect(within(screen.getByRole('dialog')).getByRole('alert').textContent).toContain('ya no admite esta acción');
  });

  test('[S2-13] Atender and Transferir stand there only with Atención manual', async () => {
    await openCarmens();
    expect(region('Atención').queryByRole('button', { name: 'Atender' })).toBeNull();
    cleanup();
    const { fake } = await openCarmens(scenes['idle-manual']);
    await press('Atender', { inside: region('Atención') });
    expect(lastAct(fake)).toEqual({ type: 'ticket.call', ticketId: carmen.id });
  });

  test('[T11] the customer of somebody else can be read, not edited', async () => {
    await openCarmens();
    const column = region('Cliente');
    expect(column.getByRole<HTMLInputElement>('textbox', { name: 'Nombre' }).readOnly).toBe(true);
    expect(column.queryByRole('button', { name: 'Guardar' })).toBeNull();
  });

  test('a ticket that cannot be opened says why, with its code, and can be tried again', async () => {
    const desk = await renderDesk(scenes.idle!);
    desk.fake.refuse('ticket.open', 'NEEDS_LINE');
    const rows = within(screen.getByRole('list', { name: 'Turnos en espera' })).getAllByRole('listitem');
    await act(async () => rows[1]?.click());
    const error = region('Atención').getByRole('alert');
    expect(error.textContent).toContain('Requiere conexión.');
    expect(error.textContent).toContain('NEEDS_LINE');
    const { handled } = facts;
    desk.fake.handle('ticket.open', () => ({
      header: handled.tickets[0]!,
      reasons: [],
      contact: null,
      topicIds: [],
      timeline: null,
      files: null,
      pendingFields: [],
      isPending: false,
    }));
    const before = desk.fake.seenOf('ticket.open').length;
    await press('Reintentar');
    expect(desk.fake.seenOf('ticket.open').length).toBe(before + 1);
  });

  test('[S2-21] what was called since its line was last in view is shown as it was opened', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    await press('Atendiendo', { role: 'tab' });
    await press('En atención', { role: 'tab' });
    const { holder } = tickets.heldRows[1]!.header;
    fake.handle('ticket.open', () => ({
      header: { ...carmen, state: 'calling', holder, epoch: 1 },
      reasons: [],
      contact: null,
      topicIds: [],
      timeline: null,
      files: null,
      pendingFields: [],
      isPending: false,
    }));
    const called = { ...tickets.heldRows[1]!, header: { ...carmen, state: 'calling' as const, holder, epoch: 1 } };
    fake.handle('held.window', () => ({ version: 2, rows: [called] }));
    await act(async () => fake.tell('held.changed', facts.held([called], 2)));
    await act(async () =>
      within(screen.getByRole('list', { name: 'En atención' }))
        .getByRole('listitem')
        .click(),
    );
    expect(region('Atención').getByText('Llamando')).toBeDefined();
    expect(region('Atención').queryByRole('button', { name: 'Cancelar ticket' })).toBeNull();
  });

  test('[S2-21] it is asked for again when it has left the line, and not for every other change', async () => {
    const { fake, tell } = await openCarmens();
    expect(fake.seenOf('ticket.open')).toHaveLength(1);
    await tell('waiting.changed', { ...facts.waiting(), version: 2 });
    expect(fake.seenOf('ticket.open')).toHaveLength(1);
    const left = tickets.waitingRows.filter(({ header }) => header.id !== carmen.id);
    fake.handle('waiting.window', ({ from, to }) => ({ version: 3, rows: left.slice(from, to) }));
    fake.handle('ticket.open', () => ({
      header: { ...carmen, state: 'closed', outcome: 'cancelled', closedAt: office.NOW },
      reasons: [],
      contact: null,
      topicIds: [],
      timeline: null,
      files: null,
      pendingFields: [],
      isPending: false,
    }));
    await tell('waiting.changed', { ...facts.waiting(left), version: 3 });
    expect(fake.seenOf('ticket.open')).toHaveLength(2);
    expect(region('Atención').getByText('Cancelado')).toBeDefined();
    expect(region('Atención').queryByRole('button', { name: 'Cancelar ticket' })).toBeNull();
    expect(region('Atención').getByText('La cronología no está en este equipo')).toBeDefined();
  });

  test('[T11] rows that scroll out of view and back are no reason to look again; another holder is, and a list without it', async () => {
    const { fake, store, tell } = await renderDesk(scenes.idle!);
    const row = tickets.heldRows[0]!;
    const passed = {
      ...row,
      header: { ...row.header, holder: tickets.heldRows[1]!.header.holder, epoch: row.header.epoch + 1 },
    };
    const answerWith = ({ header }: typeof row) =>
      fake.handle('ticket.open', () => ({
        header,
        reasons: [],
        contact: null,
        topicIds: [],
        timeline: null,
        files: null,
        pendingFields: [],
        isPending: false,
      }));
    const show = (version: number, from: number, rows: (typeof row)[]) =>
      act(async () => store.getState().heldWindowLoaded({ version, from, rows }));
    answerWith(row);
    await tell('held.changed', { version: 1, count: 60, silent: 0 });
    await act(async () => store.getState().openTicket(row.header.id));
    await show(1, 0, [row]);
    await show(1, 30, []);
    await show(1, 0, [row]);
    expect(fake.seenOf('ticket.open')).toHaveLength(1);
    answerWith(passed);
    await tell('held.changed', { version: 2, count: 60, silent: 0 });
    expect(fake.seenOf('ticket.open')).toHaveLength(1);
    await show(2, 0, [passed]);
    await show(2, 30, []);
    expect(fake.seenOf('ticket.open')).toHaveLength(2);
    await tell('held.changed', { version: 3, count: 0, silent: 0 });
    await show(3, 0, []);
    expect(fake.seenOf('ticket.open')).toHaveLength(3);
  });
});
