import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { WaitingRow } from '../../../bridge/facts.ts';
import type { Readiness } from '../../../protocol/video/readiness.ts';
import { press, pressKey, region, renderDesk } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes, work } from '../../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const list = () => within(screen.getByRole('list', { name: 'Turnos en espera' }));
const row = (code: string): HTMLElement => {
  const found = list()
    .getAllByRole('listitem')
    .find(({ textContent }) => textContent?.includes(code));
  if (!found) throw new Error(`${code} is not in the list`);
  return found;
};
const manyRows = (count: number): WaitingRow[] =>
  Array.from({ length: count }, (_, index) => ({
    header: tickets.header(100 + index, { displayName: `Cliente ${index}` }),
    reasons: [],
    isMain: true,
  }));

describe('Turnos en espera', () => {
  test('[S2-10] each row says who, kind, code, service, masked document and place in the line', async () => {
    await renderDesk(scenes['idle-manual']!);
    const appointment = row('R-034');
    for (const text of ['María Fernanda Ospina', 'Cita', 'Reclamos', 'CC •••8903', '10:30']) {
      expect(appointment.textContent).toContain(text);
    }
    expect(row('C-051').textContent).toContain('21 min');
    expect(row('C-052').textContent).toContain('CE •••8107 · Preferente');
    expect(row('C-051').getAttribute('aria-posinset')).toBe('2');
    expect(row('C-051').getAttribute('aria-setsize')).toBe('7');
  });

  test('[T11] [T21] a row never shows more of a document than its last four', async () => {
    await renderDesk(scenes['idle-manual']!);
    expect(list().queryByText(/52\.?418\.?903/)).toBeNull();
  });

  test('[S2-10] a customer of whom nothing is known has a row all the same', async () => {
    await renderDesk(scenes.idle!);
    expect(row('C-053').textContent).toContain('Sin nombre');
    expect(row('C-053').textContent).toContain('Sin documento');
  });

  test('[S2-34] a guest of a video shows in words and shape whether they are ready, and why not', async () => {
    const guest = (number: number, readiness: Readiness): WaitingRow => ({
      header: tickets.header(number, { kind: 'virtual', displayName: `Cliente ${number}`, readiness }),
      reasons: [],
      isMain: true,
    });
    const rows = [
      guest(201, { verdict: 'ready', cause: null, since: 0 }),
      guest(202, { verdict: 'audioOnly', cause: 'cameraMissing', since: 0 }),
      guest(203, { verdict: 'notReady', cause: 'microphoneBlocked', since: 0 }),
    ];
    await renderDesk((desk) => work(desk, { rows }));
    expect(row('Cliente 201').textContent).toContain('Equipo listo: video y audioListo');
    expect(row('Cliente 202').textContent).toContain('Sin cámaraSolo audio');
    expect(row('Cliente 203').textContent).toContain('Sin permiso de micrófonoNo listo');
    const shapes = rows.map(
      ({ header }) =>
        row(header.displayName ?? '').querySelector(
          'svg[class*="lucide-octagon"], svg[class*="lucide-triangle"], svg[class*="lucide-circle"]',
        )?.outerHTML,
    );
    expect(new Set(shapes).size).toBe(3);
  });

  test('[S2-13] [QU9] whoever is not ready is called by hand after one more press, and told of before', async () => {
    const header = tickets.header(203, {
      kind: 'virtual',
      readiness: { verdict: 'notReady', cause: 'noPath', since: 0 },
    });
    const { fake } = await renderDesk((desk) =>
      work(desk, { rows: [{ header, reasons: [], isMain: true }], isManual: true }),
    );
    await press('Atender', { inside: within(row(header.turnCode)) });
    const dialog = within(
      await screen.findByRole('dialog', { name: `${header.turnCode} no está listo para el video` }),
    );
    expect(dialog.getByText(/^Su red bloquea el video\. Si llama ahora/)).not.toBeNull();
    expect(fake.seenOf('act')).toEqual([]);
    await press('Llamar de todos modos', { inside: dialog });
    await waitFor(() => expect(lastAct(fake)).toEqual({ type: 'ticket.call', ticketId: header.id }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('[R19] of a long line only the rows in view are asked for and mounted', async () => {
    const rows = manyRows(5_000);
    const { fake } = await renderDesk((desk) => work(desk, { rows }));
    const asked = fake.seenOf('waiting.window');
    expect(asked.length).toBeGreaterThan(0);
    for (const { from, to } of asked) expect(to - from).toBeLessThan(60);
    expect(list().getAllByRole('listitem').length).toBeLessThan(60);
    expect(row('Cliente 0').getAttribute('aria-setsize')).toBe('5000');
  });

  test('when the line changes the rows in view are asked for anew, and the old ones stay until then', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    let answer = (): void => {};
    const newer = [tickets.waitingRows[1]!, tickets.waitingRows[0]!];
    fake.handle(
      'waiting.window',
      () => new Promise((resolve) => (answer = () => resolve({ version: 2, rows: newer }))),
    );
    await tell('waiting.changed', { ...facts.waiting(newer), version: 2 });
    expect(row('C-051').getAttribute('aria-posinset')).toBe('1');
    await act(async () => answer());
    expect(row('C-052').getAttribute('aria-posinset')).toBe('1');
    expect(row('C-051').getAttribute('aria-posinset')).toBe('2');
  });

  test('an answer that an even newer line has overtaken is left out', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    const answers: (() => void)[] = [];
    const late = (version: number) =>
      fake.handle(
        'waiting.window',
        () =>
          new Promise((resolve) => {
            answers.push(() => resolve({ version, rows: [tickets.waitingRows[version]!] }));
          }),
      );
    late(2);
    await tell('waiting.changed', { ...facts.waiting([tickets.waitingRows[2]!]), version: 2 });
    late(3);
    await tell('waiting.changed', { ...facts.waiting([tickets.waitingRows[3]!]), version: 3 });
    await act(async () => answers.at(-1)?.());
    await act(async () => answers[0]?.());
    expect(
      list()
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent?.includes('C-053')),
    ).toEqual([true]);
  });

  test('[R19] rows that were refused because the line changes too fast are asked for again', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    const newer = [tickets.waitingRows[1]!, tickets.waitingRows[0]!];
    const before = fake.seenOf('waiting.window').length;
    fake.refuse('waiting.window', 'TOO_MANY_REQUESTS');
    await tell('waiting.changed', { ...facts.waiting(newer), version: 2 });
    expect(fake.seenOf('waiting.window').length).toBeGreaterThan(before);
    expect(row('C-052').getAttribute('aria-posinset')).not.toBe('1');
    fake.handle('waiting.window', () => ({ version: 2, rows: newer }));
    await waitFor(() => expect(row('C-052').getAttribute('aria-posinset')).toBe('1'));
  });

  test('an empty line says what will fill it', async () => {
    await renderDesk(scenes.empty!);
    expect(region('Tickets').getByText('Nadie en espera')).toBeDefined();
  });

  test('the rule behind the order is said in words, with the weights of the branch', async () => {
    await renderDesk(scenes.idle!);
    await press('Orden: fila única');
    expect(screen.getByRole('dialog', { name: 'Cómo se ordena la fila' }).textContent).toContain('vale 3 veces');
  });

  test('[S2-13] Transferir and Atender stand in each row only with Atención manual; Atender calls', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    expect(list().queryByRole('button', { name: 'Atender' })).toBeNull();
    await tell('status.changed', facts.status({ isManual: true }));
    expect(list().getAllByRole('button', { name: 'Transferir' })).toHaveLength(6);
    await press('Atender', { inside: within(row('R-035')) });
    expect(lastAct(fake)).toEqual({ type: 'ticket.call', ticketId: tickets.waitingRows[2]!.header.id });
  });

  test('[R1] a ticket that somebody else took is said in place, with who has it', async () => {
    const { fake } = await renderDesk(scenes['idle-manual']!);
    fake.refuse('act', 'ALREADY_HELD', { detail: 'Luis Paredes' });
    await press('Atender', { inside: within(row('C-051')) });
    expect(region('Tickets').getByRole('alert').textContent).toContain('Otra persona ya tiene este tiquete.');
    expect(region('Tickets').getByRole('alert').textContent).toContain('Luis Paredes');
  });

  test('[R9] a double press calls once', async () => {
    const { fake } = await renderDesk(scenes['idle-manual']!);
    fake.handle('act', () => new Promise(() => {}));
    await press('Atender', { inside: within(row('C-051')) });
    await press('Atender', { inside: within(row('C-051')) });
    expect(fake.seenOf('act')).toHaveLength(1);
  });

  test('[S4-06] a row opens its ticket by press or Enter; Enter on its button does not', async () => {
    const { fake } = await renderDesk(scenes['idle-manual']!);
    const second = row('C-051');
    act(() => second.focus());
    await pressKey('Enter');
    expect(fake.seenOf('ticket.open')).toEqual([{ ticketId: tickets.waitingRows[0]!.header.id }]);
    expect(row('C-051').getAttribute('aria-current')).toBe('true');
    expect(region('Atención').getByRole('heading', { name: 'Caja' })).toBeDefined();
  });
});

