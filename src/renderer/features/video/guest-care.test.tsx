import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TicketView } from '../../../bridge/facts.ts';
import type { TicketFact } from '../../../protocol/event.ts';
import type { UploadId } from '../../../protocol/ids.ts';
import { createDevices } from '../../../web/peer/devices.ts';
import { FakeCall } from '../../../web/peer/testing/fake-call.ts';
import { FakeMedia, FakeMediaStream, fakeStream } from '../../../web/peer/testing/fake-media.ts';
import { choose, press, region, renderDesk, write } from '../../testing/render-desk.tsx';
import { asesoria } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, work } from '../../testing/scenes.ts';

const { header } = tickets.attendingTicket;
const attending: TicketView = {
  ...tickets.attendingTicket,
  header: { ...header, kind: 'virtual', serviceId: asesoria, turnCode: 'A-007', appointmentAt: null },
};
const ticketId = header.id;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  vi.stubGlobal('MediaStream', FakeMediaStream);
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: new FakeMedia() });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

/** The video in hand, opened, with the guest to be seen. */
async function inCall() {
  let call: FakeCall | null = null;
  const desk = await renderDesk((fake) => work(fake, { ticket: attending }), {
    createCall: ({ send, configuration }) => (call = new FakeCall(send, configuration)),
    createDevices,
  });
  const column = region('Atención');
  await press('Abrir la videollamada', { inside: column });
  const opened = call!;
  const show = (change: Parameters<FakeCall['show']>[0]) => act(async () => opened.show(change));
  await show({
    session: 1,
    isPeerHere: true,
    remote: { camera: fakeStream(), microphone: fakeStream(), screen: null },
    isRemoteOn: { camera: true, microphone: true, screen: false },
  });
  await act(async () => opened.phase({ name: 'connected' }));
  return { ...desk, column, call: opened, show };
}

const openMenu = async () => {
  await press('Menú de opciones');
  await press('Bloquear y reportar', { role: 'menuitem' });
};

describe('Bloquear y reportar', () => {
  test('[T30] the agent says why, is told what it means, and the attention ends by one act', async () => {
    const { fake } = await inCall();
    await openMenu();
    expect(screen.getByText(/termina enseguida para los dos/)).toBeDefined();
    expect(screen.getByText(/No se guarda ninguna imagen ni sonido/)).toBeDefined();
    await press('Bloquear y reportar');
    expect(screen.getByText('Elija el motivo del reporte.')).toBeDefined();
    expect(fake.seenOf('act')).toEqual([]);
    await choose('Motivo', 'Insultos o maltrato');
    await write('Comentario', ' Insultó dos veces ');
    await press('Bloquear y reportar');
    expect(lastAct(fake)).toEqual({ type: 'guest.block', ticketId, reason: 'insults', comment: 'Insultó dos veces' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByText('Se reportó al cliente de A-007 y la atención terminó.')).toBeDefined();
  });

  test('[T30] a refusal keeps what was written and says why', async () => {
    const { fake } = await inCall();
    fake.refuse('act', 'WRONG_STATE', { title: 'El tiquete cambió de estado.' });
    await openMenu();
    await choose('Motivo', 'Amenazas');
    await press('Bloquear y reportar');
    expect(screen.getByText(/El tiquete cambió de estado/)).toBeDefined();
    expect(screen.getByRole('dialog')).toBeDefined();
  });
});

describe('Bloquear y reportar without a call', () => {
  const seen = (...facts: TicketFact[]): TicketView => ({
    ...attending,
    timeline: [...(attending.timeline ?? []), ...facts.map((fact) => tickets.line(tickets.header(1).createdAt, fact))],
  });
  const item = () => screen.getByRole('menuitem', { name: /^Bloquear y reportar/ });

  test('[T30] is there for a desk that was loaded anew, about whoever was in', async () => {
    const { fake } = await renderDesk((desk) => work(desk, { ticket: seen({ type: 'guest.entered' }) }));
    await openMenu();
    await choose('Motivo', 'Amenazas');
    await press('Bloquear y reportar');
    expect(lastAct(fake)).toEqual({ type: 'guest.block', ticketId, reason: 'threats', comment: '' });
  });

  test('[T30] is there after a new link was given, and for who passed to the video from their turn', async () => {
    await renderDesk((desk) =>
      work(desk, { ticket: seen({ type: 'ticket.hopped', to: 'video' }, { type: 'guestLink.created' }) }),
    );
    await press('Menú de opciones');
    expect(item().getAttribute('aria-disabled')).not.toBe('true');
  });

  test('[T30] is not there, with the reason, while nobody has come', async () => {
    await renderDesk((desk) => work(desk, { ticket: seen({ type: 'guestLink.created' }) }));
    await press('Menú de opciones');
    expect(item().getAttribute('aria-disabled')).toBe('true');
    expect(item().textContent).toContain('el cliente aún no ha entrado');
  });
});

describe('a screen that nobody asked for', () => {
  test('[B80] is not shown; the agent is asked, and allows it or not', async () => {
    const { call, show } = await inCall();
    expect(screen.queryByRole('button', { name: 'Permitir' })).toBeNull();
    await show({ isRefused: { camera: false, microphone: false, screen: true } });
    expect(screen.getByRole('alert').textContent).toBe('María Fernanda Ospina Gil quiere compartir su pantalla');
    await press('No permitir');
    await press('Permitir');
    expect(call.told.filter((told) => told.endsWith('screen'))).toEqual(['decline screen', 'accept screen']);
    await show({ isDeclined: { camera: false, microphone: false, screen: true } });
    expect(screen.queryByRole('button', { name: 'Permitir' })).toBeNull();
  });
});

describe('a connection whose key changed', () => {
  test('[B70] is dropped, said in words, and opened anew by the agent', async () => {
    const { call, column } = await inCall();
    await act(async () => call.phase({ name: 'ended', cause: 'connectionChanged' }));
    expect(column.getByText('La conexión cambió y la videollamada se cortó por seguridad.')).toBeDefined();
    await press('Abrir la videollamada', { inside: column });
    expect(column.queryByText(/La conexión cambió/)).toBeNull();
  });
});

describe('the end of a video', () => {
  test('[S2-36] [S2-46] [S2-47] asks first about a message that was not sent and a file on its way, and names them', async () => {
    const { fake, tell } = await inCall();
    await write('Mensaje para María Fernanda Ospina Gil', 'Le cuento que');
    const uploadId = '0198f0d0-0000-7000-8000-0000000000c1' as UploadId;
    const upload = {
      id: uploadId,
      ticketId,
      name: 'contrato.pdf',
      bytes: 10,
      sent: 1,
      state: { name: 'sending' },
    } as const;
    await tell('uploads.changed', { uploads: [upload] });
    await press('Terminar atención');
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('Le cuento que')).toBeDefined();
    expect(dialog.getByText('contrato.pdf')).toBeDefined();
    expect(fake.seenOf('act')).toEqual([]);
    await press('Seguir atendiendo');
    expect(fake.seenOf('act')).toEqual([]);
    await press('Terminar atención');
    await press('Finalizar de todos modos');
    expect(lastAct(fake)).toEqual({ type: 'attention.finish', ticketId });
  });

  test('[S2-36] with nothing begun it ends at once', async () => {
    const { fake } = await inCall();
    await press('Terminar atención');
    expect(lastAct(fake)).toEqual({ type: 'attention.finish', ticketId });
  });
});
