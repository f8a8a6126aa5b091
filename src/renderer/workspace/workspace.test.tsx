import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { choose, press, pressKey, region, renderDesk } from '../testing/render-desk.tsx';
import * as facts from '../testing/sample-facts.ts';
import * as tickets from '../testing/sample-tickets.ts';
import { lastAct, scenes, work } from '../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

// Panels have heads and feet of their own: the frame's are the first and the last of the page.
const bar = () => within(screen.getAllByRole('banner')[0]!);
const foot = () => screen.getAllByRole('contentinfo').at(-1)!;

describe('the frame', () => {
  test('[S2-01] [S4-06] three regions: Tickets, Atención, Cliente', async () => {
    await renderDesk(scenes.idle!);
    for (const name of ['Tickets', 'Atención', 'Cliente']) expect(screen.getByRole('region', { name })).toBeDefined();
  });

  test('[S2-08] [S2-11] the bar names branch, module and company, and says DEMO', async () => {
    await renderDesk(scenes.idle!);
    expect(bar().getByRole('heading', { name: 'Sucursal Centro' })).toBeDefined();
    expect(bar().getByText('Módulo 2 · Demo Telecom')).toBeDefined();
    expect(bar().getByText('DEMO')).toBeDefined();
  });

  test('[S2-06] [S2-07] [S2-12] the foot says what the desk knows, since when, and which services are whose', async () => {
    await renderDesk(scenes.idle!);
    expect(foot().textContent).toContain('Sincronizado 10:49:03');
    expect(foot().textContent).toContain('Última actualización 10:42:52');
    expect(foot().textContent).toContain('Servicios Principales: Caja, Reclamos');
    expect(foot().textContent).toContain('Servicios de Soporte: Ventas');
    expect(within(foot()).getByText('0 pendientes')).toBeDefined();
  });

  test('[S2-06] [S2-07] [S2-08] Mi puesto: the module and how many wait in each service', async () => {
    await renderDesk(scenes.idle!);
    const place = region('Cliente');
    expect(place.getByRole('heading', { name: 'Mi puesto' })).toBeDefined();
    expect(place.getByText('Módulo 2')).toBeDefined();
    expect(place.getByText('Caja').parentElement?.textContent).toContain('4 en espera · mayor 21 min');
    expect(place.getByText('Ventas').parentElement?.textContent).toContain('1 en espera · 6 min');
  });

  test('the rail has only what exists', async () => {
    await renderDesk(scenes.idle!);
    const rail = within(screen.getByRole('navigation', { name: 'Menú principal' }));
    expect(rail.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['Workspace']);
  });
});

describe('control of states', () => {
  test('[S2-04] Estado offers the five states and tells the desk', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    await press('Estado', { role: 'combobox' });
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent?.replace(/Ctrl \d/, '').trim())).toEqual([
      'En línea',
      'Fuera de línea',
      'Descansando',
      'Almorzando',
      'Documentando',
    ]);
    await press('Descansando', { role: 'option' });
    expect(lastAct(fake)).toEqual({ type: 'status.choose', state: 'resting' });
  });

  test('[S2-05] Siguiente estado is told before it is needed', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await choose('Siguiente estado', 'Fuera de línea');
    expect(lastAct(fake)).toEqual({ type: 'status.chooseNext', state: 'offline' });
  });

  test('[S2-05] the menu says when it will apply', async () => {
    await renderDesk(scenes.attending!);
    await press('Siguiente estado', { role: 'combobox' });
    expect(screen.getByText('Se aplicará al finalizar R-034.')).toBeDefined();
  });

  test('[S2-26] Ahora shows llamando, then atendiendo, only while true', async () => {
    const { tell } = await renderDesk(scenes.idle!);
    const group = () => within(screen.getByRole('group', { name: 'Control de estados' }));
    expect(group().queryByText('Ahora')).toBeNull();
    await tell('current.changed', facts.current(tickets.callingTicket));
    expect(group().getByText('Llamando')).toBeDefined();
    await tell('current.changed', facts.current(tickets.attendingTicket));
    expect(group().getByText('Atendiendo')).toBeDefined();
    await tell('current.changed', facts.current(null));
    expect(group().queryByText('Ahora')).toBeNull();
  });

  test('[S2-13] Atención manual is a switch', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    const manual = screen.getByRole<HTMLInputElement>('switch', { name: 'Atención manual' });
    expect(manual.checked).toBe(false);
    await press('Atención manual', { role: 'switch' });
    expect(lastAct(fake)).toEqual({ type: 'status.setManual', isManual: true });
    await tell('status.changed', facts.status({ isManual: true }));
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Atención manual' }).checked).toBe(true);
  });

  test('a refused state is said and loses nothing', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    fake.refuse('act', 'NO_SAFE_STORE');
    await choose('Estado', 'Almorzando');
    expect(within(screen.getByRole('region', { name: 'Avisos' })).getByText(/no tiene dónde guardar/)).toBeDefined();
    expect(screen.getByRole('combobox', { name: 'Estado' }).textContent).toContain('En línea');
  });

  test('[S2-04] a state that the agent did not choose is named with its cause', async () => {
    await renderDesk(scenes.empty!);
    expect(region('Atención').getByText(/Fuera de línea: Una llamada quedó sin respuesta/)).toBeDefined();
  });
});

