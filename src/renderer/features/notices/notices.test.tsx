import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { press, region, renderDesk } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as office from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { scenes } from '../../testing/scenes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const notices = () => within(screen.getByRole('region', { name: 'Avisos' }));
const called = {
  type: 'called',
  ticketId: tickets.callingTicket.header.id,
  turnCode: 'R-034',
  isAutomatic: true,
} as const;

describe('notices', () => {
  test('[S2-25] a call is heard, said to assistive technology, and tells itself in the title by turns', async () => {
    const { chimes, tell, tick } = await renderDesk(scenes.idle!);
    await tell('current.changed', facts.current(tickets.callingTicket));
    await tell('notice.raised', called);
    expect(chimes).toEqual([0.6]);
    expect(screen.getByText('Llamando R-034, María Fernanda Ospina Gil, Reclamos').getAttribute('aria-live')).toBe(
      'assertive',
    );
    const titles = [document.title];
    await tick();
    titles.push(document.title);
    expect(titles.toSorted()).toEqual(['Ventanilla', '▲ R-034 Llamando']);
    await tell('current.changed', facts.current(null));
    expect(document.title).toBe('Ventanilla');
  });

  test('[S2-24] [S2-25] a call comes before a ticket that was only being looked at', async () => {
    const { store, tell } = await renderDesk(scenes.idle!);
    await act(async () => store.getState().openTicket(tickets.waitingRows[0]!.header.id));
    await tell('current.changed', facts.current(tickets.callingTicket));
    await tell('notice.raised', called);
    expect(region('Atención').getByRole('button', { name: 'Atender' })).toBeDefined();
  });

  test('[S2-25] whoever is writing keeps what is before them; the call is one press away', async () => {
    const { store, tell } = await renderDesk(scenes.idle!);
    await act(async () => store.getState().openTicket(facts.handled.tickets[0]!.id));
    const note = screen.getByRole('textbox', { name: 'Nota del tiquete' });
    act(() => note.focus());
    await act(async () => fireEvent.change(note, { target: { value: 'sigo escrib' } }));
    await tell('current.changed', facts.current(tickets.callingTicket));
    await tell('notice.raised', called);
    expect(document.activeElement).toBe(note);
    expect(notices().getByText('Llamando R-034.')).toBeDefined();
    await press('Ver la llamada');
    expect(region('Atención').getByRole('heading', { name: 'María Fernanda Ospina Gil' })).toBeDefined();
  });

  test('the other notices are a line each', async () => {
    const { tell } = await renderDesk(scenes.idle!);
    await tell('notice.raised', { type: 'superseded', turnCode: 'C-012' });
    expect(notices().getByText(/C-012 ya había pasado a otra persona/)).toBeDefined();
    await tell('notice.raised', { type: 'statusSuperseded', act: 'status.choose' });
    expect(notices().getByText(/El cambio de estado que hizo sin conexión llegó tarde/)).toBeDefined();
    await tell('notice.raised', { type: 'statusSuperseded', act: 'status.chooseNext' });
    expect(notices().getByText(/El siguiente estado que eligió sin conexión llegó tarde/)).toBeDefined();
    await tell('notice.raised', { type: 'statusSuperseded', act: 'status.setManual' });
    expect(notices().getByText(/El cambio de Atención manual que hizo sin conexión llegó tarde/)).toBeDefined();
    await tell('notice.raised', { type: 'returned', turnCode: 'C-013', cause: 'noAnswer' });
    expect(notices().getByText(/C-013 volvió a la fila y su estado pasó a Fuera de línea/)).toBeDefined();
    await tell('notice.raised', { type: 'returned', turnCode: 'C-014', cause: 'supervisor' });
    expect(notices().getByText('C-014 volvió a la fila: Devuelto desde supervisión')).toBeDefined();
    await tell('notice.raised', { type: 'statusApplied', state: 'lunch' });
    expect(notices().getByText('Su estado ahora es Almorzando.')).toBeDefined();
    await tell('notice.raised', { type: 'cacheRebuilt' });
    expect(notices().getByText(/Los datos guardados en este equipo se rehicieron/)).toBeDefined();
  });

  test('the first to come is heard more softly', async () => {
    const { chimes, tell } = await renderDesk(scenes.empty!);
    await tell('notice.raised', { type: 'firstWaiting', turnCode: 'C-001' });
    expect(chimes).toEqual([0.3]);
    expect(notices().getByText('C-001 entró a la fila.')).toBeDefined();
  });

  test('[S2-52] nothing that was said is left on screen for the next agent', async () => {
    const { tell } = await renderDesk(scenes.idle!);
    await tell('notice.raised', { type: 'superseded', turnCode: 'C-012' });
    await tell('session.changed', office.signedOut({ cause: 'signedOut' }));
    expect(notices().queryByText(/C-012/)).toBeNull();
  });
});
