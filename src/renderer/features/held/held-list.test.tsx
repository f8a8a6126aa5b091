import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { at, supervisor } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes, work } from '../../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const [silentRow, callingRow, ownRow] = tickets.heldRows;
const showTab = (name: string) => press(name, { role: 'tab' });
const list = () => within(screen.getByRole('list', { name: 'En atención' }));
const row = (code: string): HTMLElement => {
  const found = list()
    .getAllByRole('listitem')
    .find(({ textContent }) => textContent?.includes(code));
  if (!found) throw new Error(`${code} is not in the list`);
  return found;
};
const dialog = () => within(screen.getByRole('dialog', { name: 'Liberar C-048' }));

async function supervise() {
  const rendered = await renderDesk(scenes.supervising!);
  await showTab('Atendiendo');
  return rendered;
}

async function openDialog() {
  const rendered = await supervise();
  act(() => within(row('C-048')).getByRole('button', { name: 'Liberar' }).focus());
  await press('Liberar', { inside: within(row('C-048')) });
  return rendered;
}

describe('En atención', () => {
  test('[S2-01] every agent sees who attends whom in the branch, where and for how long', async () => {
    await renderDesk(scenes.idle!);
    await showTab('Atendiendo');
    expect(screen.getByRole('tab', { name: 'Mis tickets' }).getAttribute('aria-selected')).toBe('true');
    await showTab('En atención');
    for (const text of ['Hernán Villamizar', 'C-048', 'Caja', 'Camila Torres · Módulo 1', '28 min']) {
      expect(row('C-048').textContent).toContain(text);
    }
    for (const text of ['Sin nombre', 'Reclamos', 'Luis Paredes · Módulo 3', 'Llamando']) {
      expect(row('R-036').textContent).toContain(text);
    }
    expect(row('C-050').textContent).toContain('Atendiendo');
    expect(screen.getByRole('tab', { name: 'En atención' }).textContent).toContain('3');
  });

  test('[R17] a silent desk is said in words, in its row and for the list', async () => {
    const { tell, fake } = await supervise();
    expect(row('C-048').textContent).toContain('Sin conexión desde 10:42');
    expect(row('R-036').textContent).not.toContain('Sin conexión');
    expect(region('Tickets').getByText('1 sin conexión')).toBeDefined();
    const rows = tickets.heldRows.map((one) => ({ ...one, silentSince: at(-3) }));
    fake.handle('held.window', () => ({ version: 2, rows }));
    await tell('held.changed', facts.held(rows, 2));
    expect(row('C-050').textContent).toContain('Sin conexión desde ayer 21:00');
    expect(region('Tickets').getByText('3 sin conexión')).toBeDefined();
  });

  test('[R19] of a long list only the rows in view are asked for and mounted', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => ({
      ...silentRow!,
      header: { ...silentRow!.header, id: tickets.header(index + 1).id },
    }));
    const { fake } = await renderDesk((desk) => {
      work(desk, { supervises: true });
      desk.handle('held.window', ({ from, to }) => ({ version: 1, rows: rows.slice(from, to) }));
      desk.tell('held.changed', facts.held(rows));
    });
    await showTab('Atendiendo');
    const asked = fake.seenOf('held.window');
    expect(asked.length).toBeGreaterThan(0);
    for (const { from, to } of asked) expect(to - from).toBeLessThan(60);
    expect(list().getAllByRole('listitem').length).toBeLessThan(60);
  });

  test('[S2-01] a row opens its ticket', async () => {
    const { fake } = await supervise();
    await act(async () => row('R-036').click());
    expect(fake.seenOf('ticket.open')).toEqual([{ ticketId: callingRow!.header.id }]);
  });

  test('[S2-01] a ticket opened from the list is asked for again when it changed hands', async () => {
    const { fake, tell } = await supervise();
    await act(async () => row('R-036').click());
    await tell('held.changed', facts.held(tickets.heldRows, 2));
    expect(fake.seenOf('ticket.open')).toHaveLength(1);
    const rows = [silentRow!, ownRow!];
    fake.handle('held.window', () => ({ version: 3, rows }));
    await tell('held.changed', facts.held(rows, 3));
    expect(fake.seenOf('ticket.open')).toHaveLength(2);
  });

  test('an empty list says what will fill it', async () => {
    const { tell } = await supervise();
    await tell('held.changed', facts.held([], 2));
    expect(region('Tickets').getByText('Nadie en atención')).toBeDefined();
  });

  test('[T12] Liberar is for who supervises, on what others hold', async () => {
    const { fake, tell } = await supervise();
    expect(list().getAllByRole('button', { name: 'Liberar' })).toHaveLength(3);
    const own = { ...ownRow!, header: { ...ownRow!.header, holder: { ...ownRow!.header.holder } } };
    own.header.holder.agentId = supervisor.id;
    fake.handle('held.window', () => ({ version: 2, rows: [silentRow!, own] }));
    await tell('held.changed', facts.held([silentRow!, own], 2));
    expect(list().getAllByRole('button', { name: 'Liberar' })).toHaveLength(1);
    expect(within(row('C-050')).queryByRole('button')).toBeNull();
    cleanup();
    await renderDesk(scenes.idle!);
    await showTab('Atendiendo');
    await showTab('En atención');
    expect(list().queryByRole('button', { name: 'Liberar' })).toBeNull();
  });

  test('[R17] without the line nobody can be freed, and the button says why', async () => {
    const { tell } = await supervise();
    await tell('line.changed', facts.lineDown);
    const button = within(row('C-048')).getByRole('button', { name: 'Liberar' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await press('Liberar', { inside: within(row('C-048')) });
    expect(screen.queryByRole('dialog')).toBeNull();
    act(() => button.focus());
    await pressKey('Tab');
    expect(region('Tickets').getByText('Sin conexión desde 10:42')).toBeDefined();
  });
});

