import type { Browser, Page } from '@playwright/test';

export interface PageOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  timezoneId?: string;
  /** The server goes away in this test: the browser itself writes of lost connections in the console. */
  mayLoseServer?: boolean;
  /** A request of this page is refused in this test: the browser itself writes of its status in the console. */
  mayBeRefused?: boolean;
}

/**
 * A page in a browser profile of its own, of a desk's size if nothing else is said. `complain` hears of what no page of ours
 * may do: an error that nobody caught, an error in the console (such as a breach of the content security policy), a dialog of
 * the browser.
 */
export async function watchedPage(
  browser: Browser,
  {
    width = 1366,
    height = 768,
    colorScheme = 'light',
    timezoneId = 'America/Bogota',
    mayLoseServer = false,
    mayBeRefused = false,
  }: PageOptions,
  complain: (problem: string) => void,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, timezoneId, locale: 'es-CO' });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complain(`error in ${page.url()}: ${message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // Another story lays a network of its own beside this one, and the browser looks at all of this machine's.
    if (message.text().includes('net::ERR_NETWORK_CHANGED')) return;
    if (mayLoseServer && /net::ERR_(CONNECTION_(REFUSED|RESET)|SOCKET_NOT_CONNECTED)/.test(message.text())) return;
    if (mayBeRefused && /the server responded with a status of 4\d\d/.test(message.text())) return;
    complain(`console of ${page.url()}: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    complain(`dialog in ${page.url()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return page;
}
