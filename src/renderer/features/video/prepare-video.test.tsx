import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TicketView } from '../../../bridge/facts.ts';
import { createDevices } from '../../../web/peer/devices.ts';
import { FakeCall } from '../../../web/peer/testing/fake-call.ts';
import { FakeMedia, FakeMediaStream } from '../../../web/peer/testing/fake-media.ts';
import { press, renderDesk } from '../../testing/render-desk.tsx';
import { asesoria } from '../../testing/sample-office.ts';
import * as facts from '../../testing/sample-facts.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { work } from '../../testing/scenes.ts';

let media: FakeMedia;
beforeEach(() => {
  media = new FakeMedia();
  vi.stubGlobal('MediaStream', FakeMediaStream);
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: media });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

const { callingTicket } = tickets;
const ticket: TicketView = {
  ...callingTicket,
  header: { ...callingTicket.header, kind: 'virtual', serviceId: asesoria, turnCode: 'A-007', appointmentAt: null },
};
const { id: ticketId } = ticket.header;

/** A guest waits, and the agent presses "Atender"; the server answers when the test says so. */
async function pressAttend(refusal: 'ALREADY_HELD' | null = null, isPrepareRefused = false) {
  const { promise: answer, ...called } = Promise.withResolvers<{ ticketId: null; turnCode: null }>();
  const calls: FakeCall[] = [];
  const waiting = tickets.header(7, { id: ticketId, kind: 'virtual', turnCode: 'A-007' });
  const desk = await renderDesk(
    (fake) => {
      work(fake, { rows: [{ header: waiting, reasons: [], isMain: true }], isManual: true });
      fake.handle('act', () => answer);
      if (refusal) fake.refuse('act', refusal);
      if (isPrepareRefused) fake.refuse('video.prepare', 'UNAVAILABLE');
    },
    {
      createCall: ({ send, configuration }) => {
        const call = new FakeCall(send, configuration);
        calls.push(call);
        return call;
      },
      createDevices,
    },
  );
  const line = within(screen.getByRole('list', { name: 'Turnos en espera' }));
  expect(media.asked).toEqual([]);
  await press('Atender', { inside: line });
  return { ...desk, called, calls };
}

test('[S2-34] [T25] the press that calls a guest captures camera and microphone, and the video that opens sends those', async () => {
  const { fake, tell, called, calls } = await pressAttend();
  await waitFor(() => expect(media.live()).toHaveLength(2));
  expect(fake.seenOf('video.prepare')).toEqual([{ ticketId }]);
  called.resolve({ ticketId: null, turnCode: null });
  await tell('current.changed', facts.current(ticket));
  await tell('notice.raised', { type: 'called', ticketId, turnCode: 'A-007', isAutomatic: false });
  expect(fake.seenOf('video.join')).toEqual([{ ticketId }]);
  expect(media.asked).toEqual(['camera+microphone']);
  expect(calls[0]?.tracks).toMatchObject({ camera: media.tracks[1], microphone: media.tracks[0] });
});

test('[S2-34] [B73] a call for which nothing could be prepared captures camera and microphone when it opens', async () => {
  const { fake, tell, called } = await pressAttend(null, true);
  await waitFor(() => expect(fake.seenOf('video.prepare')).toHaveLength(1));
  await act(async () => undefined);
  expect(media.asked).toEqual([]);
  called.resolve({ ticketId: null, turnCode: null });
  await tell('current.changed', facts.current(ticket));
  await tell('notice.raised', { type: 'called', ticketId, turnCode: 'A-007', isAutomatic: false });
  await waitFor(() => expect(media.live()).toHaveLength(2));
});

test('[T25] a call that the server refuses asks for no device any more', async () => {
  const { fake } = await pressAttend('ALREADY_HELD');
  await waitFor(() => expect(fake.seenOf('video.prepare')).toHaveLength(1));
  await act(async () => undefined);
  expect(media.live()).toEqual([]);
  expect(fake.seenOf('video.join')).toEqual([]);
});

test('[T25] a window that is replaced while its call is under way lets camera and microphone go', async () => {
  const { fake } = await pressAttend();
  await waitFor(() => expect(media.live()).toHaveLength(2));
  act(() => fake.setPipe('replaced'));
  expect(media.live()).toEqual([]);
});
