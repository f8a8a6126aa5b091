import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { openOffice, type Office } from './support/office.ts';
import { openVideoAgent, type VideoAgent } from './support/video-agent.ts';

const PHONE = { width: 390, height: 844 };
const OLGA = { documentType: 'CC', documentNumber: '1020304050', firstName: 'Olga', lastName: 'Zapatoca' } as const;

declare global {
  interface Window {
    /** Every track that the page was given. */
    given: MediaStreamTrack[];
  }
}

let office: Office;
let luis: VideoAgent;

test.beforeAll(async ({ browser }) => {
  office = await openOffice(browser);
  luis = await openVideoAgent(browser, office, 'luis@demo.test');
});

test.afterAll(async () => {
  await luis.close();
  await office.close();
});

const invite = async (): Promise<{ id: string; url: string; code: string }> => {
  const { id, code } = await office.issueTicket('asesoria-virtual', { kind: 'virtual', contact: OLGA });
  return { id, code, url: await luis.invite(id) };
};
const enter = (page: Page): Promise<void> => page.getByRole('button', { name: 'Entrar' }).click();
const moves = (page: Page, label: string): Promise<unknown> =>
  page.waitForFunction((name) => {
    const video = document.querySelector<HTMLVideoElement>(`video[aria-label="${name}"]`);
    return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 10;
  }, label);
const openGuest = async (url: string): Promise<{ page: Page; frames: string[] }> => {
  const page = await office.openPage('about:blank', PHONE);
  await page.addInitScript(() => {
    window.given = [];
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      window.given.push(...stream.getTracks());
      return stream;
    };
  });
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  await page.goto(url);
  return { page, frames };
};

test('[S2-34] [S2-36] [S2-44] [T1] [T2] [T25] a guest comes in by the link, waits, talks, and it ends for both', async () => {
  const { id, url, code } = await invite();
  const { page, frames } = await openGuest(url);
  await expect(page.getByRole('heading', { name: 'Su atención por video' })).toBeVisible();
  await expectAccessible(page, 'the door');
  expect(await page.evaluate(() => window.given.length)).toBe(0);
  expect(frames).toEqual([]);

  await enter(page);
  await expect(page.getByText('Funcionan bien')).toBeVisible();
  await expect(page.getByText(`Tiquete ${code}`)).toBeVisible();
  await expect(page.getByText('1.º')).toBeVisible();
  await expectAccessible(page, 'the waiting room');

  await luis.call(id);
  await moves(page, 'Video de Luis');
  const seen = (): Promise<number> =>
    luis.page.evaluate(() => window.side.call.get().stats?.received.camera?.framesDecoded ?? 0);
  await expect.poll(seen).toBeGreaterThan(5);
  await luis.begin(id);
  await expect(page.getByRole('heading', { name: 'Luis' })).toBeFocused();
  await expectAccessible(page, 'the call');

  await page.getByRole('button', { name: 'Micrófono' }).click();
  await expect.poll(() => luis.page.evaluate(() => window.side.call.get().isRemoteOn.microphone)).toBe(false);
  await luis.page.evaluate(() => window.side.call.setOn('camera', false));
  await expect(page.getByText('Luis tiene la cámara apagada')).toBeVisible();

  await luis.finish(id);
  await expect(page.getByRole('heading', { name: 'Su atención terminó' })).toBeVisible();
  expect(await page.evaluate(() => window.given.map(({ readyState }) => readyState))).toEqual(['ended', 'ended']);
  await expectAccessible(page, 'the end');

  const heard = frames.join('\n');
  expect(heard).toContain('"phase":"finished"');
  for (const canary of ['Olga', 'Zapatoca', '1020304050', 'Paredes', 'luis@demo.test']) {
    expect(heard, canary).not.toContain(canary);
  }
});

test('[B62] a second phone is told that the link was used, a second tab takes the visit over', async ({ browser }) => {
  const { url } = await invite();
  const { page } = await openGuest(url);
  await enter(page);
  await expect(page.getByText('Funcionan bien')).toBeVisible();

  // Of its own: that the server refuses is what the browser writes in the console.
  const phone = await browser.newContext({ viewport: PHONE, locale: 'es-CO' });
  const second = await phone.newPage();
  await second.goto(url);
  await enter(second);
  await expect(second.getByRole('heading', { name: 'Este enlace ya se usó en otro dispositivo' })).toBeVisible();
  await second.goto(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`);
  await expect(second.getByRole('heading', { name: 'Su atención por video' })).toBeVisible();
  await enter(second);
  await expect(second.getByRole('heading', { name: 'El enlace no es válido' })).toBeVisible();
  await phone.close();

  const tab = await page.context().newPage();
  await tab.goto(url);
  await enter(tab);
  await expect(tab.getByText('Funcionan bien')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'La atención sigue en otra pestaña' })).toBeVisible();
  expect(await page.evaluate(() => window.given.map(({ readyState }) => readyState))).toEqual(['ended', 'ended']);
});

test('[T30] a guest who is reported is out at once and let in nowhere by that browser; others of the same place are', async ({
  browser,
}) => {
  const { id, url } = await invite();
  // Of its own: that the server refuses is what the browser writes in the console.
  const phone = await browser.newContext({ viewport: PHONE, locale: 'es-CO', permissions: ['camera', 'microphone'] });
  const page = await phone.newPage();
  await page.goto(url);
  await enter(page);
  await expect(page.getByText('Funcionan bien')).toBeVisible();
  await luis.call(id);
  await moves(page, 'Video de Luis');
  await luis.begin(id);
  await luis.report(id);
  await expect(page.getByRole('heading', { name: 'El asesor terminó y reportó la atención' })).toBeFocused();
  await expect(page.locator('video')).toHaveCount(0);

  const again = await invite();
  await page.goto('about:blank');
  await page.goto(again.url);
  await enter(page);
  await expect(page.getByRole('heading', { name: 'Por ahora no se puede entrar por video desde aquí' })).toBeVisible();
  await expectAccessible(page, 'the refusal');
  await phone.close();

  // The office's own desks stand at this address: a new browser is let in.
  const { page: neighbour } = await openGuest(again.url);
  await enter(neighbour);
  await expect(neighbour.getByText('Funcionan bien')).toBeVisible();
});
