import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './find-chromium.ts';

type Need = { name: string; package: string; isThere: () => boolean };

/** What the tests use of the machine, with the Debian package that brings it. */
const needs: Need[] = [
  { name: 'Chromium', package: 'chromium', isThere: () => findChromium() !== undefined },
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
  const missing = needs.filter((need) => !need.isThere());
  const mayInstall = Boolean(env['CI'] || env['VENTANILLA_TEST_INSTALL']);
  if (missing.length > 0 && mayInstall && process.getuid?.() === 0 && isOnPath('apt-get')) install(missing);
  return missing
    .filter((need) => !need.isThere())
    .map(
      (need) =>
        `${need.name} is missing: install the Debian package ${need.package}, or run as root with VENTANILLA_TEST_INSTALL=1.`,
    );
}

function install(missing: Need[]): void {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'inherit', 'inherit'] as ['ignore', 'inherit', 'inherit'],
  };
  spawnSync('apt-get', ['update', '-q'], options);
  const packages = missing.map((need) => need.package);
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
