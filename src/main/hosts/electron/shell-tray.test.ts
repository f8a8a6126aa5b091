import { expect, test, vi } from 'vitest';
import { TicketId } from '../../../protocol/ids.ts';
import { shellWords } from './shell-words.ts';
import { trayMenu } from './shell-tray.ts';
import { EMPTY_VIEW, type ShellView } from './shell-view.ts';
import type { UpdateStage } from './updates.ts';

vi.mock('electron', () => import('../../../../tools/electron-double/electron.ts'));

const turnCode = 'C-012';
const inHand = { ticketId: TicketId.parse('01900000-0000-7000-8000-700000000001'), turnCode, isCalling: false };
const working: ShellView = { ...EMPTY_VIEW, session: 'working', state: 'lunch' };

function open(view: ShellView, stage: UpdateStage, language: 'es' | 'pt' | 'en' = 'es') {
  const done = { show: vi.fn(), quit: vi.fn(), chooseState: vi.fn(), update: vi.fn() };
  return { items: trayMenu(view, shellWords(language), stage, done), done };
}
const labels = (...input: Parameters<typeof open>) =>
  open(...input).items.flatMap(({ label }) => (label === undefined ? [] : [label]));

test('the menu has state, window and end, in the agent’s language', () => {
  expect(labels(working, 'none')).toEqual(['Estado', 'Mostrar', 'Salir']);
  expect(labels(working, 'none', 'pt')).toEqual(['Estado', 'Mostrar', 'Sair']);
  expect(labels(working, 'none', 'en')).toEqual(['State', 'Show', 'Quit']);
});

test('[S2-04] it offers the five states, with the present one marked', () => {
  const [states] = open(working, 'none').items;
  const submenu = states?.submenu as { label: string; checked: boolean }[];
  expect(submenu.map(({ label }) => label)).toEqual([
    'En línea',
    'Fuera de línea',
    'Descansando',
    'Almorzando',
    'Documentando',
  ]);
  expect(submenu.filter(({ checked }) => checked).map(({ label }) => label)).toEqual(['Almorzando']);
});

test.each<[ShellView, UpdateStage, string]>([
  [working, 'ready', 'Actualizar y reiniciar'],
  [{ ...working, inHand }, 'ready', 'Actualizar al terminar el turno'],
  [{ ...working, inHand }, 'planned', 'Se actualizará al terminar el turno'],
])('[T23] an update is offered as it can be had: %#', (view, stage, label) => {
  expect(labels(view, stage)).toEqual(['Estado', 'Mostrar', label, 'Salir']);
});
