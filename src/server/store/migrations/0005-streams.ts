import { sql, type Kysely } from 'kysely';

/** The streams of changes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
CREATE TABLE stream (
  name text PRIMARY KEY,
  -- company 1, branch 2, agent 3: the order in which counters are locked.
  rank int NOT NULL,
  seq bigint NOT NULL DEFAULT 0
);

CREATE TABLE change (
  stream text NOT NULL,
  seq bigint NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (stream, seq)
);
CREATE INDEX change_at ON change (at);

-- The last statement before COMMIT: counters are locked in one order (rank, then name) and held to the end, so that the
-- order of seq is the order of commit and no reader skips a change. Takes [{stream, rank, body}], gives [{stream, seq}].
CREATE FUNCTION write_changes(entries jsonb) RETURNS TABLE (stream text, seq bigint) LANGUAGE plpgsql AS $$
DECLARE
  target record;
BEGIN
  FOR target IN
    SELECT e.value ->> 'stream' AS name, max((e.value ->> 'rank')::int) AS rank, count(*) AS amount
    FROM jsonb_array_elements(entries) AS e GROUP BY 1 ORDER BY 2, 1
  LOOP
    INSERT INTO stream AS s (name, rank, seq) VALUES (target.name, target.rank, target.amount)
    ON CONFLICT (name) DO UPDATE SET seq = s.seq + target.amount
    RETURNING s.seq INTO write_changes.seq;
    INSERT INTO change (stream, seq, body)
    SELECT target.name,
           write_changes.seq - target.amount + row_number() OVER (ORDER BY e.ordinality),
           e.value -> 'body'
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS e
    WHERE e.value ->> 'stream' = target.name;
    write_changes.stream := target.name;
    RETURN NEXT;
  END LOOP;
END $$;
`,
    )
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
DROP FUNCTION write_changes(jsonb);
DROP TABLE change, stream;
`,
    )
    .execute(db);
}
