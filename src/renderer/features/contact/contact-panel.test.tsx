import { act, cleanup, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CommandId } from '../../../protocol/ids.ts';
import { sampleId } from '../../../domain/testing/sample-ids.ts';
import { errorBody } from '../../testing/fake-desk.ts';
import { choose, fakeClipboard, press, region, renderDesk, write } from '../../testing/render-desk.tsx';
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

const ticketId = tickets.attendingTicket.header.id;
const form = (): HTMLElement => field('Teléfono').closest('form')!;
const field = (name: string) => region('Cliente').getByRole<HTMLInputElement>('textbox', { name });

describe('Información del suscriptor', () => {
  test('[S2-29] shows name, document, phone and email as people read them', async () => {
    await renderDesk(scenes.attending!);
    expect(field('Nombre').value).toBe('María Fernanda');
    expect(field('Apellido').value).toBe('Ospina Gil');
    expect(region('Cliente').getByRole('combobox', { name: 'Tipo de documento' }).textContent).toContain('CC');
    expect(field('Identificación').value).toBe('52.418.903');
    expect(field('Teléfono').value).toBe('+57 310 555 0142');
    expect(field('Correo').value).toBe('mfospina@correo.co');
    expect(region('Cliente').getByText('Primera comunicación: 14/03/2023')).toBeDefined();
    expect(region('Cliente').getByText('Guardado 10:36 por Ana Morales')).toBeDefined();
  });

  test('[S2-29] [R20] Guardar sends only what changed, with what the agent saw', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    expect(region('Cliente').getByRole<HTMLButtonElement>('button', { name: 'Guardar' }).disabled).toBe(true);
    await write('Teléfono', '312 555 0119');
    await write('Correo', '');
    await write('Apellido', 'Ospina Gil ');
    await press('Guardar');
    expect(lastAct(fake)).toEqual({
      type: 'contact.edit',
      ticketId,
      contactId: tickets.contact.id,
      changes: {
        phone: { from: '+573105550142', to: '312 555 0119' },
        email: { from: 'mfospina@correo.co', to: null },
      },
    });
    expect(field('Teléfono').value).toBe('+57 310 555 0142');
  });

  test('what is still to be sent is marked at its field', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await tell('current.changed', facts.current({ ...tickets.attendingTicket, pendingFields: ['phone'] }));
    expect(field('Teléfono').parentElement?.textContent).toContain('Por enviar');
  });

  test('[B47] a refusal of the centre stands at its field, with the reason', async () => {
    const { tell } = await renderDesk(scenes.attending!);
    await tell('outbox.changed', {
      pending: [],
      refused: [
        {
          id: sampleId(CommandId, 90),
          at: office.NOW,
          subject: { ticketId, turnCode: 'R-034', name: null },
          act: {
            type: 'contact.edit',
            ticketId,
            contactId: tickets.contact.id,
            changes: { phone: { from: null, to: '12' } },
          },
          error: errorBody('INVALID_PHONE', { field: 'phone' }),
        },
      ],
    });
    expect(field('Teléfono').getAttribute('aria-invalid')).toBe('true');
    expect(within(form()).getByText('El teléfono no es válido. Escríbalo con su indicativo.')).toBeDefined();
  });

  test('a refusal at once stands at its field too, and the text stays', async () => {
    const { fake } = await renderDesk(scenes.attending!);
    fake.refuse('act', 'INVALID_EMAIL', { field: 'email' });
    await write('Correo', 'no-es');
    await press('Guardar');
    expect(field('Correo').value).toBe('no-es');
    expect(region('Cliente').getByText(/El correo no es válido/)).toBeDefined();
  });

  test('what is written survives a look at the outbox', async () => {
    const { store } = await renderDesk(scenes.attending!);
    await write('Nombre', 'María F.');
    await act(async () => store.getState().showOutbox(true));
    await act(async () => store.getState().showOutbox(false));
    expect(field('Nombre').value).toBe('María F.');
    expect(region('Cliente').getByText('Cambios sin guardar')).toBeDefined();
  });

  test('[S4-13] the tab Ticket has the particulars of the ticket', async () => {
    await renderDesk(scenes.attending!);
    await press('Ticket', { role: 'tab', inside: region('Cliente') });
    expect(region('Cliente').getByText('Origen').parentElement?.textContent).toContain('Quiosco');
  });
});

