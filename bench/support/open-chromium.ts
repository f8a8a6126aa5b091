import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../tools/find-chromium.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

/** A Chromium of its own with synthetic camera and microphone, which may call on this machine. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium() ?? '/usr/bin/chromium', args: FLAGS });

/** A page in a profile of its own that may use them. `prepare` comes before its first script. */
export async function openCallPage(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<Page> {
  const context = await browser.newContext({
    locale: 'es-CO',
    viewport: { width: 1366, height: 768 },
    permissions: ['camera', 'microphone'],
  });
  const page = await context.newPage();
  await prepare(page);
  await page.goto(url);
  return page;
}
