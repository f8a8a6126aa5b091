import type { HandlerDetails, WebContents, WindowOpenHandlerResponse } from 'electron';

/** Null for a window that is none of our own. */
export type OpenOwnWindow = (details: Pick<HandlerDetails, 'url' | 'frameName'>) => WindowOpenHandlerResponse | null;

/**
 * A window shows the page that main loaded, for ever: it is never led elsewhere, embeds nothing and opens no other window than
 * one of our own.
 * @param open what becomes of an address that the page wanted a new window for
 * @param own gives the window of our own that the page asks for; null for anything else
 */
export function guardNavigation(
  contents: WebContents,
  open: (address: string) => void,
  own: OpenOwnWindow = () => null,
): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler((details) => {
    const given = own(details);
    if (given === null) open(details.url);
    return given ?? { action: 'deny' };
  });
}
