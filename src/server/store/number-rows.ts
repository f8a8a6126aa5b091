import { sql } from 'kysely';
import type { Writer } from './database.ts';

/** The next `count` numbers of the company, unique for its life. */
export async function takeNumbers(tx: Writer, companyId: string, count: number): Promise<number> {
  const { rows } = await sql<{ first: number }>`
    UPDATE company SET next_number = next_number + ${count} WHERE id = ${companyId}
    RETURNING next_number - ${count} AS first`.execute(tx);
  const first = rows[0]?.first;
  if (first === undefined) throw new Error('no such company');
  return first;
}

/** How many turns of a service and day were given before the next one in the line: its turn is `lineTurn` of it. */
export async function countLineTurn(tx: Writer, serviceId: string, businessDay: string): Promise<number> {
  const { rows } = await sql<{ given: number }>`
    INSERT INTO turn_counter AS t (service_id, business_day, line_turns, desk_turns)
    VALUES (${serviceId}, ${businessDay}, 1, 0)
    ON CONFLICT (service_id, business_day) DO UPDATE SET line_turns = t.line_turns + 1
    RETURNING line_turns - 1 AS given`.execute(tx);
  const given = rows[0]?.given;
  if (given === undefined) throw new Error('no turn given');
  return given;
}

/** How many turns of a service and day desks have reserved; locked to the end of the transaction (`addDeskTurns`). */
export async function lockDeskTurns(tx: Writer, serviceId: string, businessDay: string): Promise<number> {
  const { rows } = await sql<{ given: number }>`
    INSERT INTO turn_counter AS t (service_id, business_day, line_turns, desk_turns)
    VALUES (${serviceId}, ${businessDay}, 0, 0)
    ON CONFLICT (service_id, business_day) DO UPDATE SET desk_turns = t.desk_turns
    RETURNING desk_turns AS given`.execute(tx);
  return rows[0]?.given ?? 0;
}

export async function addDeskTurns(tx: Writer, serviceId: string, businessDay: string, count: number): Promise<void> {
  await tx
    .updateTable('turn_counter')
    .set((counter) => ({ desk_turns: counter('desk_turns', '+', count) }))
    .where('service_id', '=', serviceId)
    .where('business_day', '=', businessDay)
    .execute();
}
