import type { WebContents } from 'electron';

/**
 * A window shows the page that main loaded, for ever: it is never led elsewhere, embeds nothing and opens no other window.
 * @param open what becomes of an address that the page wanted a new window for
 */
export function guardNavigation(contents: WebContents, open: (address: string) => void): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    open(url);
    return { action: 'deny' };
  });
}
