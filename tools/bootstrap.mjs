import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const isWindows = process.platform === 'win32';

/**
 * Installs what this project needs to run, when it is not there.
 * @param {string} root
 */
export function ensureInstalled(root) {
  if (installPackages(root)) useGitHooks(root);
}

/**
 * Installs the packages of package-lock.json when those that are there were installed from another one or on another system.
 * @param {string} root
 * @returns {boolean} whether it had to
 */
export function installPackages(root) {
  const stamp = join(root, 'node_modules', '.install-stamp');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  console.error('Installing packages…');
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'] ?? '';
  // What npm says goes to standard error: standard output belongs to the ready line.
  const options = { cwd: root, stdio: /** @type {['ignore', 2, 2]} */ (['ignore', 2, 2]) };
  const { status, error } = /\.[cm]?js$/.test(npm)
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: isWindows });
  if (status !== 0) throw new Error(`npm ci failed${error ? `: ${error.message}` : ''}.`);
  writeFileSync(stamp, wanted);
  return true;
}

/**
 * The Node that everything runs on: the one of package.json where npm has it for this system, else our own.
 * @param {string} root
 * @returns {string} path of the program
 */
export function pinnedNode(root) {
  const platform = `${isWindows ? 'win' : process.platform}-${process.arch}`;
  const pinned = join(root, 'node_modules', `node-${platform}`, 'bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  throw new Error(`Node 22.12 or newer is needed on ${platform}; this is ${process.versions.node}.`);
}

/**
 * For processes that the pinned Node runs: they find it, and the programs of our packages, first.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
export function pinnedEnvironment(root) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(pinnedNode(root)), join(root, 'node_modules', '.bin'), process.env[key] ?? ''];
  return { ...process.env, [key]: path.join(delimiter) };
}

/** @param {string} root */
function useGitHooks(root) {
  if (!existsSync(join(root, '.git')) || process.env['CI']) return;
  spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root, stdio: 'ignore' });
}
