import { expect, it } from 'vitest';
import { sampleCall } from '../testing/sample-states.ts';
import { callsShown } from './calls-shown.ts';

const [f, e, d, c, b, a] = ['f', 'e', 'd', 'c', 'b', 'a'].map((id, place) => sampleCall(id, `C-00${6 - place}`));
const calls = [f!, e!, d!, c!, b!, a!];

it('[S2-55] shows the newest call large and the five before it', () => {
  const { called, earlier } = callsShown(calls, { current: null, waiting: [] });
  expect(called?.id).toBe('f');
  expect(earlier.map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a']);
});

it('[S2-55] shows large what is being said, and nothing that has still to be said', () => {
  const { called, earlier } = callsShown(calls, { current: d!, waiting: [e!, f!] });
  expect(called?.id).toBe('d');
  expect(earlier.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

it('[S2-28] shows a ticket once while its recall waits', () => {
  const recall = sampleCall('d2', d!.code);
  const { called, earlier } = callsShown([recall, c!, b!], { current: d!, waiting: [recall] });
  expect(called?.id).toBe('d');
  expect(earlier.map(({ id }) => id)).toEqual(['c', 'b']);
});

it('[S2-55] shows nothing before the first call', () => {
  expect(callsShown([], { current: null, waiting: [] })).toEqual({ called: null, earlier: [] });
});