describe('Liberar', () => {
  test('[R17] says what it means before it is done, and names the holder', async () => {
    await openDialog();
    const words = screen.getByRole('dialog', { name: 'Liberar C-048' }).textContent ?? '';
    for (const said of [
      'El equipo de Camila Torres está sin conexión desde 10:42.',
      'vuelve a su lugar en la fila',
      'Se conserva lo que Camila Torres escriba',
      'ese resultado no cierra el tiquete',
    ]) {
      expect(words).toContain(said);
    }
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Motivo' }));
  });

  test('says so when the desk comes back while the dialog is open', async () => {
    const { fake, tell } = await openDialog();
    const rows = [{ ...silentRow!, silentSince: null }];
    fake.handle('held.window', () => ({ version: 2, rows }));
    await tell('held.changed', facts.held(rows, 2));
    expect(dialog().getByText('El equipo de Camila Torres tiene conexión y la atención sigue en curso.')).toBeDefined();
  });

  test('[R17] names the attention and the reason; done, it closes and says the code', async () => {
    const { fake } = await openDialog();
    await press('Liberar C-048');
    expect(fake.seenOf('act')).toEqual([]);
    expect(dialog().getByText('Escriba el motivo.')).toBeDefined();
    await write('Motivo', '  El equipo no responde ');
    await press('Liberar C-048');
    expect(lastAct(fake)).toEqual({
      type: 'ticket.free',
      ticketId: silentRow!.header.id,
      attentionId: silentRow!.header.holder.attentionId,
      reason: 'El equipo no responde',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Tiquete C-048 liberado: volvió a su lugar en la fila.')).toBeDefined();
  });

  test('[R9] a double press frees once', async () => {
    const { fake } = await openDialog();
    fake.handle('act', () => new Promise(() => {}));
    await write('Motivo', 'No responde');
    await press('Liberar C-048');
    await press('Liberar C-048');
    expect(fake.seenOf('act')).toHaveLength(1);
  });

  test('[R17] a refusal is said in place, and what was written stays', async () => {
    const { fake } = await openDialog();
    await write('Motivo', 'No responde');
    fake.refuse('act', 'STALE_EPOCH');
    await press('Liberar C-048');
    expect(dialog().getByRole('alert').textContent).toContain('Camila Torres ya no tiene este tiquete');
    fake.refuse('act', 'FORBIDDEN');
    await press('Liberar C-048');
    expect(dialog().getByRole('alert').textContent).not.toContain('ya no tiene este tiquete');
    expect(dialog().getByRole('textbox', { name: 'Motivo' })).toHaveProperty('value', 'No responde');
  });

  test('[R17] when the line goes while it is open it cannot be confirmed', async () => {
    const { fake, tell } = await openDialog();
    await write('Motivo', 'No responde');
    await tell('line.changed', facts.lineDown);
    await press('Liberar C-048');
    expect(fake.seenOf('act')).toEqual([]);
    expect(dialog().getByRole('button', { name: 'Liberar C-048' }).getAttribute('aria-disabled')).toBe('true');
  });

  test('Esc leaves everything as it was and gives the focus back', async () => {
    const { fake } = await openDialog();
    await vi.waitFor(() => expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true));
    await pressKey('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fake.seenOf('act')).toEqual([]);
    await vi.waitFor(() =>
      expect(document.activeElement).toBe(within(row('C-048')).getByRole('button', { name: 'Liberar' })),
    );
  });

  test('[S2-01] when its row is gone by then the keyboard stays in the list', async () => {
    const { fake, tell } = await openDialog();
    await write('Motivo', 'No responde');
    const rows = [callingRow!];
    fake.handle('held.window', () => ({ version: 2, rows }));
    fake.handle('act', () => {
      fake.tell('held.changed', facts.held(rows, 2));
      return { ticketId: silentRow!.header.id, turnCode: 'C-048' };
    });
    await press('Liberar C-048');
    await tell('line.changed', facts.lineUp);
    await vi.waitFor(() =>
      expect(screen.getByRole('list', { name: 'En atención' }).contains(document.activeElement)).toBe(true),
    );
  });
});
