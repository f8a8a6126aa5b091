import { join } from 'node:path';
import { app, nativeImage, type BrowserWindow } from 'electron';
import { badgeName } from './badge-name.ts';

/** Windows has pictures over the icon, the others a count. */
export function showWaiting(window: BrowserWindow, folder: string, waiting: number): void {
  if (process.platform !== 'win32') {
    app.setBadgeCount(waiting);
    return;
  }
  const name = badgeName(waiting);
  const picture = name === null ? null : nativeImage.createFromPath(join(folder, 'badge', `${name}.png`));
  window.setOverlayIcon(picture, name === null ? '' : String(waiting));
}