describe('a ticket without a contact', () => {
  test('[S4-15] [S4-17] a contact is found by name or document and linked', async () => {
    const { fake, tick } = await renderDesk(scenes['attending-no-contact']!);
    expect(region('Cliente').getByRole('heading', { name: 'Este tiquete no tiene contacto' })).toBeDefined();
    await write('Buscar contacto', 'ospina');
    await tick(250);
    expect(fake.seenOf('contacts.search')).toEqual([{ search: 'ospina' }]);
    expect(region('Cliente').getByText('CC •••8903 · •••0142')).toBeDefined();
    await press('Asociar');
    expect(lastAct(fake)).toEqual({
      type: 'contact.link',
      ticketId,
      customer: { type: 'existing', contactId: tickets.contact.id },
    });
  });

  test('nothing found is said; the search waits for the agent to stop writing', async () => {
    const { fake, tick } = await renderDesk(scenes['attending-no-contact']!);
    for (const text of ['z', 'zz', 'zzz']) {
      await write('Buscar contacto', text);
      await tick(100);
    }
    await tick(200);
    expect(fake.seenOf('contacts.search')).toEqual([{ search: 'zzz' }]);
    expect(region('Cliente').getByText('Sin coincidencias')).toBeDefined();
  });

  test('a search that fails says why', async () => {
    const { fake, tick } = await renderDesk(scenes['attending-no-contact']!);
    fake.refuse('contacts.search', 'UNAVAILABLE');
    await write('Buscar contacto', 'ospina');
    await tick(300);
    expect(region('Cliente').getByRole('alert').textContent).toContain('El servidor no está disponible');
  });

  test('without the line the search rests and says why; a new contact can still be written', async () => {
    const { fake, tell } = await renderDesk(scenes['attending-no-contact']!);
    await tell('line.changed', facts.lineDown);
    expect(field('Buscar contacto').disabled).toBe(true);
    expect(region('Cliente').getByText('Requiere conexión')).toBeDefined();
    await press('Nuevo contacto');
    await write('Nombre', 'Lucía');
    await press('Crear y asociar');
    expect(lastAct(fake)).toMatchObject({ type: 'contact.link' });
  });

  test('[S4-18] a new contact needs a name; its document goes with its type', async () => {
    const { fake } = await renderDesk(scenes['attending-no-contact']!);
    await press('Nuevo contacto');
    await press('Crear y asociar');
    expect(region('Cliente').getByText('Escriba el nombre.')).toBeDefined();
    expect(fake.seenOf('act')).toEqual([]);
    await write('Nombre', 'Lucía');
    await choose('Tipo de documento', 'CE');
    await write('Identificación', '448107');
    await press('Crear y asociar');
    expect(lastAct(fake)).toEqual({
      type: 'contact.link',
      ticketId,
      customer: { type: 'new', contact: { firstName: 'Lucía', documentType: 'CE', documentNumber: '448107' } },
    });
  });

  test('[B46] a contact that exists already is said at its field', async () => {
    const { fake } = await renderDesk(scenes['attending-no-contact']!);
    fake.refuse('act', 'DUPLICATE_CONTACT', { field: 'documentNumber' });
    await press('Nuevo contacto');
    await write('Nombre', 'Lucía');
    await write('Identificación', '52418903');
    await press('Crear y asociar');
    expect(region('Cliente').getByText(/Ya existe un contacto con este documento/)).toBeDefined();
    expect(field('Identificación').value).toBe('52418903');
  });
});

describe('copying', () => {
  test('the data go to the clipboard as text', async () => {
    const written = fakeClipboard();
    await renderDesk(scenes.attending!);
    await press('Copiar datos');
    expect(written).toEqual(['María Fernanda Ospina Gil\nCC 52.418.903\n+57 310 555 0142\nmfospina@correo.co']);
  });
});
