import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { choose, press, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import * as office from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, scenes } from '../../testing/scenes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const dialog = () => within(screen.getByRole('dialog'));
const pick = (name: string) => act(async () => void fireEvent.click(screen.getByRole('radio', { name })));

describe('Generar Ticket', () => {
  test('[S2-20] for nobody known: only the service is asked', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    fake.handle('act', () => ({ ticketId: null, turnCode: 'C-055' }));
    await press('Generar Ticket');
    await press('Generar Ticket', { inside: dialog() });
    expect(dialog().getByText('Elija el servicio.')).toBeDefined();
    expect(fake.seenOf('act')).toEqual([]);
    await choose('Servicio', 'Caja');
    await act(async () => void fireEvent.click(screen.getByRole('checkbox', { name: 'Atención preferente' })));
    await press('Generar Ticket', { inside: dialog() });
    expect(lastAct(fake)).toEqual({
      type: 'ticket.create',
      serviceId: office.caja,
      priority: 'preferente',
      customer: { type: 'none' },
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Tiquete C-055 generado.')).toBeDefined();
  });

  test('[S2-20] [S2-44] of a video service shows the QR for its customer at once, to who attends it', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    const ticketId = tickets.waitingRows[0]!.header.id;
    const link = { id: ticketId as never, url: 'https://turnos.example/video#x', expiresAt: Date.now() + 900_000 };
    fake.handle('act', () => ({ ticketId, turnCode: 'A-007' }));
    fake.handle('video.invite', () => link);
    const make = async (): Promise<void> => {
      await press('Generar Ticket');
      await choose('Servicio', 'Asesoría virtual');
      await press('Generar Ticket', { inside: dialog() });
    };
    await make();
    expect(screen.queryByRole('dialog')).toBeNull();
    await act(async () =>
      fake.tell('session.changed', {
        ...office.working,
        supportServices: [...office.working.supportServices, office.asesoria],
      }),
    );
    await make();
    expect(fake.seenOf('video.invite')).toEqual([{ ticketId, isReplacing: false }]);
    expect(screen.getByRole('dialog', { name: 'Generar QR' })).toBeDefined();
  });

  test('[S2-20] for somebody known, found by search', async () => {
    const { fake, tick } = await renderDesk(scenes.idle!);
    await press('Generar Ticket');
    await choose('Servicio', 'Ventas');
    await pick('Contacto existente');
    await press('Generar Ticket', { inside: dialog() });
    expect(dialog().getByText('Busque y asocie el contacto, o elija Sin contacto.')).toBeDefined();
    await write('Buscar contacto', 'maría');
    await tick(250);
    await press('Asociar');
    await press('Generar Ticket', { inside: dialog() });
    expect(lastAct(fake)).toMatchObject({
      type: 'ticket.create',
      priority: 'normal',
      customer: { type: 'existing', contactId: tickets.contact.id },
    });
  });

  test('[S2-20] for somebody new; what the centre refuses stands at its field', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    fake.refuse('act', 'CHECK_DIGIT', { field: 'documentNumber' });
    await press('Generar Ticket');
    await choose('Servicio', 'Ventas');
    await pick('Nuevo contacto');
    await write('Nombre', 'Óscar');
    await write('Identificación', '20-12345678-9');
    await press('Generar Ticket', { inside: dialog() });
    expect(lastAct(fake)).toMatchObject({
      customer: { type: 'new', contact: { firstName: 'Óscar', documentType: 'CC', documentNumber: '20-12345678-9' } },
    });
    expect(dialog().getByText(/El dígito de verificación no coincide/)).toBeDefined();
    expect(dialog().getByRole<HTMLInputElement>('textbox', { name: 'Identificación' }).value).toBe('20-12345678-9');
  });
});

describe('Atender ahora', () => {
  test('[R2] works without the line: service and, optionally, contact; no video', async () => {
    const { fake, tell } = await renderDesk(scenes.idle!);
    await tell('line.changed', facts.lineDown);
    await press('Atender ahora');
    await press('Servicio', { role: 'combobox' });
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent?.trim())).toEqual([
      'Caja',
      'Reclamos',
      'Ventas',
      'Soporte técnico',
    ]);
    await press('Reclamos', { role: 'option' });
    await press('Atender ahora', { inside: dialog() });
    expect(lastAct(fake)).toEqual({
      type: 'ticket.attendNow',
      serviceId: office.reclamos,
      customer: { type: 'none' },
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('when no reserved number is left it says so and keeps what was written', async () => {
    const { fake } = await renderDesk(scenes.idle!);
    fake.refuse('act', 'NO_BLOCK');
    await press('Atender ahora');
    await choose('Servicio', 'Caja');
    await press('Atender ahora', { inside: dialog() });
    expect(dialog().getByRole('alert').textContent).toContain('No quedan números para este servicio');
  });

  test('not while somebody is attended', async () => {
    await renderDesk(scenes.attending!);
    expect(screen.getByRole('button', { name: 'Atender ahora' }).getAttribute('aria-disabled')).toBe('true');
  });
});
