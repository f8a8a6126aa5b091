import pg from 'pg';
import { Agent } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { compare } from '../compare.ts';
import { createTakeFloor } from '../floors/take-floor.ts';
import { figure, type Measure } from '../row.ts';
import { deliverCommands } from '../support/deliver-commands.ts';
import { fillLine } from '../support/fill-line.ts';
import { issueSessions } from '../support/issue-sessions.ts';
import { openOffice } from '../support/open-office.ts';

const AGENTS = 16;
const TICKETS = 300;
const PAIRS = 3;

/**
 * Sixteen agents, eight at each of two servers on one PostgreSQL, want each of 300 tickets at once; the clock runs from the first
 * request to the last of the sixteen answers, and stands still while the winner's hand is emptied. Beside them the same sixteen
 * with the same writes as one SQL function, over two pools, without authorisation, HTTP or a second process.
 */
export const measure: Measure = async () => {
  const office = await openOffice({ agents: AGENTS, servers: 2 });
  const dispatcher = new Agent({ connections: AGENTS / 2, pipelining: 1 });
  const client = new pg.Client({ connectionString: office.databaseUrl });
  try {
    await client.connect();
    const sessions = await issueSessions(
      office.databaseUrl,
      Array.from({ length: AGENTS }, (_, index) => index + 1),
    );
    const floor = await createTakeFloor(client, office.databaseUrl, sessions);
    let takes = 0;

    /** Takes per second, and one holder each or an error. */
    const contend = async (
      schema: 'public' | 'floor',
      take: (agent: number, ticketId: string) => Promise<'taken' | 'held'>,
    ): Promise<number> => {
      const tickets = await fillLine(client, schema, TICKETS);
      let spent = 0;
      for (const ticketId of tickets) {
        const start = performance.now();
        const answers = await Promise.all(sessions.map((_, index) => take(index, ticketId)));
        spent += performance.now() - start;
        const winner = sessions[answers.indexOf('taken')];
        const { rows } = await client.query<{ holder_id: string | null }>(
          `SELECT holder_id FROM ${schema}.ticket WHERE id = $1`,
          [ticketId],
        );
        const isRight = answers.filter((answer) => answer === 'taken').length === 1;
        if (!isRight || rows[0]?.holder_id !== winner?.agentId) throw new Error(`${ticketId}: ${answers.join(' ')}`);
        await client.query(
          `UPDATE ${schema}.ticket SET state = 'closed', outcome = 'cancelled', holder_id = NULL, attention_id = NULL,
             closed_at = now(), header = header || '{"state": "closed", "holder": null}' WHERE id = $1`,
          [ticketId],
        );
        takes += 1;
      }
      return (TICKETS * 1_000) / spent;
    };
    const ours = () =>
      contend('public', async (index, ticketId) => {
        const session = sessions[index];
        const server = office.servers[index % 2];
        if (!session || !server) throw new Error('no such agent');
        const body = { type: 'ticket.call', ticketId, attentionId: uuidv7() };
        const [result] = await deliverCommands(dispatcher, server, session, [body]);
        if (result?.status === 'accepted') return 'taken';
        if (result?.status === 'refused' && result.error.code === 'ALREADY_HELD') return 'held';
        throw new Error(JSON.stringify(result));
      });
    const theirs = () => contend('floor', floor.take);
    const bare = () => contend('floor', floor.bareUpdate);

    const comparison = await compare(ours, theirs, PAIRS);
    await bare();
    const plain = await bare();
    await floor.close();
    await checkAttentions(client);
    return {
      work: `${AGENTS} agents × ${TICKETS} contended tickets over two servers`,
      beside: 'the same writes as one SQL function, over two pools',
      figures: [
        {
          name: `takes, median of ${comparison.pairs} pairs`,
          unit: '/s',
          ours: comparison.ours,
          theirs: comparison.theirs,
          ratio: comparison.ratio,
          control: comparison.control,
          goal: { atLeast: 0.7 },
        },
        figure('takes, beside a bare UPDATE', '/s', { ours: comparison.ours, theirs: plain }),
      ],
      gate: `${takes} tickets with one holder each, as PostgreSQL has it, and ${AGENTS - 1} answers that it is held`,
    };
  } finally {
    await client.end();
    await dispatcher.close();
    await office.close();
  }
};

/** What each side wrote in the end: of each ticket one attention and one event, of each command one answer. */
async function checkAttentions(client: pg.Client): Promise<void> {
  for (const schema of ['public', 'floor']) {
    const { rows } = await client.query<{ wrong: string }>(
      `SELECT ticket_id AS wrong FROM ${schema}.attention GROUP BY 1 HAVING count(*) <> 1
       UNION ALL
       SELECT ticket_id FROM ${schema}.event GROUP BY 1 HAVING count(*) <> 1`,
    );
    if (rows.length > 0) throw new Error(`${schema}: ${rows.length} tickets have another number of holdings or events`);
  }
}
