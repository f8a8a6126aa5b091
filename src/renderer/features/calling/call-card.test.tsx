import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { NOW } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes } from '../../testing/scenes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const ticketId = tickets.callingTicket.header.id;
const attend = () => region('Atención').getByRole('button', { name: 'Atender' });

describe('Pantalla de llamada', () => {
  test('[S2-24] [S2-26] shows code, name, service, attempt and why', async () => {
    await renderDesk(scenes.calling!);
    const column = region('Atención');
    expect(column.getByText('R-034')).toBeDefined();
    expect(column.getByRole('heading', { name: 'María Fernanda Ospina Gil' })).toBeDefined();
    expect(column.getByText('en pantalla y por voz · llamado 1 de 3')).toBeDefined();
    expect(column.getByText('Reclamos', { selector: 'p', exact: false, ignore: 'li p' }).textContent).toContain(
      'Cita de las 10:30',
    );
    expect(column.getByText(/Por qué ahora:/).parentElement?.textContent).toContain('cita 10:30, 12 min tarde');
    expect(column.getByText('00:18')).toBeDefined();
  });

  test('[S2-24] Atender has the focus when a call arrives, begins the attention, and F2 does the same', async () => {
    const { fake } = await renderDesk(scenes.calling!);
    expect(document.activeElement).toBe(attend());
    await press('Atender', { inside: region('Atención') });
    expect(lastAct(fake)).toEqual({ type: 'attention.begin', ticketId });
    await pressKey('F2');
    expect(fake.seenOf('act')).toHaveLength(2);
  });

  test('[S2-25] a call never takes the keyboard from somebody who writes', async () => {
    const { tell } = await renderDesk(scenes.idle!);
    await press('Generar Ticket');
    await act(async () => fireEvent.click(screen.getByRole('radio', { name: 'Nuevo contacto' })));
    const name = screen.getByRole('textbox', { name: 'Nombre' });
    act(() => name.focus());
    await tell('current.changed', facts.current(tickets.callingTicket));
    expect(document.activeElement).toBe(name);
  });

  test('[S2-28] Llamar nuevamente counts down its pause, then calls; the countdown is no part of its name', async () => {
    const { fake, tick } = await renderDesk(scenes.calling!);
    const recall = () => region('Atención').getByRole('button', { name: 'Llamar nuevamente' });
    expect(recall().textContent).toContain('12 s');
    expect(recall().getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(recall());
    expect(fake.seenOf('act')).toEqual([]);
    await tick(12_000);
    expect(recall().getAttribute('aria-disabled')).not.toBe('true');
    await press('Llamar nuevamente');
    expect(lastAct(fake)).toEqual({ type: 'attention.recall', ticketId });
  });

  test('[S2-28] the next call is there at the very instant that the pause ends, between two seconds of the screen', async () => {
    const { tick, tell } = await renderDesk(scenes.calling!);
    const recall = () => region('Atención').getByRole('button', { name: 'Llamar nuevamente' });
    await tell('current.changed', facts.current(tickets.callingTicket, { recallFrom: NOW + 1_400 }));
    await tick(1_399);
    expect(recall().getAttribute('aria-disabled')).toBe('true');
    await tick(1);
    expect(recall().getAttribute('aria-disabled')).not.toBe('true');
  });

  test('[S2-28] when no call is left it says so', async () => {
    const { tell } = await renderDesk(scenes.calling!);
    await tell('current.changed', facts.current(tickets.callingTicket, { recallFrom: null }));
    const recall = region('Atención').getByRole('button', { name: 'Llamar nuevamente' });
    fireEvent.keyDown(document.body, { key: 'Tab' });
    act(() => recall.focus());
    expect(screen.getByRole('tooltip').textContent).toBe('Ya se llamó 3 veces');
  });

  test('[S2-35] No se presenta offers Cancelar ticket and Reencolar ticket', async () => {
    const { fake } = await renderDesk(scenes.calling!);
    await press('No se presenta');
    await press('Cancelar ticket', { role: 'menuitem' });
    expect(lastAct(fake)).toEqual({ type: 'attention.noShow', ticketId, then: 'cancel' });
    await press('No se presenta');
    await press('Reencolar ticket', { role: 'menuitem' });
    expect(lastAct(fake)).toEqual({ type: 'attention.noShow', ticketId, then: 'requeue' });
  });

  test('a refusal stands on the card, and a slow answer is said', async () => {
    const { fake, tick } = await renderDesk(scenes.calling!);
    let fail = (): void => {};
    fake.handle('act', () => new Promise((resolve) => (fail = () => resolve({ ticketId: null, turnCode: null }))));
    await press('Atender', { inside: region('Atención') });
    await tick(700);
    expect(region('Atención').getByText('Esperando la respuesta de la central')).toBeDefined();
    await act(async () => fail());
    expect(region('Atención').queryByText('Esperando la respuesta de la central')).toBeNull();
    fake.refuse('act', 'STALE_EPOCH');
    await press('Atender', { inside: region('Atención') });
    expect(region('Atención').getByRole('alert').textContent).toContain('Esta atención ya no es suya.');
  });

  test('without the line nothing of the card can be done, and it says why', async () => {
    const { fake, tell } = await renderDesk(scenes.calling!);
    await tell('line.changed', facts.lineDown);
    for (const name of ['Atender', 'Llamar nuevamente', 'No se presenta']) {
      const button = region('Atención').getByRole('button', { name });
      expect(button.getAttribute('aria-disabled')).toBe('true');
      fireEvent.click(button);
    }
    expect(fake.seenOf('act')).toEqual([]);
  });

  test('[S2-26] the keyboard stays in the column when the card goes', async () => {
    const { tell } = await renderDesk(scenes.calling!);
    expect(document.activeElement).toBe(attend());
    await tell('current.changed', facts.current(tickets.attendingTicket));
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Atención' }));
    await write('Nota del tiquete', 'x');
  });
});
