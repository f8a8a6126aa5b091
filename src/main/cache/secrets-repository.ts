import type { Database } from 'better-sqlite3';
import type { Sealer } from './sealer.ts';

/** Small sealed values by name: the desk's key, the last agent. What cannot be unsealed any more counts as absent. */
export function secretsRepository(db: Database, sealer: Sealer) {
  const get = db.prepare<[string], { sealed: Buffer }>('SELECT sealed FROM secrets WHERE name = ?');
  const put = db.prepare<[string, Buffer]>(
    'INSERT INTO secrets (name, sealed) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed',
  );
  const remove = db.prepare<[string]>('DELETE FROM secrets WHERE name = ?');
  return {
    get: (name: string): unknown => {
      const row = get.get(name);
      if (!row) return null;
      try {
        return sealer.unseal(`secret ${name}`, row.sealed);
      } catch {
        return null;
      }
    },
    put: (name: string, value: unknown): void => {
      put.run(name, sealer.seal(`secret ${name}`, value));
    },
    remove: (name: string): void => {
      remove.run(name);
    },
  };
}
