import { expect, test } from 'vitest';
import type { DownFrame } from '../../../bridge/frame.ts';
import { fakeOffice, fakeStatus, fakeTicket, ana } from '../../testing/fake-office.ts';
import { EMPTY_VIEW, nextView, type ShellView } from './shell-view.ts';
import { shellWords } from './shell-words.ts';
import { trayTip } from './tray-words.ts';

const fact = (name: string, value: unknown): DownFrame => ({ t: 'fact', name, fact: value });
const office = fakeOffice();
const working = fact('session.changed', {
  state: 'working',
  agent: { id: ana, email: 'ana@demo.test', firstName: 'Ana', lastName: 'Ruiz', role: 'agent' },
  companyName: office.companyName,
  isDemo: true,
  locale: office.locale,
  country: office.country,
  branch: office.branches[0],
  module: office.modules[0],
  services: office.services,
  mainServices: [],
  supportServices: [],
});
const signedOut = fact('session.changed', {
  state: 'signedOut',
  lastAgentEmails: [],
  cause: 'signedOut',
  storeNotice: null,
});
const status = fact('status.changed', { status: { ...fakeStatus(ana, 1), state: 'lunch' }, isPending: false });
const ticket = (state: 'calling' | 'attending' | 'paused') => ({
  header: fakeTicket(12, 1, { state, displayName: 'Lucía Peralta' }),
  reasons: [],
  contact: null,
  topicIds: [],
  timeline: null,
  files: null,
  pendingFields: [],
  isPending: false,
});
const current = (value: unknown): DownFrame =>
  fact('current.changed', { ticket: value, recallFrom: null, draft: '', writings: [] });
const waiting = fact('waiting.changed', {
  version: 1,
  count: 4,
  next: null,
  services: [],
  tabs: { waiting: 4, attending: 0, paused: 0, outOfHours: 0 },
});
const after = (...frames: DownFrame[]): ShellView => frames.reduce(nextView, EMPTY_VIEW);

test('the view follows the facts of an agent at work', () => {
  expect(after(working, status, waiting, current(ticket('calling')))).toMatchObject({
    session: 'working',
    state: 'lunch',
    waiting: 4,
    inHand: { turnCode: 'C-012', isCalling: true },
  });
  expect(after(current(ticket('attending'))).inHand).toMatchObject({ isCalling: false });
  expect(after(current(ticket('calling')), current(ticket('paused'))).inHand).toBeNull();
  expect(after(current(ticket('calling')), current(null)).inHand).toBeNull();
});

test('of an agent who left nothing stays', () => {
  expect(after(working, status, waiting, current(ticket('calling')), signedOut)).toEqual({
    ...EMPTY_VIEW,
    session: 'signedOut',
  });
});

test.each<[string, DownFrame]>([
  ['an answer', { t: 'answer', id: 1, output: null }],
  ['a fact that is not shown', fact('held.changed', { version: 0, count: 0, silent: 0 })],
  ['a fact of unknown name', fact('weather.changed', { rain: true })],
  ['a fact of unknown form', fact('status.changed', { status: 'happy' })],
])('%s changes nothing', (_title, frame) => {
  const view = after(working, status);
  expect(nextView(view, frame)).toBe(view);
});

test('[T7] the tray says state and code, never whose ticket it is', () => {
  const words = shellWords('es');
  const inCall = after(working, status, current(ticket('calling')));
  expect(trayTip(EMPTY_VIEW, words)).toBe('Ventanilla: Sin ingresar');
  expect(trayTip(after(working, status), words)).toBe('Ventanilla: Almorzando');
  expect(trayTip(inCall, words)).toBe('Ventanilla: Llamando C-012');
  expect(trayTip({ ...inCall, isLineDown: true }, shellWords('en'))).toBe('Ventanilla: Calling C-012 · No connection');
  expect(JSON.stringify(inCall)).not.toContain('Peralta');
});
