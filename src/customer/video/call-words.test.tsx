import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { CallView } from '../../web/peer/call-view.ts';
import { called } from '../testing/sample-guest.ts';
import { videoUnderTest } from '../testing/video-under-test.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Called by Luis, who is there; one connection after another does not come up. */
async function hardCall(relay: CallView['relay']) {
  const page = videoUnderTest();
  await page.goIn();
  page.say(called());
  act(() => {
    page.call().show({ relay, isPeerHere: true, isHard: true });
    page.call().phase({ name: 'connecting' });
  });
  return page;
}
const told = (): string => screen.getByRole('status').textContent ?? '';

test('[S2-34] [B77] without a relay the guest is told that the network lets no video through, and what to do meanwhile', async () => {
  const { call } = await hardCall('none');
  const words =
    'La red no deja pasar el video entre usted y Luis. Se sigue intentando; use otra red o escriba en el chat.';
  expect(told()).toBe(words);
  expect(screen.getByRole('button', { name: 'Chat' })).toBeDefined();
  act(() => call().phase({ name: 'reconnecting' }));
  expect(told()).toBe(words);
});

test('[S2-34] [B77] and nothing of it before it is hard, or without the line or the agent, with whom it may be', async () => {
  const { call } = await hardCall('none');
  act(() => call().show({ isHard: false }));
  expect(told()).toBe('Conectando con Luis');
  act(() => call().show({ isHard: true, isPeerHere: false }));
  expect(told()).toBe('Conectando con Luis');
  act(() => call().show({ isPeerHere: true, isLineUp: false }));
  expect(told()).toBe('Conectando con Luis');
});

test('[S2-34] [B77] a relay that is silent is another matter, and so is one that is there', async () => {
  const { call } = await hardCall('silent');
  expect(told()).toBe('El servicio que lleva el video no responde. Se sigue intentando; no cierre esta página.');
  act(() => call().show({ relay: 'there' }));
  expect(told()).toBe('Conectando con Luis');
});

test.each([
  ['none', 'La red no dejó pasar el video entre usted y Luis. Use otra red y toque Volver a la llamada.'],
  ['there', 'No se encontró un camino entre su red y la de Luis. Intente de nuevo o use otra red.'],
] as const)(
  '[S2-34] [B77] a call that was given up says why, and is made again by a press: relay %s',
  async (relay, words) => {
    const { call, calls } = await hardCall(relay);
    act(() => call().phase({ name: 'ended', cause: 'unreachable' }));
    expect(told()).toBe(words);
    act(() => screen.getByRole('button', { name: 'Volver a la llamada' }).click());
    expect(calls).toHaveLength(2);
    expect(told()).toBe('Luis llama');
  },
);
