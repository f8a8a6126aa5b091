import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import type { TicketView } from '../../bridge/facts.ts';
import { createDevices } from '../../web/peer/devices.ts';
import { FakeCall } from '../../web/peer/testing/fake-call.ts';
import { FakeMedia, FakeMediaStream, fakeStream } from '../../web/peer/testing/fake-media.ts';
import { press, region, renderDesk } from './render-desk.tsx';
import { asesoria } from './sample-office.ts';
import * as tickets from './sample-tickets.ts';
import { work } from './scenes.ts';

const virtual = (ticket: TicketView): TicketView => ({
  ...ticket,
  header: { ...ticket.header, kind: 'virtual', serviceId: asesoria, turnCode: 'A-007', appointmentAt: null },
});
export const calling = virtual(tickets.callingTicket);
export const attending = virtual(tickets.attendingTicket);
export const ticketId = calling.header.id;
export const room = { ticketId, isLineUp: true, isGuestHere: false, ice: null };
const FRAME_MS = 16;

/** Gives each test of the file a browser with devices of its own, and timers that the test moves. */
export function withFakeMedia(): { media: FakeMedia } {
  const browser = { media: new FakeMedia() };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    browser.media = new FakeMedia();
    vi.stubGlobal('MediaStream', FakeMediaStream);
    // jsdom's own frames stop for good with the timers of an earlier test.
    vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => setTimeout(draw, FRAME_MS, 0));
    vi.stubGlobal('cancelAnimationFrame', clearTimeout);
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: browser.media });
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, 'mediaDevices');
  });
  return browser;
}

/** The desk with a virtual ticket in hand, its calls the test's own. */
export async function openVideo(ticket: TicketView) {
  const calls: FakeCall[] = [];
  const desk = await renderDesk((fake) => work(fake, { ticket }), {
    createCall: ({ send, configuration, isLineWeak }) => {
      const call = new FakeCall(send, configuration, isLineWeak);
      calls.push(call);
      return call;
    },
    createDevices,
  });
  const call = (): FakeCall => {
    const newest = calls.at(-1);
    if (newest === undefined) throw new Error('The video is not open');
    return newest;
  };
  return { ...desk, calls, call, column: region('Atención') };
}
/** "Compartir Pantalla", until the customer is sent it: the desk is drawn masked before. */
export async function share(): Promise<void> {
  await press('Menú de opciones');
  await press('Compartir Pantalla', { role: 'menuitem' });
  await drawn();
}
/** Two frames of the screen later. */
export const drawn = () => act(async () => void (await vi.advanceTimersByTimeAsync(2 * FRAME_MS)));
/** All that can be read in the page: text, titles, labels and what stands in its fields. */
export function pageText(): string {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
  return [document.title, document.body.innerHTML, ...fields].join('\n');
}
/** By hand: the agent pressed "Atender" in the line. */
export async function callByHand() {
  const desk = await openVideo(calling);
  await desk.tell('notice.raised', { type: 'called', ticketId, turnCode: 'A-007', isAutomatic: false });
  await desk.tell('room.changed', room);
  return desk;
}
export const connect = (call: FakeCall) =>
  act(async () => {
    call.show({
      remote: { camera: fakeStream(), microphone: fakeStream(), screen: null },
      isRemoteOn: { camera: true, microphone: true, screen: false },
    });
    call.phase({ name: 'connected' });
  });
