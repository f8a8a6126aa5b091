import { expect, it } from 'vitest';
import { CallReport } from '../../protocol/video/call-report.ts';
import type { CallPhase } from './call.ts';
import { nextScreens, type SharedScreens, type ToldScreens } from './next-screens.ts';

type Seen = [CallPhase['name'], SharedScreens];

/** What is told of a call that is seen so, once a second, with the second of each. */
function told(seen: readonly Seen[]): [number, CallReport][] {
  let known: ToldScreens = { agent: null, guest: null };
  return seen.flatMap(([phase, shared], second) => {
    const next = nextScreens(known, shared, phase, second * 1000);
    known = next.told;
    return next.reports.map((report): [number, CallReport] => [second, report]);
  });
}
const none: SharedScreens = { agent: null, guest: null };
const ofAgent: SharedScreens = { agent: 'window', guest: null };
const ofGuest: SharedScreens = { agent: null, guest: 'unknown' };
const shared = (side: 'agent' | 'guest', kind: 'window' | 'unknown') => ({ type: 'call.screenShared', side, kind });
const ended = (side: 'agent' | 'guest', lastedMs: number) => ({ type: 'call.screenEnded', side, lastedMs });

it('[CL12] a screen is told once, with its kind, and its end with how long it lasted', () => {
  expect(
    told([
      ['connected', none],
      ['connected', ofAgent],
      ['audioOnly', ofAgent],
      ['connected', ofAgent],
      ['connected', none],
      ['connected', none],
    ]),
  ).toEqual([
    [1, shared('agent', 'window')],
    [4, ended('agent', 3000)],
  ]);
});

it('[CL12] what nobody is shown yet is told when the guest is there', () => {
  expect(
    told([
      ['ringing', ofAgent],
      ['connecting', ofAgent],
      ['connected', ofAgent],
    ]),
  ).toEqual([[2, shared('agent', 'window')]]);
});

it('[CL12] a connection that is cut off ends no screen, but the agent may stop theirs meanwhile', () => {
  expect(
    told([
      ['connected', ofGuest],
      ['reconnecting', none],
      ['connected', ofGuest],
    ]),
  ).toEqual([[0, shared('guest', 'unknown')]]);
  expect(
    told([
      ['connected', ofAgent],
      ['reconnecting', ofAgent],
      ['reconnecting', none],
    ]),
  ).toEqual([
    [0, shared('agent', 'window')],
    [2, ended('agent', 2000)],
  ]);
});

it('[CL12] a guest who comes back without a screen has ended it', () => {
  expect(
    told([
      ['connected', ofGuest],
      ['reconnecting', none],
      ['connected', none],
    ]),
  ).toEqual([
    [0, shared('guest', 'unknown')],
    [2, ended('guest', 2000)],
  ]);
});

it('[CL12] the end of the call ends the screens of both', () => {
  const both: SharedScreens = { agent: 'window', guest: 'unknown' };
  expect(
    told([
      ['connected', both],
      ['reconnecting', both],
      ['ended', both],
      ['ended', both],
    ]),
  ).toEqual([
    [0, shared('agent', 'window')],
    [0, shared('guest', 'unknown')],
    [2, ended('agent', 2000)],
    [2, ended('guest', 2000)],
  ]);
});

it('[CL12] [T32] a report with a title is none', () => {
  const report = { type: 'call.screenShared', side: 'agent', kind: 'window' };
  expect(CallReport.safeParse(report).success).toBe(true);
  expect(CallReport.safeParse({ ...report, title: 'Crédito de Olga Ruiz' }).success).toBe(false);
});
