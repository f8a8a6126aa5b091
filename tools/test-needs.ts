import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findTestChromium, hasHeadlessShell } from './find-chromium.ts';

/** `isWhole`: nothing better is to be had; by default what is there is. */
type Need = { name: string; package: string; isThere: () => boolean; isWhole?: () => boolean };

/** What the tests use of the machine, with the Debian package that brings it. */
const needs: Need[] = [
  {
    name: 'Chromium',
    package: 'chromium-headless-shell',
    isThere: () => findTestChromium() !== undefined,
    isWhole: hasHeadlessShell,
  },
  { name: 'coturn', package: 'coturn', isThere: () => isOnPath('turnserver') },
  { name: 'faketime', package: 'faketime', isThere: () => isOnPath('faketime') },
  {
    name: 'PostgreSQL 15',
    package: 'postgresql-15',
    isThere: () => existsSync('/usr/lib/postgresql/15/bin/postgres') && isOnPath('pg_virtualenv'),
  },
  { name: 'iproute2', package: 'iproute2', isThere: () => isOnPath('ip') },
  { name: 'strace', package: 'strace', isThere: () => isOnPath('strace') },
];

/**
 * What is missing, one line each with how to get it. As root on Debian, in CI or when VENTANILLA_TEST_INSTALL is set, it is
 * installed first.
 */
export function missingForTests(env: NodeJS.ProcessEnv): string[] {
  const wanted = needs.filter(({ isThere, isWhole = isThere }) => !isWhole());
  const mayInstall = Boolean(env['CI'] || env['VENTANILLA_TEST_INSTALL']);
  if (wanted.length > 0 && mayInstall && process.getuid?.() === 0 && isOnPath('apt-get')) install(wanted);
  return wanted
    .filter((need) => !need.isThere())
    .map(
      (need) =>
        `${need.name} is missing: install the Debian package ${need.package}, or run as root with VENTANILLA_TEST_INSTALL=1.`,
    );
}

function install(wanted: Need[]): void {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'inherit', 'inherit'] as ['ignore', 'inherit', 'inherit'],
  };
  spawnSync('apt-get', ['update', '-q'], options);
  const packages = wanted.map((need) => need.package);
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
