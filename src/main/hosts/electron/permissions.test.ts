import { expect, test } from 'vitest';
import { APP_ORIGIN } from './app-address.ts';
import { mayHave, PERMISSIONS } from './permissions.ts';

const ours = [APP_ORIGIN, `${APP_ORIGIN}/`, `${APP_ORIGIN}/index.html`];
const others = [
  '',
  'null',
  'about:blank',
  'app://ventanilla.evil',
  'app://ventanillaevil/',
  'app://evil/ventanilla',
  'APP://VENTANILLA',
  'file:///index.html',
  'http://ventanilla',
  'https://app.ventanilla',
  'https://example.com',
];

test.each(PERMISSIONS)('[E5] %s is nobody else’s, not even in a call', (permission) => {
  for (const origin of others) {
    for (const isInCall of [true, false])
      expect(mayHave(permission, { origin, isMainFrame: true, isInCall, isTrying: isInCall })).toBe(false);
  }
});

test.each(PERMISSIONS)('[E5] %s is no inner frame’s', (permission) => {
  for (const origin of ours)
    expect(mayHave(permission, { origin, isMainFrame: false, isInCall: true, isTrying: true })).toBe(false);
});

test('[E5] [T25] our page has copying, in a call camera, microphone and screen, while devices are tried no screen; nothing else', () => {
  for (const origin of ours) {
    const granted = (isInCall: boolean, isTrying: boolean) =>
      PERMISSIONS.filter((each) => mayHave(each, { origin, isMainFrame: true, isInCall, isTrying }));
    expect(granted(false, false)).toEqual(['clipboard-sanitized-write']);
    expect(granted(false, true)).toEqual(['clipboard-sanitized-write', 'media', 'speaker-selection']);
    expect(granted(true, false)).toEqual([
      'clipboard-sanitized-write',
      'display-capture',
      'media',
      'speaker-selection',
    ]);
  }
});

test.each(['openExternal ', 'constructor', '__proto__', 'toString', 'hyperspace'])(
  '[E5] a permission of another name, %s, is not had',
  (permission) => {
    expect(mayHave(permission, { origin: APP_ORIGIN, isMainFrame: true, isInCall: true, isTrying: true })).toBe(false);
  },
);
