import { hasOwnWindows } from '../../bridge/has-own-windows.ts';

/** As in `main/hosts/electron/call-window.ts`: the one window that a desk's page may open. */
const NAME = 'ventanilla-call';
const SIZE = { width: 360, height: 280 };

type PictureWindows = { requestWindow: (size: typeof SIZE) => Promise<Window> };

/** `window`: a small window on top of all others with what we draw. `picture`: the browser's own, with the picture alone. */
export type FloatingKind = 'window' | 'picture' | 'none';

export function floatingKind(page: Window): FloatingKind {
  if (hasOwnWindows(page) || 'documentPictureInPicture' in page) return 'window';
  return page.document.pictureInPictureEnabled ? 'picture' : 'none';
}

/**
 * A window that stays on top, empty, of this page's own world: what is drawn into it lives here. Only after a click.
 * @returns null where the browser does not give one
 */
export async function openFloating(page: Window, title: string): Promise<Window | null> {
  const { width, height } = SIZE;
  const opened = hasOwnWindows(page)
    ? page.open('about:blank', NAME, `popup,width=${width},height=${height}`)
    : await (page as unknown as { documentPictureInPicture: PictureWindows }).documentPictureInPicture
        .requestWindow(SIZE)
        .catch(() => null);
  if (opened !== null) dress(opened.document, page.document, title);
  return opened;
}

/** The looks and the language of the page; its policy of content the window has by itself. */
function dress(to: Document, from: Document, title: string): void {
  to.title = title;
  to.documentElement.lang = from.documentElement.lang;
  const { theme } = from.documentElement.dataset;
  if (theme !== undefined) to.documentElement.dataset['theme'] = theme;
  for (const link of from.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
    const copy = to.createElement('link');
    copy.rel = 'stylesheet';
    copy.href = link.href;
    to.head.append(copy);
  }
}
