import type { Store } from './connect.ts';

/** Whether PostgreSQL answers a plain question in time. */
export async function isAnswering(store: Store, withinMs: number): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), withinMs);
  const asked = store.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Major version of the server. */
export async function readServerVersion(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ version: string }>(
    `SELECT current_setting('server_version_num') AS version`,
  );
  return Math.floor(Number(rows[0]?.version) / 10_000);
}