describe('user menu', () => {
  test('[S2-02] [S2-52] Usuario holds Cerrar sesión, which frees the module', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    await press('Usuario');
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent?.trim())).toEqual([
      'Preferencias',
      'Cámara y sonido',
      'Cerrar sesión',
    ]);
    await press('Cerrar sesión', { role: 'menuitem' });
    const dialog = within(screen.getByRole('dialog', { name: 'Cerrar sesión' }));
    expect(dialog.getByText('Su módulo queda libre y su estado pasa a Fuera de línea.')).toBeDefined();
    await press('Cerrar sesión', { inside: dialog });
    expect(fake.seenOf('session.signOut')).toHaveLength(1);
  });

  test('[S2-53] not while a ticket is in hand', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await press('Usuario');
    await press('Cerrar sesión', { role: 'menuitem' });
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('Termine primero la atención de R-034.')).toBeDefined();
    expect(dialog.queryByRole('button', { name: 'Cerrar sesión' })).toBeNull();
    expect(fake.seenOf('session.signOut')).toEqual([]);
  });

  test('theme and language are kept by the desk and applied as it tells them', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    await press('Usuario');
    await press('Preferencias', { role: 'menuitem' });
    await act(async () => void fireEvent.click(screen.getByRole('radio', { name: 'Oscura' })));
    expect(fake.seenOf('preferences.set')).toEqual([{ ...facts.preferences, theme: 'dark' }]);
    await tell('preferences.changed', { ...facts.preferences, theme: 'dark', language: 'pt' });
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(document.documentElement.lang).toBe('pt');
    expect(screen.getByRole('dialog', { name: 'Preferências' })).toBeDefined();
  });
});

describe('the line', () => {
  test('[R2] Sin conexión is a status that says since when, what works, and when it tries again', async () => {
    const { fake, tell } = await renderDesk(scenes.offline!);
    const status = screen.getByRole('status', { name: 'Sin conexión' });
    expect(status.textContent).toContain('desde las 10:31');
    expect(status.textContent).toContain('usar Atender ahora');
    expect(screen.getByText('Próximo intento en 20 s')).toBeDefined();
    await press('Reintentar ahora');
    expect(fake.seenOf('line.retryNow')).toHaveLength(1);
    await tell('line.changed', facts.lineUp);
    expect(screen.queryByRole('status', { name: 'Sin conexión' })).toBeNull();
  });

  test('[R2] acts that need the line say so and do nothing; the others stay', async () => {
    const { fake } = await renderDesk((desk) => {
      work(desk, { ticket: tickets.attendingTicket, isManual: true });
      desk.tell('line.changed', facts.lineDown);
    });
    for (const name of ['Transferir', 'Generar Ticket']) {
      for (const button of screen.getAllByRole('button', { name })) {
        expect(button.getAttribute('aria-disabled')).toBe('true');
        fireEvent.click(button);
      }
    }
    for (const button of region('Tickets').getAllByRole('button', { name: 'Atender' })) {
      expect(button.getAttribute('aria-disabled')).toBe('true');
      fireEvent.click(button);
    }
    expect(fake.seenOf('act')).toEqual([]);
    await press('Finalizar ticket');
    expect(lastAct(fake)).toMatchObject({ type: 'attention.finish' });
  });
});

describe('keys', () => {
  test('F1 opens the sheet of keys, Esc closes it', async () => {
    await renderDesk(scenes.idle!);
    await pressKey('F1');
    const sheet = screen.getByRole('dialog', { name: 'Atajos' });
    await vi.waitFor(() => expect(sheet.contains(document.activeElement)).toBe(true));
    await pressKey('Escape');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Atajos' })).toBeNull());
  });

  test('[S2-04] [S2-05] Ctrl 3 chooses the third state; during an attention the next one', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    await pressKey('3', { ctrlKey: true });
    expect(lastAct(fake)).toEqual({ type: 'status.choose', state: 'resting' });
    await tell('current.changed', facts.current(tickets.attendingTicket));
    await pressKey('4', { ctrlKey: true });
    expect(lastAct(fake)).toEqual({ type: 'status.chooseNext', state: 'lunch' });
  });

  test('letters and digits alone are only text', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    act(() => screen.getByRole('textbox', { name: 'Nota del tiquete' }).focus());
    for (const key of ['1', 't', 'b', 'F2']) await pressKey(key);
    expect(fake.seenOf('act')).toEqual([]);
  });

  test('under a dialog the keys of the workspace rest', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await press('Transferir', { inside: region('Atención') });
    await pressKey('F4');
    expect(fake.seenOf('act')).toEqual([]);
    await press('Cancelar', { inside: within(screen.getByRole('dialog')) });
    await pressKey('F4');
    expect(lastAct(fake)).toMatchObject({ type: 'attention.finish' });
  });

  test('input at this desk is told at most once a second', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    const clock = vi.spyOn(performance, 'now');
    for (const at of [10_000, 10_400, 10_999, 11_000]) {
      clock.mockReturnValue(at);
      fireEvent.pointerDown(document.body);
    }
    expect(fake.seenOf('input.seen')).toHaveLength(2);
  });
});

describe('the pipe', () => {
  test('a replaced window says so, keeps what was written, and can take over', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await act(async () => {
      fireEvent.change(screen.getByRole('textbox', { name: 'Nota del tiquete' }), { target: { value: 'a medias' } });
    });
    await act(async () => fake.setPipe('replaced'));
    expect(screen.getByRole('alertdialog', { name: 'Esta ventana fue reemplazada' })).toBeDefined();
    await press('Usar aquí');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Nota del tiquete' }).value).toBe('a medias');
  });

  test('a desk out of reach is said, and goes away by itself', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    await act(async () => fake.setPipe('lost'));
    expect(screen.getByRole('alertdialog', { name: 'Sin contacto con el programa de este equipo' })).toBeDefined();
    await act(async () => fake.setPipe('open'));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});
