import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createDeskHome, type DeskHome } from './test-desk.ts';

/** When the desks of the fixtures were last at work: 2026-11-22, noon in Bogotá. */
export const FIXTURE_AT = Date.UTC(2026, 10, 22, 17);

const key = createHash('sha256').update('the key of the fixtures').digest();

/** The frozen files of a set themselves. */
export function fixtureHome(name: string): { folder: string; home: DeskHome } {
  const folder = join(import.meta.dirname, 'fixtures', name);
  const home: DeskHome = {
    folder,
    databaseFolder: join(folder, 'database'),
    markerPath: join(folder, 'generation.json'),
    key,
    isKeyStuck: false,
    remove: () => undefined,
  };
  return { folder, home };
}

/** A desk that finds these files as its own. */
export function fixtureCopy(name: string): DeskHome {
  const home = createDeskHome(key);
  cpSync(fixtureHome(name).folder, dirname(home.markerPath), { recursive: true });
  return home;
}
