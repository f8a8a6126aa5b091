import { act, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { sampleId } from '../../../domain/testing/sample-ids.ts';
import type { SharedFile } from '../../../protocol/files/shared-file.ts';
import { FileId } from '../../../protocol/ids.ts';
import { mediaError } from '../../../web/peer/testing/fake-media.ts';
import {
  attending,
  callByHand,
  calling,
  connect,
  openVideo,
  room,
  ticketId,
  withFakeMedia,
} from '../../testing/open-video.ts';
import { fakeClipboard, press } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { NOW } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { lastAct } from '../../testing/scenes.ts';

const link = {
  id: '0198f0d0-0000-7000-8000-0000000000aa',
  url: 'https://a.test/video#token',
  expiresAt: NOW + 900_000,
};
const signal = { session: 1, data: { type: 'ask' } } as const;

const browser = withFakeMedia();

describe('Atención virtual', () => {
  test('[S2-34] [T25] called automatically it is there in llamando, and no camera is on before the agent opens it', async () => {
    const { fake, column, call } = await openVideo(calling);
    await act(async () =>
      fake.tell('notice.raised', { type: 'called', ticketId, turnCode: 'A-007', isAutomatic: true }),
    );
    expect(column.getByText('Llamando')).toBeDefined();
    expect(browser.media.asked).toEqual([]);
    expect(fake.seenOf('video.join')).toEqual([]);
    await press('Abrir la videollamada', { inside: column });
    expect(browser.media.asked).toEqual(['camera+microphone']);
    expect(fake.seenOf('video.join')).toEqual([{ ticketId }]);
    expect(call().told).toContain('start');
    expect(column.getByText('Esperando a que María Fernanda Ospina Gil se conecte')).toBeDefined();
  });

  test('[S2-26] [S2-34] called by hand it opens by that press, and becomes Atendiendo when the customer is seen', async () => {
    const { fake, call, tell } = await callByHand();
    expect(fake.seenOf('video.join')).toEqual([{ ticketId }]);
    await tell('room.changed', { ...room, isGuestHere: true });
    expect(call().told).toContain('peerCame');
    await connect(call());
    expect(lastAct(fake)).toEqual({ type: 'attention.begin', ticketId });
    expect(screen.getByLabelText('Imagen de María Fernanda Ospina Gil')).toBeDefined();
    await connect(call());
    expect(fake.seenOf('act')).toHaveLength(1);
  });

  test.each([
    ['slow', true],
    ['tooSlow', true],
    ['cameraMissing', false],
  ] as const)(
    '[S2-34] [RD3] with a guest whose verdict is %s, it begins without pictures: %s',
    async (cause, isWeak) => {
      const readiness = { verdict: 'audioOnly' as const, cause, since: NOW };
      const { call } = await openVideo({ ...calling, header: { ...calling.header, readiness } });
      await press('Abrir la videollamada');
      expect(call().isLineWeak).toBe(isWeak);
    },
  );

  test('[S2-34] who gave no name is a Cliente in what is said of them', async () => {
    const header = { ...calling.header, displayName: null };
    const { column } = await openVideo({ ...calling, header, contact: null });
    await press('Abrir la videollamada', { inside: column });
    expect(column.getByText('Sin nombre')).toBeDefined();
    expect(column.getByText('Esperando a que Cliente se conecte')).toBeDefined();
    expect(column.getByRole('textbox', { name: 'Mensaje para Cliente' })).toBeDefined();
  });

  test('what each side says goes through the desk, and only that of this ticket', async () => {
    const { fake, call, tell } = await callByHand();
    await act(async () => call().send(signal));
    expect(fake.seenOf('video.say')).toEqual([{ ticketId, signal }]);
    await tell('signal.heard', { ticketId, signal });
    await tell('signal.heard', { ticketId: tickets.waitingRows[0]!.header.id, signal });
    expect(call().received).toEqual([signal]);
  });

  test('[R17] without the line the call goes on, and hears of it', async () => {
    const { call, tell, column } = await callByHand();
    await connect(call());
    await tell('room.changed', { ...room, isLineUp: false });
    await tell('line.changed', facts.lineDown);
    expect(call().told).toContain('line down');
    expect(column.getByLabelText(/^Imagen de/)).toBeDefined();
    await act(async () => call().phase({ name: 'reconnecting' }));
    // Its own line is down: it does not know whether the customer left.
    expect(column.getByText('Se perdió la imagen. Reconectando; la atención sigue.')).toBeDefined();
    await act(async () => call().show({ isLineUp: true }));
    expect(column.getByText(/salió de la videollamada/)).toBeDefined();
  });

  test('[S2-38] [S2-39] camera and microphone have a button each', async () => {
    const { call, column } = await callByHand();
    await act(async () => call().show({ isOn: { camera: true, microphone: true, screen: false } }));
    await press('Micrófono', { inside: column });
    await press('Cámara', { inside: column });
    expect(call().told).toEqual(expect.arrayContaining(['microphone off', 'camera off']));
  });

  test('[B73] a camera that another program has is told in words, and the call goes on', async () => {
    browser.media.fails = { camera: mediaError('NotReadableError') };
    const { column, call } = await callByHand();
    expect(column.getByText('Cámara: otro programa usa el dispositivo. Ciérrelo y elija de nuevo.')).toBeDefined();
    expect(call().tracks['microphone']).not.toBeNull();
  });

  test('[S2-36] [T25] with the end of the attention the room is left, and no device goes on', async () => {
    const { fake, call, tell } = await callByHand();
    expect(browser.media.live()).toHaveLength(2);
    await tell('current.changed', facts.current(null));
    expect(browser.media.live()).toEqual([]);
    expect(call().told).toEqual(expect.arrayContaining(['end finished', 'close']));
    expect(fake.seenOf('video.leave')).toEqual([{ ticketId }]);
  });

  test('[S2-36] Terminar atención finishes the ticket; without the line it says why it cannot', async () => {
    const { fake, tell, column } = await openVideo(attending);
    await press('Terminar atención', { inside: column });
    expect(lastAct(fake)).toEqual({ type: 'attention.finish', ticketId });
    await tell('line.changed', facts.lineDown);
    expect(column.getByRole('button', { name: 'Terminar atención' }).getAttribute('aria-disabled')).toBe('true');
  });

  test('[S2-35] before the customer comes No se presenta is there in its place', async () => {
    const { fake, column } = await callByHand();
    expect(column.queryByRole('button', { name: 'Terminar atención' })).toBeNull();
    await press('No se presenta', { inside: column });
    await press('Reencolar ticket', { role: 'menuitem' });
    expect(lastAct(fake)).toEqual({ type: 'attention.noShow', ticketId, then: 'requeue' });
  });
});

describe('the call beside the screens', () => {
  test('[B76] facts that are about something else do not make the connection look for another way', async () => {
    const { call, tell } = await callByHand();
    const ice = (expiresAt: number) => ({ policy: 'all' as const, servers: [], expiresAt });
    await tell('room.changed', { ...room, ice: ice(1) });
    const before = call().configurations.length;
    for (let time = 0; time < 5; time += 1) {
      await tell('line.changed', facts.lineUp);
      await tell('room.changed', { ...room, ice: ice(1) });
    }
    expect(call().configurations).toHaveLength(before);
    await tell('room.changed', { ...room, ice: ice(2) });
    expect(call().configurations).toHaveLength(before + 1);
  });

  test('[R17] a call that was given up is opened again by the agent', async () => {
    const { calls, call, column } = await callByHand();
    await act(async () => call().phase({ name: 'ended', cause: 'lost' }));
    expect(column.getByText('La conexión se perdió y no volvió a tiempo.')).toBeDefined();
    await press('Abrir la videollamada', { inside: column });
    expect(calls).toHaveLength(2);
    expect(call().told).toContain('start');
    expect(browser.media.live()).toHaveLength(2);
  });

  test('[T25] a window that another one has taken over lets go of camera and microphone', async () => {
    const { fake, call } = await callByHand();
    await act(async () => fake.setPipe('replaced'));
    expect(browser.media.live()).toEqual([]);
    expect(call().told).toContain('close');
  });

  test('[S2-26] an attention that could not begin for want of the line begins when it is back', async () => {
    const { fake, call, tell } = await callByHand();
    fake.refuse('act', 'NEEDS_LINE');
    await connect(call());
    fake.handle('act', () => ({ ticketId: null, turnCode: null }));
    await tell('room.changed', { ...room, isGuestHere: true });
    expect(fake.seenOf('act').map(({ type }) => type)).toEqual(['attention.begin', 'attention.begin']);
  });

  test('[T25] a call by hand that has passed does not open the camera at a later one that came by itself', async () => {
    const { tell } = await openVideo(tickets.attendingTicket);
    await tell('notice.raised', { type: 'called', ticketId, turnCode: 'A-007', isAutomatic: false });
    await tell('current.changed', facts.current(null));
    await tell('current.changed', facts.current(tickets.callingTicket));
    await tell('current.changed', facts.current(attending));
    expect(browser.media.asked).toEqual([]);
  });
});

describe('Generar QR', () => {
  const choose = async () => {
    await press('Menú de opciones');
    await press('Generar QR', { role: 'menuitem' });
  };

  test('[S2-44] the link is made once, shown as a code, copied and taken back', async () => {
    const { fake } = await callByHand();
    fake.handle('video.invite', () => link as never);
    await choose();
    expect(screen.getByRole('img', { name: 'Código QR del tiquete A-007' })).toBeDefined();
    const copied = fakeClipboard();
    await press('Copiar');
    expect(copied).toEqual([link.url]);
    await press('Listo');
    await choose();
    expect(fake.seenOf('video.invite')).toHaveLength(1);
    fake.refuse('video.revoke', 'UNAVAILABLE', { title: 'No se revocó.' });
    await press('Revocar enlace');
    expect(screen.getByRole('alert')).toBeDefined();
    fake.handle('video.revoke', () => 'revoked');
    await press('Revocar enlace');
    expect(fake.seenOf('video.revoke')).toEqual([{ ticketId }, { ticketId }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('[S2-44] a refusal says why, and is tried again', async () => {
    const { fake } = await callByHand();
    fake.refuse('video.invite', 'UNAVAILABLE', { title: 'El servidor no está disponible en este momento.' });
    await choose();
    expect(screen.getByText(/El servidor no está disponible/)).toBeDefined();
    fake.handle('video.invite', () => link as never);
    await press('Reintentar');
    expect(screen.getByRole('textbox', { name: 'Enlace' })).toBeDefined();
  });

  test('[S2-44] [B79] [T25] with the customer in the call a new link is made only when the agent asks for it', async () => {
    const { fake, tell, calls } = await callByHand();
    fake.handle('video.invite', () => link as never);
    await tell('room.changed', { ...room, isGuestHere: true });
    await press('Menú de opciones');
    await press('Compartir Pantalla', { role: 'menuitem' });
    await choose();
    expect(screen.getByText('El cliente ya entró. Un enlace nuevo lo saca de la videollamada.')).toBeDefined();
    expect(fake.seenOf('video.invite')).toEqual([]);
    await press('Generar un enlace nuevo');
    expect(fake.seenOf('video.invite')).toEqual([{ ticketId, isReplacing: true }]);
    // Whoever was in is out, with picture and sound.
    expect(calls).toHaveLength(2);
    expect(calls[0]!.told).toContain('close');
    // Camera and microphone are those of before, muted or not; whoever comes sees no screen before it is shared anew.
    expect(browser.media.asked).toEqual(['camera+microphone', 'screen']);
    expect(calls[1]!.tracks['screen'] ?? null).toBeNull();
    expect(browser.media.live()).toHaveLength(2);
    expect(calls[1]!.tracks['microphone']).toBe(calls[0]!.tracks['microphone']);
  });

  test('[S2-44] a customer who is in and not seen from here is told by the server, and asked about just so', async () => {
    const { fake } = await callByHand();
    fake.refuse('video.invite', 'LINK_USED');
    await choose();
    expect(screen.getByText('El cliente ya entró. Un enlace nuevo lo saca de la videollamada.')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('files of the call', () => {
  const file = (number: number, from: SharedFile['from']): SharedFile => ({
    id: sampleId(FileId, number),
    ticketId,
    attentionId: null,
    from,
    agentName: null,
    name: 'contrato.txt',
    kind: 'text/plain',
    bytes: 1,
    width: null,
    height: null,
    hasPreview: false,
    wasCleaned: false,
    sharedAt: NOW,
    sha256: 'a'.repeat(64),
  });
  const show = ({ tell }: Awaited<ReturnType<typeof openVideo>>, files: SharedFile[] | null) =>
    tell('current.changed', facts.current({ ...attending, files }));

  test('[S2-47] the guest’s files that came since the tab was last open are told aloud', async () => {
    const desk = await openVideo({ ...attending, files: [file(1, 'guest')] });
    expect(screen.queryByText(/del cliente$/)).toBeNull();
    await show(desk, [file(1, 'guest'), file(2, 'guest'), file(3, 'agent')]);
    expect(screen.getByText('1 archivo nuevo del cliente').getAttribute('aria-live')).toBe('polite');
    await press(/^Archivos/, { role: 'tab' });
    expect(screen.queryByText(/del cliente$/)).toBeNull();
  });

  test('[S2-47] a desk that does not have them says so, and tells none of them as new when they come', async () => {
    const desk = await openVideo({ ...attending, files: null });
    await press(/^Archivos/, { role: 'tab' });
    expect(screen.getByText('Los archivos de esta atención no están en este equipo')).toBeDefined();
    await press(/^Chat/, { role: 'tab' });
    await show(desk, [file(1, 'guest')]);
    expect(screen.queryByText(/del cliente$/)).toBeNull();
    await show(desk, []);
    await press(/^Archivos/, { role: 'tab' });
    expect(screen.getByText('Aún no hay archivos')).toBeDefined();
  });
});
