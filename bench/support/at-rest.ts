import type { Browser } from '@playwright/test';

const LOOK_EVERY_MS = 200;
/** Of all its processes, in one look. */
const REST_MS = 15;
const LONGEST_MS = 10_000;

/** Resolves once the browser does nothing by itself: a new window of it loads pages of its own for a while. */
export async function atRest(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const usedMs = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1_000, 0);
  };
  const until = performance.now() + LONGEST_MS;
  let before = await usedMs();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = await usedMs();
    if (now - before < REST_MS) break;
    if (performance.now() > until) throw new Error('The browser does not come to rest.');
    before = now;
  }
  await session.detach();
}