describe('tabs', () => {
  test('four tabs with their counts', async () => {
    const { tell } = await renderDesk(scenes.idle!);
    await tell('waiting.changed', {
      ...facts.waiting(),
      tabs: { waiting: 6, attending: 3, paused: 1, outOfHours: 2 },
    });
    const tabs = screen.getAllByRole('tab').slice(0, 4);
    expect(tabs.map((tab) => tab.textContent)).toEqual(['Esperando6', 'Atendiendo3', 'Pausado1', 'Fuera de horario2']);
  });

  test('[S4-02] Atendiendo holds the tickets that I handled, newest first, with how they ended', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    await press('Atendiendo', { role: 'tab' });
    const handled = within(screen.getByRole('list', { name: 'Mis tickets' })).getAllByRole('listitem');
    expect(handled.map(({ textContent }) => /[A-Z]-\d+/.exec(textContent ?? '')?.[0])).toEqual([
      'C-049',
      'R-033',
      'C-047',
      'C-046',
    ]);
    expect(handled[2]?.textContent).toContain('No se presenta');
    await act(async () => handled[0]?.click());
    expect(fake.seenOf('ticket.open')).toEqual([{ ticketId: facts.handled.tickets[0]!.id }]);
  });

  test('[S4-02] the ticket in hand is pinned above every list', async () => {
    await renderDesk(scenes.attending!);
    for (const tab of ['Esperando', 'Atendiendo', 'Pausado', 'Fuera de horario']) {
      await press(tab, { role: 'tab' });
      expect(region('Tickets').getByRole('heading', { name: 'En curso' })).toBeDefined();
      expect(region('Tickets').getByText('R-034')).toBeDefined();
    }
  });
});
