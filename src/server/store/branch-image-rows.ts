import pg from 'pg';
import { HEADER_COLUMNS, type HeaderRow } from '../../cache-file/header-row.ts';
import type { Presence } from '../../protocol/change.ts';
import { copyOut } from './copy-out.ts';
import { presenceOf, PRESENCES_OF_BRANCH, type PresenceRow } from './presence-query.ts';

const ofHolder = (field: string): string => `CASE WHEN holder_id IS NOT NULL THEN header #>> '{holder,${field}}' END`;

/** Where the table has no column of its own, the field of the header. */
const SOURCES: Record<(typeof HEADER_COLUMNS)[number], string> = {
  number: 'number',
  display_name: `header ->> 'displayName'`,
  turn_code: 'turn_code',
  document_last4: `header ->> 'documentLast4'`,
  id: 'id',
  branch_id: 'branch_id',
  state: 'state',
  closed_at: `header ->> 'closedAt'`,
  holder_id: 'holder_id',
  holder_name: ofHolder('agentName'),
  holder_module_id: ofHolder('moduleId'),
  attention_id: 'attention_id',
  holder_epoch: ofHolder('epoch'),
  service_id: 'service_id',
  business_day: `header ->> 'businessDay'`,
  kind: 'kind',
  outcome: 'outcome',
  priority: 'priority',
  origin: 'origin',
  epoch: 'epoch',
  document_type: `header ->> 'documentType'`,
  created_at: `header ->> 'createdAt'`,
  waiting_since: `header ->> 'waitingSince'`,
  appointment_at: `header ->> 'appointmentAt'`,
  checked_in_at: `header ->> 'checkedInAt'`,
  called_at: `header ->> 'calledAt'`,
  last_called_at: `header ->> 'lastCalledAt'`,
  call_count: `header ->> 'callCount'`,
  attending_since: `header ->> 'attendingSince'`,
  transferred_from: `header ->> 'transferredFrom'`,
  requeues: `header ->> 'requeues'`,
  readiness_verdict: `header #>> '{readiness,verdict}'`,
  readiness_cause: `header #>> '{readiness,cause}'`,
  readiness_since: `header #>> '{readiness,since}'`,
};

/**
 * The stream of a branch at one `seq`, from one snapshot of the database, over a connection of its own: `takeHeader` gets the
 * headers that `readHeaders` gives, by number. One that does not say of its ticket what the row says is left out (trust B95);
 * whether the rest is of the right kind, the file that it goes into knows. Loads neither the query builder nor schemas: the
 * thread would need as much time for them as for 10,000 headers.
 */
export async function readBranchImage(
  databaseUrl: string,
  branchId: string,
  { closedAfter, limit }: { closedAfter: number; limit: number },
  takeHeader: (row: HeaderRow) => void,
): Promise<{ seq: number; presences: Presence[] }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'ventanilla' });
  // A connection that breaks says so to the query too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const stream = await client.query<{ seq: string }>('SELECT seq FROM stream WHERE name = $1', [
      `branch:${branchId}`,
    ]);
    const presences = await client.query<PresenceRow>(PRESENCES_OF_BRANCH, [branchId]);
    // Sorted in memory, not on the disk, and not by more processes than one: others are served meanwhile.
    await client.query(`SET LOCAL work_mem = '256MB'; SET LOCAL max_parallel_workers_per_gather = 0`);
    const branch = pg.escapeLiteral(branchId);
    const after = `to_timestamp(${closedAfter / 1_000})`;
    await copyOut(
      client,
      `SELECT ${HEADER_COLUMNS.map((name) => SOURCES[name]).join(', ')}
       FROM ticket WHERE branch_id = ${branch} AND (closed_at IS NULL OR closed_at > greatest(${after}, (
         SELECT closed_at FROM ticket WHERE branch_id = ${branch} AND closed_at > ${after}
         ORDER BY closed_at DESC OFFSET ${limit} LIMIT 1)))
       AND header ->> 'id' = id::text AND header ->> 'number' = number::text
       AND header ->> 'kind' = kind AND header ->> 'state' = state
       ORDER BY number`,
      takeHeader,
    );
    return { seq: Number(stream.rows[0]?.seq ?? 0), presences: presences.rows.map(presenceOf) };
  } finally {
    await client.end();
  }
}
