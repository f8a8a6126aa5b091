import { act } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { CallView } from '../../../web/peer/call-view.ts';
import { callByHand, withFakeMedia } from '../../testing/open-video.ts';
import { press } from '../../testing/render-desk.tsx';

withFakeMedia();

const needsRelay =
  'No hay un camino directo entre los dos equipos. Para el video entre redes distintas la central necesita un servidor TURN, y no tiene ninguno configurado.';
const connecting = 'Conectando con María Fernanda Ospina Gil';

/** The customer is there; one connection after another does not come up. */
async function hardCall(relay: CallView['relay']) {
  const desk = await callByHand();
  const show = (change: Partial<CallView>) => act(async () => desk.call().show(change));
  const phase = (change: { name: CallView['phase']['name']; cause?: string }) =>
    act(async () => desk.call().phase(change));
  await show({ relay, isPeerHere: true, isHard: true });
  await phase({ name: 'connecting' });
  return { ...desk, show, phase };
}

test('[S2-34] [B77] without a relay the agent is told that one is needed, while it is tried and after a loss', async () => {
  const { column, phase } = await hardCall('none');
  expect(column.getByText(needsRelay)).toBeDefined();
  await phase({ name: 'reconnecting' });
  expect(column.getByText(needsRelay)).toBeDefined();
});

test('[S2-34] [B77] and nothing of it before it is hard, or without the line or the customer, with whom it may be', async () => {
  const { column, show } = await hardCall('none');
  await show({ isHard: false });
  expect(column.getByText(connecting)).toBeDefined();
  await show({ isHard: true, isPeerHere: false });
  expect(column.getByText(connecting)).toBeDefined();
  await show({ isPeerHere: true, isLineUp: false });
  expect(column.getByText(connecting)).toBeDefined();
  expect(column.queryByText(needsRelay)).toBeNull();
});

test('[S2-34] [B77] a relay that is silent is another matter, and so is one that is there', async () => {
  const { column, show } = await hardCall('silent');
  expect(column.getByText('El servidor TURN no responde. Se sigue intentando; la atención sigue.')).toBeDefined();
  await show({ relay: 'there' });
  expect(column.getByText(connecting)).toBeDefined();
});

test.each([
  ['none', needsRelay],
  ['there', 'No se encontró un camino entre los dos equipos.'],
] as const)(
  '[S2-34] [B77] a call that was given up says why, and is made again by a press: relay %s',
  async (relay, words) => {
    const { column, calls, phase } = await hardCall(relay);
    await phase({ name: 'ended', cause: 'unreachable' });
    expect(column.getByText(words)).toBeDefined();
    await press('Abrir la videollamada', { inside: column });
    expect(calls).toHaveLength(2);
    expect(column.queryByText(words)).toBeNull();
  },
);
