import type { ChangeBody } from '../../../protocol/change.ts';
import { ask, seatAt, seatOf, type TestServer } from '../../testing/test-server.ts';

export interface Calling {
  headers: Record<string, string>;
  deviceKey: string;
  ticketId: string;
}

/** What the tests of sessions ask of a server and look up in its database. */
export function sessionBench(serverOf: () => TestServer) {
  const db = () => serverOf().context.store.db;
  const agentId = async (email: string): Promise<string> => {
    const { id } = await db().selectFrom('agent').select('id').where('email', '=', email).executeTakeFirstOrThrow();
    return id;
  };
  return {
    db,
    agentId,
    sessionRow: (id: string) => db().selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    statusOf: async (email: string) => {
      const id = await agentId(email);
      return db().selectFrom('agent_status').selectAll().where('agent_id', '=', id).executeTakeFirstOrThrow();
    },
    /** What the branch was told, in order. */
    branchChanges: async (slug: string): Promise<ChangeBody[]> => {
      const stream = `branch:${seatOf(serverOf(), slug, 1).branchId}`;
      const rows = await db().selectFrom('change').select('body').where('stream', '=', stream).orderBy('seq').execute();
      return rows.map(({ body }) => body);
    },
    take: (headers: Record<string, string>, slug: string, place: number) =>
      ask(serverOf(), 'POST', '/v1/sessions/current/seat', seatOf(serverOf(), slug, place), headers),
    signIn: (email: string, password: string) =>
      ask(serverOf(), 'POST', '/v1/sessions', { email, password, deskName: 'Mostrador' }),
    stateOf: async (ticketId: string): Promise<string> => {
      const row = await db().selectFrom('ticket').select('state').where('id', '=', ticketId).executeTakeFirstOrThrow();
      return row.state;
    },
    /** An agent at the first module of the centre who calls a ticket by hand. */
    calling: async (email: string): Promise<Calling> => {
      const server = serverOf();
      const token = { authorization: `Bearer ${server.deviceToken}` };
      const issued = await ask(server, 'POST', '/v1/branches/centro/tickets', { service: 'caja' }, token);
      const { id: ticketId } = issued.json<{ id: string }>();
      const { headers, deviceKey, sessionId } = await seatAt(server, email, 'centro', 1);
      const body = { type: 'ticket.call', ticketId, attentionId: crypto.randomUUID() };
      const command = { id: crypto.randomUUID(), authorId: await agentId(email), sessionId, occurredAt: null, body };
      const device = { authorization: `Device ${deviceKey}` };
      const delivered = await ask(server, 'POST', '/v1/desk/commands', { commands: [command] }, device);
      const [result] = delivered.json<{ results?: { status: string }[] }>().results ?? [];
      if (result?.status !== 'accepted') throw new Error(`calling: ${delivered.body}`);
      return { headers, deviceKey, ticketId };
    },
  };
}
