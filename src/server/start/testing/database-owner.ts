/**
 * A process to be killed in tests: takes the data folder, starts its database and inserts numbers, printing each one after
 * the database has acknowledged it. SIGTERM stops it in order. Run as `node database-owner.ts <folder> [idle]`.
 */
import { join } from 'node:path';
import pg from 'pg';
import { lockDataFolder } from '../data-folder-lock.ts';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

const [, , folder = '', mode] = process.argv;
try {
  const unlock = lockDataFolder(folder);
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), () => undefined);
  let isStopping = false;
  process.once('SIGTERM', () => {
    isStopping = true;
    if (mode === 'idle') void postgres.stop().then(unlock);
  });
  process.stdout.write(`ready ${postgres.pid} ${postgres.url}\n`);
  if (mode !== 'idle') {
    const client = new pg.Client(postgres.url);
    client.on('error', () => process.exit(70));
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS numbers (number bigint PRIMARY KEY)');
    for (let number = Date.now() * 1000; !isStopping; number += 1) {
      await client.query('INSERT INTO numbers VALUES ($1)', [number]);
      process.stdout.write(`${number}\n`);
    }
    await client.end();
    await postgres.stop();
    unlock();
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
