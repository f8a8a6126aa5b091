import { openDatabaseFile } from '../database-file.ts';
import { migrationSteps } from './migration-steps.ts';

/** A process that opens a file written by an earlier version, for tests that kill it: arguments are path, generation and manner. */
const [path = '', expected = '', manner = 'whole'] = process.argv.slice(2);
const { db } = openDatabaseFile({
  path,
  migrations: migrationSteps(manner === 'whole'),
  synchronous: 'FULL',
  expected,
});
db.close();
