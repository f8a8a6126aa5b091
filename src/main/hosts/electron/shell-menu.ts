import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Never seen: it gives the window its keys for editing and zoom (50 to 300 %, remembered by Chromium). */
export function setShellMenu(hasDevTools: boolean): void {
  const view: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];
  if (hasDevTools) view.push({ role: 'toggleDevTools' });
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'editMenu' }, { label: 'Ventanilla', submenu: view }]));
}
