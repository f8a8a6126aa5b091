import type { Database } from 'better-sqlite3';
import type { Sealer } from './sealer.ts';

const PLACE = 'key check';

/** Whether this key is the one that sealed the file's rows; a file not yet marked is marked with it. */
export function keyFits(db: Database, sealer: Sealer): boolean {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'keyCheck'").get();
  if (!row) {
    const sealed = sealer.seal(PLACE, PLACE).toString('base64');
    db.prepare("INSERT INTO meta (key, value) VALUES ('keyCheck', ?)").run(sealed);
    return true;
  }
  try {
    return sealer.unseal(PLACE, Buffer.from(row.value, 'base64')) === PLACE;
  } catch {
    return false;
  }
}
