import type { DesktopCapturerSource, NativeImage, Session } from 'electron';
import { expect, test } from 'vitest';
import { createElectronScreens } from './electron-screens.ts';

type Handler = NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>;
type Request = Parameters<Handler>[0];

const source = (id: string, name: string, isEmpty = false): DesktopCapturerSource => ({
  id,
  name,
  display_id: '',
  appIcon: null as never,
  thumbnail: { isEmpty: () => isEmpty, toJPEG: () => Buffer.from('picture') } as unknown as NativeImage,
});
const ours = { frame: { parent: null }, securityOrigin: 'app://ventanilla', videoRequested: true };

async function open() {
  let handler: Handler | null = null;
  let now = 0;
  const screens = createElectronScreens({
    capturer: {
      getSources: ({ types }) =>
        Promise.resolve(
          types.includes('screen')
            ? [source('screen:0:0', 'Entire Screen'), source('window:1:1', 'Ventanilla'), source('window:7:0', 'Hoja')]
            : [],
        ),
    },
    session: {
      setDisplayMediaRequestHandler: (given) => {
        handler = given;
      },
    },
    now: () => now,
  });
  const sources = await screens.sources();
  return {
    ...screens,
    listed: sources ?? [],
    pass: (milliseconds: number) => void (now += milliseconds),
    ask: (request: object = ours) => {
      let given: unknown;
      handler?.(request as unknown as Request, (streams) => (given = streams));
      return given;
    },
  };
}

test('[S2-42] [T32] one window is suggested: windows come first, our own after everything else', async () => {
  const { listed } = await open();
  expect(listed.map(({ name, kind, isOwn }) => [name, kind, isOwn])).toEqual([
    ['Hoja', 'window', false],
    ['Entire Screen', 'screen', false],
    ['Ventanilla', 'window', true],
  ]);
  expect(listed[0]?.picture).toBe(`data:image/jpeg;base64,${Buffer.from('picture').toString('base64')}`);
});

test('[T25] what the agent chose is given once; without a choice nothing is', async () => {
  const screens = await open();
  expect(screens.ask()).toBeNull();
  screens.choose('window:7:0');
  expect(screens.ask()).toEqual({ video: { id: 'window:7:0', name: 'Hoja' } });
  expect(screens.ask()).toBeNull();
});

test('[T25] a choice ends soon, and one that was not offered is none', async () => {
  const screens = await open();
  screens.choose('window:7:0');
  screens.pass(10_001);
  expect(screens.ask()).toBeNull();
  screens.choose('window:8:0');
  expect(screens.ask()).toBeNull();
});

test.each([
  ['another origin', { ...ours, securityOrigin: 'https://example.com' }],
  ['a look-alike', { ...ours, securityOrigin: 'app://ventanilla.evil' }],
  ['an inner frame', { ...ours, frame: { parent: {} } }],
  ['a frame that is gone', { ...ours, frame: null }],
  ['sound alone', { ...ours, videoRequested: false }],
])('[E5] [T25] %s gets nothing of what was chosen', async (_name, request) => {
  const screens = await open();
  screens.choose('window:7:0');
  expect(screens.ask(request)).toBeNull();
  // Nor does the next one: the choice is used up.
  expect(screens.ask()).toBeNull();
});
