import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pinnedNode } from './bootstrap.mjs';
import { ensureBuilt } from './build-stamp.mjs';
import { chooseOpening, electronProgram, openingWish, openInBrowser } from './opening.mjs';
import { exitCode, onStop } from './processes.mjs';
import { WrongEnvironment } from './wrong-environment.mjs';

const READY = 'VENTANILLA READY ';
/** What a child has to stop in order; the promise outside is 10 seconds. */
const GRACE_MS = 8_000;
const browserDesk = 'out/main/browser-desk.cjs';
const endWithParent = join(dirname(fileURLToPath(import.meta.url)), 'end-with-parent.cjs');

/** @typedef {{ stop: () => void, ready: Promise<Record<string, unknown>>, ended: Promise<number> }} Child */
/** @typedef {{ program: string, args: string[], env: NodeJS.ProcessEnv }} Command */

/**
 * The whole product: server, workstation, one ready line for both.
 * @param {string} root
 */
export function serveAll(root) {
  const wish = openingWish(process.env);
  return supervise(root, async (open) => {
    const opening = chooseOpening(root, wish, process.env);
    const server = await open(nodeProgram(root, 'out/server/server.js', process.env)).ready;
    const envOfDesk = (/** @type {string} */ folder) => ({
      ...process.env,
      VENTANILLA_SERVER: String(server['server']),
      VENTANILLA_DATA: join(process.env['VENTANILLA_DATA'] ?? 'data', folder),
    });
    if (opening === 'electron') {
      await open(electron(root, envOfDesk('desk'))).ready;
      // Browser desks beside Electron only when asked for.
      if (process.env['VENTANILLA_DESKS'] === undefined) return server;
    }
    const desks = await open(nodeProgram(root, browserDesk, envOfDesk('desks'))).ready;
    if (opening === 'browser') openDesk(root, desks);
    return { ...server, ...desks };
  });
}

/**
 * Only the central server.
 * @param {string} root
 */
export function serveServer(root) {
  return supervise(root, (open) => open(nodeProgram(root, 'out/server/server.js', process.env)).ready);
}

/**
 * Only a workstation, for the server that VENTANILLA_SERVER names.
 * @param {string} root
 */
export function serveDesk(root) {
  const wish = openingWish(process.env);
  return supervise(root, async (open) => {
    const opening = chooseOpening(root, wish, process.env);
    if (opening === 'electron') return open(electron(root, process.env)).ready;
    const desks = await open(nodeProgram(root, browserDesk, process.env)).ready;
    if (opening === 'browser') openDesk(root, desks);
    return desks;
  });
}

/**
 * @param {string} root
 * @param {Record<string, unknown>} ready what a browser desk serves
 */
function openDesk(root, ready) {
  const [url] = /** @type {string[]} */ (ready['desks']);
  if (url !== undefined) openInBrowser(root, url);
}

/**
 * @param {string} root
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 * @returns {Command}
 */
function nodeProgram(root, file, env) {
  const args = ['--enable-source-maps', '--require', endWithParent, join(root, file)];
  return { program: pinnedNode(root), args, env };
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Command}
 */
function electron(root, env) {
  return { program: electronProgram(root), args: ['--require', endWithParent, root], env };
}

/**
 * Builds, opens children, prints the ready line and waits. All end together: when we are told to, exit 0; when one of them
 * ends, its exit code.
 * @param {string} root
 * @param {(open: (command: Command) => Child) => Promise<Record<string, unknown>>} work
 * @returns {Promise<number>}
 */
async function supervise(root, work) {
  if (!(await ensureBuilt(root))) return 1;
  /** @type {Child[]} */
  const children = [];
  const stopped = new Promise((resolve) => onStop(() => resolve(0)));
  /** @type {(code: number) => void} */
  let oneEnded = () => undefined;
  const ended = new Promise((resolve) => (oneEnded = resolve));
  const open = (/** @type {Command} */ command) => {
    const child = openChild(root, command);
    children.push(child);
    void child.ended.then(oneEnded);
    return child;
  };
  const failed = work(open).then(
    (facts) => {
      process.stdout.write(`${READY}${JSON.stringify(facts)}\n`);
      return ended;
    },
    (error) => (error instanceof ChildEnded ? ended : complain(error)),
  );
  const code = await Promise.race([stopped, ended, failed]);
  for (const child of children) child.stop();
  await Promise.all(children.map((child) => child.ended));
  return code;
}

class ChildEnded extends Error {}

/** @param {unknown} error */
function complain(error) {
  console.error(error instanceof Error ? error.message : error);
  return error instanceof WrongEnvironment ? error.exitCode : 1;
}

/**
 * A process that prints its ready line on standard output and ends when its standard input does.
 * @param {string} root
 * @param {Command} command
 * @returns {Child}
 */
function openChild(root, { program, args, env }) {
  const child = spawn(program, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined); // It ended before we asked it to.
  /** @type {Promise<Record<string, unknown>>} */
  const ready = new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith(READY)) resolve(JSON.parse(line.slice(READY.length)));
      else process.stderr.write(`${line}\n`);
    });
    child.once('error', reject);
    child.once('close', () => reject(new ChildEnded()));
  });
  ready.catch(() => undefined);
  const ended = once(child, 'close').then(
    ([code, signal]) => exitCode(code, signal),
    () => 1,
  );
  const stop = () => {
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    void ended.then(() => clearTimeout(late));
  };
  return { stop, ready, ended };
}
