import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Calls back when this process is to end: by a signal, or because the npm that started it is gone (npm tells its shell alone).
 * @param {(signal: NodeJS.Signals) => void} callback may be called more than once
 * @returns {() => void} ends the watch
 */
export function onStop(callback) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, callback);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env['npm_lifecycle_event'] === undefined || process.ppid === parent) return;
    clearInterval(watch);
    callback('SIGTERM');
  }, 500);
  watch.unref();
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, callback);
  };
}

/**
 * Runs a program to its end with our standard streams, passing on the signals that end us.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 and more when a signal ended it
 */
export function runToEnd(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const endWatch = onStop((signal) => child.kill(signal));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      endWatch();
      resolve(exitCode(code, signal));
    });
  });
}

/**
 * Whether a program ended because a signal asked it to: whoever sent it means all that was to follow. One that crashed or was
 * killed only failed.
 * @param {number} code as `runToEnd` gives it
 */
export function wasStopped(code) {
  const { SIGHUP, SIGINT, SIGTERM } = constants.signals;
  return [SIGHUP, SIGINT, SIGTERM].some((signal) => code === 128 + signal);
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
