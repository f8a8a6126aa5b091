import { createDeskClient, type DeskClient } from './desk-client.ts';
import { electronPipe } from './electron-pipe.ts';
import { socketPipe } from './socket-pipe.ts';

/** The desk behind this window: through the preload script in Electron, else through the socket of the page's own origin. */
export function connectDesk(page: Window): DeskClient {
  if (page.desk) return createDeskClient(electronPipe(page.desk));
  const url = new URL('/desk', page.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return createDeskClient(socketPipe({ url: url.href, key: page.location.hash.replace(/^#(key=)?/, '') }));
}
