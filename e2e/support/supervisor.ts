import type { SignedIn } from '../../src/protocol/http/desk-api.ts';
import type { TicketContent } from '../../src/protocol/ticket-content.ts';
import type { Office } from './office.ts';

/** Somebody who supervises, over the API that desks use: a device, a session and a seat of their own. */
export interface Supervisor {
  /** The customer and the timeline of a ticket as the server has them. */
  contentOf: (ticketId: string) => Promise<TicketContent>;
}

export async function signInSupervisor({ server, demo }: Office, moduleName: string): Promise<Supervisor> {
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<unknown> => {
    const answer = await fetch(`${server}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const signIn = { email: 'sofia@demo.test', password: demo.password, deskName: 'Supervisión' };
  const { device, seats, sessionToken } = (await ask('POST', '/v1/sessions', {}, signIn)) as SignedIn;
  const seat = seats.find(({ branchName }) => branchName === 'Sucursal Centro');
  const module = seat?.modules.find(({ name }) => name === moduleName);
  if (!device || !seat || !module) throw new Error(`no desk at ${moduleName}`);
  const key = `${device.id}.${device.secret}`;
  const session = { authorization: `Bearer ${sessionToken}`, 'x-device': key };
  await ask('POST', '/v1/sessions/current/seat', session, { branchId: seat.branchId, moduleId: module.id });
  return {
    contentOf: async (ticketId) => (await ask('GET', `/v1/desk/tickets/${ticketId}/content`, session)) as TicketContent,
  };
}
