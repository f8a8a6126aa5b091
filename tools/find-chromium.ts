import { existsSync } from 'node:fs';

/** The Debian package is called the same. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of the Chromium that this machine has. */
export function findChromium(): string | undefined {
  return [...places, HEADLESS_SHELL].find((path) => existsSync(path));
}

/**
 * Path of the Chromium for the tests in a browser: the same engine without windows and profiles, each of which costs a machine
 * more than most tests; where it is not, the whole of it.
 */
export function findTestChromium(): string | undefined {
  return hasHeadlessShell() ? HEADLESS_SHELL : findChromium();
}

export const hasHeadlessShell = (): boolean => existsSync(HEADLESS_SHELL);
