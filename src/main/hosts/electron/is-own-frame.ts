import type { IpcMainEvent, WebContents } from 'electron';
import { APP_ORIGIN } from './app-address.ts';

/** Whether a message comes from the page that main itself loaded into this window: its top frame, alive, of our origin. */
export function isOwnFrame(
  { sender, senderFrame: frame }: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  contents: WebContents,
): boolean {
  // Electron gives null once the frame has gone elsewhere.
  if (sender !== contents || contents.isDestroyed() || frame === null || frame.isDestroyed()) return false;
  return (
    frame === contents.mainFrame &&
    frame.parent === null &&
    frame.origin === APP_ORIGIN &&
    frame.url.startsWith(`${APP_ORIGIN}/`)
  );
}
