import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TRAY_PICTURES, trayPicture } from './tray-picture.ts';
import { EMPTY_VIEW, type ShellView } from './shell-view.ts';
import { badgeName } from './badge-name.ts';
import { TicketId } from '../../../protocol/ids.ts';

const resources = join(import.meta.dirname, '../../../../resources');
const inHand = { ticketId: TicketId.parse('01900000-0000-7000-8000-700000000001'), turnCode: 'C-012', isCalling: true };

test('every picture of the tray is there for both themes, and for fine screens', () => {
  const absent = TRAY_PICTURES.flatMap((name) =>
    ['light', 'dark'].flatMap((theme) =>
      ['', '@1.25x', '@1.5x', '@2x'].map((scale) => join(resources, 'tray', theme, `${name}${scale}.png`)),
    ),
  ).filter((path) => !existsSync(path));
  expect(absent).toEqual([]);
});

test.each<[Partial<ShellView>, string]>([
  [{}, 'signed-out'],
  [{ state: 'online' }, 'online'],
  [{ state: 'offline' }, 'offline'],
  [{ state: 'resting' }, 'resting'],
  [{ state: 'lunch' }, 'lunch'],
  [{ state: 'documenting' }, 'documenting'],
  [{ state: 'online', inHand }, 'calling'],
  [{ state: 'lunch', inHand: { ...inHand, isCalling: false } }, 'attending'],
])('%o shows as %s', (view, picture) => {
  expect(trayPicture({ ...EMPTY_VIEW, ...view })).toBe(picture);
});

test.each([
  [-1, null],
  [0, null],
  [1, '1'],
  [9, '9'],
  [10, '9-plus'],
  [240, '9-plus'],
])('%i waiting has the badge %s, whose picture is there', (waiting, name) => {
  expect(badgeName(waiting)).toBe(name);
  if (name) expect(existsSync(join(resources, 'badge', `${name}.png`))).toBe(true);
});
