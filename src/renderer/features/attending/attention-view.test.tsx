import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { choose, press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as office from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes, work } from '../../testing/scenes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const ticketId = tickets.attendingTicket.header.id;
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Nota del tiquete' });
const timeline = () => within(screen.getByRole('list', { name: 'Cronología' })).getAllByRole('listitem');

describe('the attention in hand', () => {
  test('[S2-27] shows code, state, service, appointment and elapsed time against its goal', async () => {
    const { tick } = await renderDesk(scenes.attending!);
    const column = region('Atención');
    expect(column.getByText('R-034')).toBeDefined();
    expect(column.getByText('Atendiendo')).toBeDefined();
    expect(column.getByRole('heading', { name: 'Reclamos' })).toBeDefined();
    expect(column.getByText(/Cita de las 10:30 · Llamado 10:42/)).toBeDefined();
    expect(column.getByRole('timer', { name: 'Tiempo en atención' }).textContent).toBe('06:37');
    expect(column.getByText('meta 10:00')).toBeDefined();
    await tick(5_000);
    expect(column.getByRole('timer').textContent).toBe('06:42');
  });

  test('[R6] the clock of the centre counts, not that of this machine', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await tell('line.changed', { ...facts.lineUp, clockOffset: 60_000 });
    expect(region('Atención').getByRole('timer').textContent).toBe('07:37');
  });

  test('[S2-30] Finalizar ticket ends it, by press or F4, and says so', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await press('Finalizar ticket');
    expect(lastAct(fake)).toEqual({ type: 'attention.finish', ticketId });
    expect(screen.getByText('Tiquete R-034 finalizado.')).toBeDefined();
    await pressKey('F4');
    expect(fake.seenOf('act')).toHaveLength(2);
  });

  test('[S2-30] a refused end stands in place and nothing is lost', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    fake.refuse('act', 'STALE_EPOCH');
    await press('Finalizar ticket');
    expect(region('Atención').getByRole('alert').textContent).toContain('Esta atención ya no es suya.');
  });

  test('[S2-30] [S2-31] a note that was not added is asked about before the end', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await write('Nota del tiquete', 'Doble cobro.');
    await press('Finalizar ticket');
    expect(fake.seenOf('act')).toEqual([]);
    await press('Agregar nota y finalizar');
    expect(fake.seenOf('act')).toEqual([
      { type: 'note.add', ticketId, text: 'Doble cobro.' },
      { type: 'attention.finish', ticketId },
    ]);
  });

  test('a video is not finished without the line', async () => {
    const { fake } = await renderDesk((desk) => {
      const { header } = tickets.attendingTicket;
      work(desk, { ticket: { ...tickets.attendingTicket, header: { ...header, serviceId: office.asesoria } } });
      desk.tell('line.changed', facts.lineDown);
    });
    await press('Finalizar ticket');
    await pressKey('F4');
    expect(fake.seenOf('act')).toEqual([]);
  });

  test('Transferir asks for the service, takes a comment, and says where it went', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    await press('Transferir', { inside: region('Atención') });
    await press('Transferir R-034');
    expect(screen.getByText('Elija el servicio de destino.')).toBeDefined();
    expect(fake.seenOf('act')).toEqual([]);
    await choose('Servicio de destino', 'Ventas');
    await write('Comentario', 'Quiere cambiar de plan.');
    await press('Transferir R-034');
    expect(lastAct(fake)).toEqual({
      type: 'attention.transfer',
      ticketId,
      serviceId: office.ventas,
      comment: 'Quiere cambiar de plan.',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('R-034 pasó a Ventas.')).toBeDefined();
  });
});

