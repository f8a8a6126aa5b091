import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode } from './bootstrap.mjs';
import { WrongEnvironment } from './wrong-environment.mjs';

const wishes = /** @type {const} */ (['auto', 'electron', 'browser', 'none']);

/** @typedef {(typeof wishes)[number]} Wish */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Wish} what VENTANILLA_OPEN says
 */
export function openingWish(env) {
  const value = env['VENTANILLA_OPEN'] ?? 'auto';
  const wish = wishes.find((known) => known === value);
  if (wish === undefined) throw new WrongEnvironment(`VENTANILLA_OPEN must be one of ${wishes.join(', ')}.`);
  return wish;
}

/**
 * How the workstation is opened. `auto` opens nothing where nobody sits at a screen, and takes the browser where Electron
 * cannot be had.
 * @param {string} root of the project, built
 * @param {Wish} wish
 * @param {NodeJS.ProcessEnv} env
 * @returns {Exclude<Wish, 'auto'>}
 */
export function chooseOpening(root, wish, env) {
  if (wish === 'none' || wish === 'browser') return wish;
  if (wish === 'auto' && !hasScreen(env)) return 'none';
  if (existsSync(join(root, 'out', 'main', 'index.js')) && hasElectron(root, wish)) return 'electron';
  if (wish === 'electron') throw new WrongEnvironment('VENTANILLA_OPEN is electron, whose program cannot be had here.');
  return 'browser';
}

/**
 * Path of Electron's program, once `chooseOpening` has chosen it.
 * @param {string} root
 */
export function electronProgram(root) {
  const folder = join(root, 'node_modules', 'electron');
  return join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
}

/**
 * Opens an address that carries a key. A page that leads there is opened instead of the address itself, because the arguments
 * of programs are visible to everybody on the machine.
 * @param {string} root
 * @param {string} url
 */
export function openInBrowser(root, url) {
  const page = join(root, 'out', 'open-desk.html');
  rmSync(page, { force: true });
  writeFileSync(page, `<!doctype html><script>location.replace(${JSON.stringify(url)})</script>`, { mode: 0o600 });
  const address = pathToFileURL(page).href;
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', address]
        : ['xdg-open', address];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', () => console.error(`No browser could be opened; open the address of the desk yourself.`));
  child.unref();
}

/** @param {NodeJS.ProcessEnv} env */
function hasScreen(env) {
  if (env['CI']) return false;
  if (process.platform !== 'linux') return true;
  return process.getuid?.() !== 0 && Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * Fetches Electron's program if it is missing; unasked it tries once per installation.
 * @param {string} root
 * @param {Wish} wish
 */
function hasElectron(root, wish) {
  const folder = join(root, 'node_modules', 'electron');
  const givenUp = join(folder, '.cannot-be-had');
  if (existsSync(join(folder, 'path.txt'))) return existsSync(electronProgram(root));
  if (wish === 'auto' && existsSync(givenUp)) return false;
  console.error('Fetching Electron…');
  const { status } = spawnSync(pinnedNode(root), [join(folder, 'install.js')], {
    stdio: ['ignore', 2, 'ignore'],
    timeout: 180_000,
  });
  if (status === 0) return true;
  writeFileSync(givenUp, '');
  return false;
}
