import { sql } from 'kysely';
import type { FaultOffice } from './fault-office.ts';

/** Every connection by which servers hear of each other, as PostgreSQL sees them. */
export const killListeners = ({ store }: FaultOffice) =>
  sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'ventanilla hints'`.execute(store.db);
