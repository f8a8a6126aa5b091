import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TicketView } from '../../../bridge/facts.ts';
import { TransferOffer, type OfferColleague } from '../../../protocol/video/transfer-offer.ts';
import { createDevices } from '../../../web/peer/devices.ts';
import { FakeCall } from '../../../web/peer/testing/fake-call.ts';
import { FakeMedia, FakeMediaStream } from '../../../web/peer/testing/fake-media.ts';
import { choose, press, pressKey, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { ana, asesoria, NOW } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct, work } from '../../testing/scenes.ts';

const id = (last: number): string => `0198f0d0-0000-7000-8000-${String(last).padStart(12, '0')}`;
const luis = id(901);
const attending: TicketView = {
  ...tickets.attendingTicket,
  header: {
    ...tickets.attendingTicket.header,
    kind: 'virtual',
    serviceId: asesoria,
    turnCode: 'A-007',
    appointmentAt: null,
  },
};
const ticketId = attending.header.id;
const held = attending.header.holder!;

const offerOf = (change: Partial<Record<keyof TransferOffer, unknown>>, isOwn = true): TransferOffer =>
  TransferOffer.parse({
    id: id(1),
    ticketId,
    attentionId: held.attentionId,
    epoch: 1,
    nextAttentionId: id(2),
    from: isOwn ? { agentId: ana, agentName: 'Ana Rojas' } : { agentId: luis, agentName: 'Luis Peña' },
    to: isOwn ? { agentId: luis, agentName: 'Luis Peña' } : { agentId: ana, agentName: 'Ana Rojas' },
    state: 'offered',
    comment: 'Falta la firma',
    reason: '',
    failure: null,
    dueAt: NOW + 24_000,
    card: {
      turnCode: 'A-007',
      serviceId: asesoria,
      customerName: 'Lucía Benítez',
      attendingSince: NOW - 65_000,
      topics: 2,
      notes: 3,
    },
    ...change,
  });

let media: FakeMedia;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  media = new FakeMedia();
  vi.stubGlobal('MediaStream', FakeMediaStream);
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

async function open(ticket: TicketView | null) {
  const calls: FakeCall[] = [];
  const desk = await renderDesk((fake) => work(fake, { ticket }), {
    createCall: ({ send, configuration }) => {
      const call = new FakeCall(send, configuration);
      calls.push(call);
      return call;
    },
    createDevices,
  });
  const tellOffer = (offer: TransferOffer, isOwn = true) =>
    desk.tell('transfer.changed', isOwn ? { own: offer, toMe: null } : { own: null, toMe: offer });
  return { ...desk, calls, tellOffer };
}
const notices = () => within(screen.getByRole('region', { name: 'Avisos' }));
const colleague = (agentId: string, name: string, obstacle: OfferColleague['obstacle'] = null) =>
  ({ agentId, name, moduleName: 'Módulo 2', level: 'main', obstacle }) as OfferColleague;

