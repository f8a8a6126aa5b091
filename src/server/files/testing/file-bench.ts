import type { LightMyRequestResponse } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { CommandBody } from '../../../protocol/commands/agent-command.ts';
import { CommandResults } from '../../../protocol/http/desk-api.ts';
import { IssuedTicket } from '../../../protocol/http/public-api.ts';
import { GuestLink } from '../../../protocol/video/guest-link.ts';
import { ask, type SignedInDesk, type TestServer } from '../../testing/test-server.ts';

/** A video in which an agent attends and a guest is in. */
export interface OpenVideo {
  ticketId: string;
  attentionId: string;
  token: string;
  /** Of the guest's browser. */
  guest: { cookie: string };
  finish: () => Promise<void>;
}

/** One side of the way that files go. */
export interface Door {
  path: string;
  headers: Record<string, string>;
  /** What beginning an upload says beyond name, bytes and type. */
  place: Record<string, string>;
}

export const deskDoor = (desk: SignedInDesk, { ticketId, attentionId }: OpenVideo): Door => ({
  path: '/v1/desk',
  headers: desk.headers,
  place: { ticketId, attentionId },
});
export const guestDoor = ({ token, guest }: Pick<OpenVideo, 'token' | 'guest'>): Door => ({
  path: '/v1/guest',
  headers: guest,
  place: { token },
});

export async function deliverAt(server: TestServer, desk: SignedInDesk, body: object): Promise<void> {
  const command = { id: uuidv7(), authorId: desk.agent.id, sessionId: desk.sessionId, occurredAt: null, body };
  const headers = { authorization: `Device ${desk.deviceKey}` };
  const response = await ask(server, 'POST', '/v1/desk/commands', { commands: [command] }, headers);
  const [result] = CommandResults.parse(response.json()).results;
  if (result?.status !== 'accepted') throw new Error(`not accepted: ${response.body}`);
}

/** A virtual turn of the demo office, and its guest, who has entered and waits; by `headers` in a browser that is known already. */
export async function openVisit(
  server: TestServer,
  desk: SignedInDesk,
  headers: Record<string, string> = {},
): Promise<Pick<OpenVideo, 'ticketId' | 'token' | 'guest'>> {
  const bearer = { authorization: `Bearer ${server.deviceToken}` };
  const wanted = { service: 'asesoria-virtual', kind: 'virtual' };
  const issued = await ask(server, 'POST', '/v1/branches/centro/tickets', wanted, bearer);
  const { id: ticketId } = IssuedTicket.parse(issued.json());
  const invited = await ask(server, 'POST', `/v1/desk/tickets/${ticketId}/guest-links`, {}, desk.headers);
  const token = GuestLink.parse(invited.json()).url.split('#')[1] ?? '';
  const entered = await ask(server, 'POST', '/v1/guest/entries', { token }, headers);
  return { ticketId, token, guest: { cookie: String(entered.headers['set-cookie']).split(';')[0] ?? '' } };
}

/** The same, called and attended by the agent of this desk. */
export async function openVideo(server: TestServer, desk: SignedInDesk): Promise<OpenVideo> {
  const visit = await openVisit(server, desk);
  const { ticketId } = visit;
  const attentionId = uuidv7();
  const say = (body: Partial<CommandBody>): Promise<void> =>
    deliverAt(server, desk, { ...body, ticketId, attentionId });
  await say({ type: 'ticket.call' });
  await say({ type: 'attention.begin', epoch: 1 });
  return { ...visit, attentionId, finish: () => say({ type: 'attention.finish', epoch: 1 }) };
}

export const begin = (
  server: TestServer,
  { path, headers, place }: Door,
  name: string,
  bytes: number,
): Promise<LightMyRequestResponse> =>
  ask(server, 'POST', `${path}/uploads`, { ...place, name, bytes, type: 'application/octet-stream' }, headers);

/** The id of an upload that was begun. */
export async function begun(server: TestServer, door: Door, name: string, bytes: number): Promise<string> {
  const response = await begin(server, door, name, bytes);
  if (response.statusCode !== 201) throw new Error(`not begun: ${response.body}`);
  return response.json<{ id: string }>().id;
}

export const patch = (
  server: TestServer,
  { path, headers }: Pick<Door, 'path' | 'headers'>,
  id: string,
  { offset, bytes }: { offset: number; bytes: Buffer },
): Promise<LightMyRequestResponse> =>
  server.app.inject({
    method: 'PATCH',
    url: `${path}/uploads/${id}`,
    headers: { ...headers, 'content-type': 'application/octet-stream', 'upload-offset': String(offset) },
    payload: bytes,
  });

export const complete = (
  server: TestServer,
  { path, headers }: Pick<Door, 'path' | 'headers'>,
  id: string,
): Promise<LightMyRequestResponse> => ask(server, 'POST', `${path}/uploads/${id}/complete`, undefined, headers);

const PART = 64 * 1024;

/** Sends a file whole: the answer to its completion, or to what was refused before. */
export async function send(
  server: TestServer,
  door: Door,
  name: string,
  bytes: Buffer,
): Promise<LightMyRequestResponse> {
  const opened = await begin(server, door, name, bytes.length);
  if (opened.statusCode !== 201) return opened;
  const { id } = opened.json<{ id: string }>();
  for (let offset = 0; offset < bytes.length; offset += PART) {
    const response = await patch(server, door, id, { offset, bytes: bytes.subarray(offset, offset + PART) });
    if (response.statusCode !== 200) return response;
  }
  return complete(server, door, id);
}
