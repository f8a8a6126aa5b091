import { Notification, type BrowserWindow } from 'electron';

/**
 * Tells the agent of a call while the window is not before them. Only the code is said: the notice stays on the screen and in
 * the system's list for anybody to read.
 */
export function createCallNotice(window: BrowserWindow, show: () => void): { tell: (title: string) => void } {
  let notice: Notification | null = null;
  window.on('focus', () => {
    window.flashFrame(false);
    notice?.close();
    notice = null;
  });
  return {
    tell: (title) => {
      if (window.isFocused()) return;
      window.flashFrame(true);
      notice?.close();
      // The page rings, at the agent's own volume.
      notice = new Notification({ title, silent: true, urgency: 'critical' });
      notice.on('click', show);
      notice.show();
    },
  };
}