describe('who offers', () => {
  test('[S2-37] Transferir llamada asks the server who is free, and offers to whom was chosen', async () => {
    const { fake } = await open(attending);
    fake.handle('video.colleagues', () => ({
      colleagues: [colleague(luis, 'Luis Peña'), colleague(id(902), 'Eva Gil', 'busy')],
    }));
    await press('Transferir llamada');
    await press('Ofrecer la llamada');
    expect(screen.getByText('Elija el colega.')).toBeDefined();
    await press('Colega', { role: 'combobox' });
    expect(screen.getByRole('option', { name: /Eva Gil/ }).textContent).toContain('Está atendiendo');
    expect(screen.getByRole('option', { name: /Eva Gil/ }).getAttribute('aria-disabled')).toBe('true');
    await press('Luis Peña · Servicio principal · Módulo 2', { role: 'option' });
    await write('Comentario', 'Falta la firma');
    await press('Ofrecer la llamada');
    expect(lastAct(fake)).toEqual({ type: 'transfer.offer', ticketId, agentId: luis, comment: 'Falta la firma' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('[S2-37] a service may be chosen instead, as before', async () => {
    const { fake } = await open(attending);
    fake.handle('video.colleagues', () => ({ colleagues: [] }));
    await press('Transferir llamada');
    expect(screen.getByText(/^Nadie más de este servicio/)).toBeDefined();
    await press('Un servicio', { role: 'radio' });
    await choose('Servicio de destino', 'Soporte técnico');
    await press('Transferir A-007');
    expect(lastAct(fake)).toMatchObject({ type: 'attention.transfer', ticketId });
  });

  test('[S2-37] who is free cannot be known: it is said, and asked again', async () => {
    const { fake } = await open(attending);
    fake.refuse('video.colleagues', 'NEEDS_LINE');
    await press('Transferir llamada');
    expect(screen.getByRole('alert').textContent).toContain('No se pudo saber quién está disponible.');
    fake.handle('video.colleagues', () => ({ colleagues: [colleague(luis, 'Luis Peña')] }));
  });

  test('[S2-37] the offer stands over the bar with the seconds left, and can be taken back', async () => {
    const { fake, tellOffer, tell } = await open(attending);
    await tellOffer(offerOf({}));
    expect(screen.getByText('Ofrecido a Luis Peña: 24 s')).toBeDefined();
    await press('Cancelar el ofrecimiento');
    expect(lastAct(fake)).toEqual({ type: 'transfer.cancel', ticketId, offerId: id(1) });
    await tellOffer(offerOf({ state: 'accepted', dueAt: NOW + 15_000 }));
    expect(screen.getByText('Luis Peña aceptó: conectando con el cliente, 15 s')).toBeDefined();
    await tell('transfer.changed', { own: offerOf({ state: 'declined', reason: 'Salgo ya' }), toMe: null });
    expect(screen.queryByText(/conectando con el cliente/)).toBeNull();
    expect(notices().getByText('Luis Peña no la tomó: Salgo ya. Usted sigue con la llamada.')).toBeDefined();
  });

  test('[S2-37] [T25] passed on, the call goes on a moment for the guest, then camera and call end', async () => {
    const { tellOffer, tell, calls } = await open(attending);
    await press('Abrir la videollamada');
    await tellOffer(offerOf({ state: 'accepted' }));
    await tell('current.changed', facts.current(null));
    expect(calls[0]!.told).not.toContain('close');
    await act(async () => vi.advanceTimersByTime(600));
    expect(calls[0]!.told.slice(-2)).toEqual(['end transferred', 'close']);
    expect(media.tracks.every(({ readyState }) => readyState === 'ended')).toBe(true);
  });
});

describe('who has passed it on while sharing the screen', () => {
  const sharing = () => screen.queryByText('Está compartiendo su pantalla');

  test('[S2-37] [T32] shares it no more from the moment on in which the desk goes on to others', async () => {
    const { tellOffer, tell, calls, video, fake } = await open(attending);
    await press('Abrir la videollamada');
    await act(async () => calls[0]!.phase({ name: 'connected' }));
    await act(async () => video.shareScreen());
    expect(sharing()).not.toBeNull();
    const screenTrack = media.tracks.at(-1)!;
    await tellOffer(offerOf({ state: 'accepted' }));
    await tell('current.changed', facts.current(null));
    expect([screenTrack.readyState, calls[0]!.tracks['screen'] ?? null, sharing()]).toEqual(['ended', null, null]);
    // Its end is told of the attention that was this agent's.
    expect(lastAct(fake)).toMatchObject({
      attentionId: attending.header.holder?.attentionId,
      report: { type: 'call.screenEnded', side: 'agent' },
    });
    // The rest goes on a moment for the guest.
    expect(calls[0]!.told).not.toContain('close');
  });

  test('[S2-37] [T32] what was chosen too late is let go of at once', async () => {
    const { tellOffer, tell, calls, video } = await open(attending);
    await press('Abrir la videollamada');
    await tellOffer(offerOf({ state: 'accepted' }));
    await tell('current.changed', facts.current(null));
    await act(async () => video.shareScreen());
    expect([media.tracks.at(-1)!.readyState, calls[0]!.tracks['screen'] ?? null, sharing()]).toEqual([
      'ended',
      null,
      null,
    ]);
  });
});

describe('to whom it is offered', () => {
  const card = () => region('Llamada ofrecida');

  test('[S2-37] [TO5] the offer is heard and says what may be known', async () => {
    const { chimes, tellOffer } = await open(null);
    await tellOffer(offerOf({}, false), false);
    expect(chimes).toHaveLength(1);
    for (const words of ['A-007', 'Lucía Benítez', 'Asesoría virtual', '“Falta la firma”', 'Quedan 24 s']) {
      expect(card().getByText(words)).toBeDefined();
    }
    expect(card().getByRole('alert').textContent).toContain('Luis Peña le ofrece la llamada A-007');
    expect(document.activeElement).toBe(card().getByRole('button', { name: 'Aceptar' }));
    expect(media.asked).toEqual([]);
  });

  test('[S2-37] [T25] Aceptar, by its key, takes camera and room only once the server has said yes', async () => {
    const { fake, tellOffer, calls, tell } = await open(null);
    await tellOffer(offerOf({}, false), false);
    await pressKey('F2');
    expect(lastAct(fake)).toEqual({ type: 'transfer.accept', ticketId, offerId: id(1) });
    expect(media.asked).toEqual(['camera+microphone']);
    expect(fake.seenOf('video.join')).toEqual([{ ticketId }]);
    await tellOffer(offerOf({ state: 'accepted' }, false), false);
    expect(card().getAllByText('Conectando con Lucía Benítez').length).toBeGreaterThan(0);
    // It becomes theirs: the same call goes on.
    const header = { ...attending.header, holder: { ...held, agentId: ana, attentionId: id(2), epoch: 2 } };
    await tellOffer(offerOf({ state: 'completed' }, false), false);
    await tell('current.changed', facts.current({ ...attending, header } as TicketView));
    await act(async () => vi.advanceTimersByTime(20_000));
    expect(calls).toHaveLength(1);
    expect(calls[0]!.told).not.toContain('close');
    expect(screen.queryByRole('region', { name: 'Llamada ofrecida' })).toBeNull();
  });

  test('[S2-37] refused by the server, no camera goes on', async () => {
    const { fake, tellOffer } = await open(null);
    await tellOffer(offerOf({}, false), false);
    fake.refuse('act', 'OFFER_OVER');
    await press('Aceptar');
    expect(media.asked).toEqual([]);
    expect(fake.seenOf('video.join')).toEqual([]);
  });

  test('[S2-37] [T25] accepted, and the answer lost: the video is there to be entered, by a press', async () => {
    const { fake, tellOffer, calls } = await open(null);
    await tellOffer(offerOf({}, false), false);
    fake.refuse('act', 'UNKNOWN_OUTCOME');
    await press('Aceptar');
    await tellOffer(offerOf({ state: 'accepted' }, false), false);
    expect(media.asked).toEqual([]);
    await press('Entrar a la videollamada');
    expect(media.asked).toEqual(['camera+microphone']);
    expect(calls).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Entrar a la videollamada' })).toBeNull();
  });

  test.each([
    ['cancelled', 'Luis Peña retiró la llamada A-007.'],
    ['failed', 'La llamada A-007 sigue con Luis Peña: no se pudo pasar.'],
  ] as const)('[S2-37] [T25] %s after it was accepted: camera and room are left', async (state, words) => {
    const { fake, tellOffer, calls } = await open(null);
    await tellOffer(offerOf({}, false), false);
    await press('Aceptar');
    await tellOffer(offerOf({ state: 'accepted' }, false), false);
    await tellOffer(offerOf({ state, failure: state === 'failed' ? 'noMedia' : null }, false), false);
    expect(notices().getByText(words)).toBeDefined();
    expect(calls[0]!.told.at(-1)).toBe('close');
    expect(media.tracks.every(({ readyState }) => readyState === 'ended')).toBe(true);
    expect(fake.seenOf('video.leave')).toEqual([{ ticketId }]);
  });

  test('[S2-37] Rechazar asks for a reason, which may be left out', async () => {
    const { fake, tellOffer } = await open(null);
    await tellOffer(offerOf({}, false), false);
    await press('Rechazar');
    await write('Motivo', 'Salgo ya');
    await press('Rechazar la llamada');
    expect(lastAct(fake)).toEqual({ type: 'transfer.decline', ticketId, offerId: id(1), reason: 'Salgo ya' });
  });
});
