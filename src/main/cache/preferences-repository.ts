import type { Database } from 'better-sqlite3';
import { Preferences } from '../../bridge/facts.ts';

const atFirst: Preferences = { theme: 'system', language: 'es', soundVolume: 0.6 };

/** Theme, language and sounds of this desk. What cannot be read counts as never chosen. */
export function preferencesRepository(db: Database) {
  const get = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'preferences'");
  const put = db.prepare<[string]>(
    "INSERT INTO meta (key, value) VALUES ('preferences', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  return {
    get: (): Preferences => {
      const row = get.get();
      try {
        return row ? Preferences.parse(JSON.parse(row.value)) : atFirst;
      } catch {
        return atFirst;
      }
    },
    set: (preferences: Preferences): void => {
      put.run(JSON.stringify(preferences));
    },
  };
}
