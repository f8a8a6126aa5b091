import type { DeskPipe } from './desk-pipe.ts';
import { electronPipe } from './electron-pipe.ts';
import { socketPipe } from './socket-pipe.ts';

/** The way to the desk behind this window: by the preload script in Electron, else by the socket of the page's own origin. */
export function connectPipe(page: Window): DeskPipe {
  if (page.desk) return electronPipe(page.desk);
  const url = new URL('/desk', page.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return socketPipe({ url: url.href, key: page.location.hash.replace(/^#(key=)?/, '') });
}
