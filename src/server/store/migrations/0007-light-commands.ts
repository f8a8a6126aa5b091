import { sql, type Kysely } from 'kysely';

/** The last act of a session at once, and the end of a transaction in one statement. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE INDEX command_session ON command (session_id, occurred_at);

-- The last statement before COMMIT: lines of timelines in their order, wishes that the lines of branches be looked at, then the
-- changes, whose counters are locked after all else. Takes rows of event, ids of branches and [{stream, rank, body}], gives
-- [{stream, seq}].
CREATE FUNCTION seal_work(events jsonb, looks uuid[], look_at timestamptz, entries jsonb)
RETURNS TABLE (stream text, seq bigint) LANGUAGE plpgsql AS $$
BEGIN
  IF events <> '[]' THEN
    INSERT INTO event (id, company_id, branch_id, ticket_id, agent_id, fact, occurred_at, received_at, is_suspect)
    SELECT e.id, e.company_id, e.branch_id, e.ticket_id, e.agent_id, e.fact, e.occurred_at, e.received_at, e.is_suspect
    FROM ROWS FROM (jsonb_to_recordset(events) AS (
      id uuid, company_id uuid, branch_id uuid, ticket_id uuid, agent_id uuid, fact jsonb, occurred_at timestamptz,
      received_at timestamptz, is_suspect boolean)) WITH ORDINALITY AS e ORDER BY e.ordinality;
  END IF;
  IF cardinality(looks) > 0 THEN
    INSERT INTO due (kind, subject_id, branch_id, at)
    SELECT 'dispatch', branch, branch, look_at FROM unnest(looks) AS branch ORDER BY branch
    ON CONFLICT (kind, subject_id) DO UPDATE SET at = excluded.at;
  END IF;
  RETURN QUERY SELECT written.stream, written.seq FROM write_changes(entries) AS written;
END $$;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP FUNCTION seal_work(jsonb, uuid[], timestamptz, jsonb); DROP INDEX command_session;').execute(db);
}
