import pg from 'pg';

/**
 * Fills a branch with tickets closed in the last hours, written straight into the tables, with the numbers that come next. The
 * log of changes does not know of them: they are there before anybody is. Names come from a small set of syllables, so that no
 * two searches are alike.
 */
export async function fillBranch(databaseUrl: string, slug: string, count: number): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `
WITH place AS (
  SELECT b.id AS branch_id, b.company_id, s.id AS service_id,
         company.next_number - 1 AS last
  FROM branch b JOIN company ON company.id = b.company_id
  JOIN service s ON s.branch_id = b.id AND s.slug = 'caja' WHERE b.slug = $1),
made AS (
  SELECT place.*, gen_random_uuid() AS id, last + i AS number, 'C-' || lpad(((last + i) % 99999)::text, 5, '0') AS turn_code,
         (current_date - ((last + i) / 99999)::int - 1) AS business_day,
         ((extract(epoch FROM now()) - 90000 - (i % 80000)) * 1000)::bigint AS at,
         initcap((ARRAY['ma','jo','lu','ña','pe','ro','ca','be','ti','va'])[1 + i % 10] ||
                 (ARRAY['ría','sé','cía','ñez','dro','sa','mila','lén','to','lle'])[1 + (i / 10) % 10] || i % 997) ||
         ' ' || initcap((ARRAY['or','gó','pé','ro','mu'])[1 + (i / 7) % 5] || (ARRAY['tiz','mez','rez','jas','ñoz'])[1 + (i / 3) % 5] || i % 89)
           AS name,
         lpad((i::bigint * 7919 % 10000)::text, 4, '0') AS last4
  FROM place, generate_series(1, $2::int) AS i),
written AS (
  INSERT INTO ticket (id, company_id, branch_id, service_id, number, turn_code, business_day, kind, state, outcome, priority,
                      origin, epoch, header, waiting_since, created_at, closed_at)
  SELECT id, company_id, branch_id, service_id, number, turn_code, business_day, 'turn', 'closed', 'finished', 'normal',
         'kiosk', 1,
         jsonb_build_object('id', id, 'branchId', branch_id, 'serviceId', service_id, 'number', number, 'turnCode', turn_code,
           'businessDay', business_day, 'kind', 'turn', 'state', 'closed', 'outcome', 'finished', 'priority', 'normal',
           'origin', 'kiosk', 'holder', NULL, 'epoch', 1, 'displayName', name, 'documentType', 'CC', 'documentLast4', last4,
           'createdAt', at, 'waitingSince', at, 'appointmentAt', NULL, 'checkedInAt', NULL, 'calledAt', at + 60000,
           'lastCalledAt', at + 60000, 'callCount', 1, 'attendingSince', at + 70000, 'closedAt', at + 400000,
           'transferredFrom', NULL, 'requeues', 0),
         to_timestamp(at / 1000.0), to_timestamp(at / 1000.0), to_timestamp((at + 400000) / 1000.0)
  FROM made),
numbered AS (
  UPDATE company SET next_number = next_number + $2::int FROM place WHERE company.id = place.company_id)
SELECT branch_id AS id FROM place`,
      [slug, count],
    );
    await client.query('ANALYZE ticket');
    return rows[0]?.id ?? '';
  } finally {
    await client.end();
  }
}
