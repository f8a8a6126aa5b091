import type pg from 'pg';

/**
 * Puts `count` waiting tickets into the line of the branch `centro`, written straight into the tables of `schema`, and gives their
 * ids in the order of the line.
 */
export async function fillLine(client: pg.Client, schema: 'public' | 'floor', count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `
WITH place AS (
  SELECT b.id AS branch_id, b.company_id, s.id AS service_id,
         (SELECT coalesce(max(number), 0) FROM ${schema}.ticket) AS last, (extract(epoch FROM now()) * 1000)::bigint AS at
  FROM branch b JOIN service s ON s.branch_id = b.id AND s.slug = 'caja' WHERE b.slug = 'centro'),
made AS (
  SELECT place.*, gen_random_uuid() AS id, last + i AS number, 'X-' || lpad((last + i)::text, 5, '0') AS turn_code
  FROM place, generate_series(1, $1::int) AS i)
INSERT INTO ${schema}.ticket (id, company_id, branch_id, service_id, number, turn_code, business_day, kind, state, priority, origin,
                    header, waiting_since, created_at)
SELECT id, company_id, branch_id, service_id, number, turn_code, current_date, 'turn', 'waiting', 'normal', 'kiosk',
       jsonb_build_object('id', id, 'branchId', branch_id, 'serviceId', service_id, 'number', number, 'turnCode', turn_code,
         'businessDay', current_date, 'kind', 'turn', 'state', 'waiting', 'outcome', NULL, 'priority', 'normal',
         'origin', 'kiosk', 'holder', NULL, 'epoch', 0, 'displayName', 'María Ortiz', 'documentType', 'CC',
         'documentLast4', '0417', 'createdAt', at, 'waitingSince', at, 'appointmentAt', NULL, 'checkedInAt', NULL,
         'calledAt', NULL, 'lastCalledAt', NULL, 'callCount', 0, 'attendingSince', NULL, 'closedAt', NULL,
         'transferredFrom', NULL, 'requeues', 0),
       to_timestamp(at / 1000.0), to_timestamp(at / 1000.0)
FROM made ORDER BY number
RETURNING id`,
    [count],
  );
  return rows.map(({ id }) => id);
}
