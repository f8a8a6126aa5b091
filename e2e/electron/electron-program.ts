import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../node_modules/electron');

export interface ElectronProgram {
  path: string | null;
  /** Why there is none that could open a window here. */
  reason: string;
}

/** The program of Electron that was installed with its package, where this machine can show its windows. */
export function findElectron(): ElectronProgram {
  const note = join(folder, 'path.txt');
  if (!existsSync(note))
    return { path: null, reason: 'the program of Electron is not installed (npx install-electron)' };
  const path = join(folder, 'dist', readFileSync(note, 'utf8'));
  if (!existsSync(path)) return { path: null, reason: `there is no ${path}` };
  const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return hasScreen ? { path, reason: '' } : { path: null, reason: 'there is no screen (xvfb-run gives one)' };
}