describe('Temas', () => {
  const topic = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });

  test('[S2-32] [S2-33] the topics of the service, chosen as a whole set', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    expect(topic('Factura con error').checked).toBe(true);
    expect(region('Atención').getByText('2 elegidos')).toBeDefined();
    await act(async () => void fireEvent.click(topic('Queja formal')));
    expect(lastAct(fake)).toEqual({
      type: 'topics.choose',
      ticketId,
      topicIds: [...office.topicIds.slice(0, 2), office.topicIds[4]],
    });
  });

  test('[S2-32] two quick clicks both count, however slow the desk is', async () => {
    const { fake, tell } = await renderDesk(scenes.attending!);
    fake.handle('act', () => new Promise(() => {}));
    await act(async () => void fireEvent.click(topic('Queja formal')));
    await act(async () => void fireEvent.click(topic('Cambio de plan')));
    expect(lastAct(fake)).toMatchObject({ topicIds: [0, 1, 4, 2].map((index) => office.topicIds[index]) });
    await tell('current.changed', facts.current({ ...tickets.attendingTicket, topicIds: office.topicIds.slice(0, 2) }));
    expect([topic('Queja formal').checked, topic('Cambio de plan').checked]).toEqual([true, true]);
  });

  test('a refused choice goes back to what is so', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    fake.refuse('act', 'NO_SAFE_STORE');
    await act(async () => void fireEvent.click(topic('Queja formal')));
    expect(topic('Queja formal').checked).toBe(false);
    expect(region('Atención').getByRole('alert')).toBeDefined();
  });
});

describe('Nota del tiquete', () => {
  test('[S2-31] Agregar nota and Ctrl Enter add it; the text goes once the desk has it', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    let answer = (): void => {};
    fake.handle('act', () => new Promise((resolve) => (answer = () => resolve({ ticketId, turnCode: null }))));
    await write('Nota del tiquete', 'Trae factura.');
    await press('Agregar nota');
    expect(note().value).toBe('Trae factura.');
    await act(async () => answer());
    expect(note().value).toBe('');
    expect(document.activeElement).toBe(note());
    await write('Nota del tiquete', 'Y comprobante.');
    await pressKey('Enter', { ctrlKey: true });
    expect(fake.seenOf('act')).toEqual([
      { type: 'note.add', ticketId, text: 'Trae factura.' },
      { type: 'note.add', ticketId, text: 'Y comprobante.' },
    ]);
  });

  test('[S2-31] Enter alone is a new line, and an empty note adds nothing', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    act(() => note().focus());
    await pressKey('Enter');
    await press('Agregar nota');
    expect(fake.seenOf('act')).toEqual([]);
  });

  test('[R2] the draft is kept by the desk and comes back with the ticket', async () => {
    const { fake, tick } = await renderDesk(scenes.attending!);
    await write('Nota del tiquete', 'a medias');
    await tick(300);
    expect(fake.seenOf('draft.save')).toEqual([{ ticketId, text: 'a medias' }]);
    expect(region('Atención').getByText(/Borrador guardado en este equipo/)).toBeDefined();
    cleanup();
    await renderDesk((desk) => {
      work(desk, {});
      desk.tell('current.changed', facts.current(tickets.attendingTicket, { draft: 'a medias' }));
    });
    expect(note().value).toBe('a medias');
  });

  test('facts that come while the agent writes leave the text and the focus alone', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    act(() => note().focus());
    await write('Nota del tiquete', 'mi texto');
    await tell('current.changed', facts.current({ ...tickets.attendingTicket }, { draft: 'mi' }));
    await tell('line.changed', facts.lineDown);
    expect(note().value).toBe('mi texto');
    expect(document.activeElement).toBe(note());
  });

  test('a refused note stays where it was written', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    fake.refuse('act', 'NO_SAFE_STORE');
    await write('Nota del tiquete', 'importante');
    await press('Agregar nota');
    expect(note().value).toBe('importante');
    expect(region('Atención').getByRole('alert').textContent).toContain('no tiene dónde guardar');
  });
});

describe('Cronología', () => {
  test('[S2-21] newest first, who did it, and what is still to be sent', async () => {
    await renderDesk(scenes.offline!);
    const lines = timeline();
    expect(lines[0]?.textContent).toContain('Ana Morales agregó una nota');
    expect(lines[0]?.textContent).toContain('Por enviar');
    expect(lines[0]?.textContent).toContain('10:47');
    expect(lines.at(-1)?.textContent).toContain('Turno tomado en el quiosco');
    expect(lines.filter(({ textContent }) => textContent?.includes('Por enviar'))).toHaveLength(1);
  });
});
