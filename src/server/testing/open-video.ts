import { once } from 'node:events';
import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import type { ChangeBody } from '../../protocol/change.ts';
import type { CommandResult } from '../../protocol/commands/agent-command.ts';
import { SignedIn } from '../../protocol/http/desk-api.ts';
import { IssuedTicket } from '../../protocol/http/public-api.ts';
import type { DeskDown, PublicDown } from '../../protocol/socket/down.ts';
import type { Consent } from '../../protocol/video/consent.ts';
import { GuestLink } from '../../protocol/video/guest-link.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import { postJson, type ServerFacts } from './server-process.ts';

/** Luis of the demo attends a guest by video, over the server's real doors; no media flow. */
export interface OpenVideo {
  quoted: { ticketId: string; attentionId: string; epoch: number };
  /** The surname of the customer. */
  canary: string;
  command: (command: { id: string; body: object }) => Promise<CommandResult | undefined>;
  post: (path: string, body: object, headers?: Record<string, string>) => Promise<Response>;
  asGuest: (path: string, body: object) => Promise<Response>;
  asAgent: (path: string, body: object) => Promise<Response>;
  /** The next change of an asking on the agent's stream that is it. */
  agentHears: (isIt: (consent: Consent) => boolean) => Promise<Consent>;
  /** The state that the guest's socket shows, once it is so. */
  guestSees: (isSo: (state: GuestState) => boolean) => Promise<GuestState>;
  guestFrames: () => PublicDown[];
  /** By the guest's socket. */
  guestSays: (frame: object) => void;
  close: () => void;
}

export async function openVideo({ server, demo }: ServerFacts): Promise<OpenVideo> {
  const canary = 'Zaldumbide';
  const post: OpenVideo['post'] = (path, body, headers = {}) => postJson(`${server}${path}`, body, headers);
  const input = { email: 'luis@demo.test', password: demo?.password, deskName: 'Mostrador' };
  const signedIn = SignedIn.parse(await (await post('/v1/sessions', input)).json());
  const key = `${signedIn.device?.id}.${signedIn.device?.secret}`;
  const session = { authorization: `Bearer ${signedIn.sessionToken}`, 'x-device': key };
  const [seat] = signedIn.seats;
  await post('/v1/sessions/current/seat', { branchId: seat?.branchId, moduleId: seat?.modules[0]?.id }, session);

  const contact = { documentType: 'CC', documentNumber: '1023456789', firstName: 'Zoraida', lastName: canary };
  const issued = await post(
    '/v1/branches/centro/tickets',
    { service: 'asesoria-virtual', kind: 'virtual', contact },
    { authorization: `Bearer ${demo?.deviceToken}` },
  );
  const ticketId = IssuedTicket.parse(await issued.json()).id;
  const invited = await post(`/v1/desk/tickets/${ticketId}/guest-links`, {}, session);
  const token = GuestLink.parse(await invited.json()).url.split('#')[1] ?? '';
  const entered = await post('/v1/guest/entries', { token });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';

  const command: OpenVideo['command'] = async ({ id, body }) => {
    const sent = { id, authorId: signedIn.agent.id, sessionId: signedIn.sessionId, occurredAt: null, body };
    const response = await post('/v1/desk/commands', { commands: [sent] }, { authorization: `Device ${key}` });
    return ((await response.json()) as { results: CommandResult[] }).results[0];
  };
  const attentionId = uuidv7();
  const quoted = { ticketId, attentionId, epoch: 1 };
  await command({ id: uuidv7(), body: { type: 'ticket.call', ticketId, attentionId } });
  await command({ id: uuidv7(), body: { type: 'attention.begin', ...quoted } });

  const ws = server.replace('http', 'ws');
  const ticket = await post('/v1/sessions/current/socket-tickets', {}, session);
  const desk = await listen<DeskDown>(`${ws}/v1/desk/socket`, { authorization: `Device ${key}` });
  const hello = {
    type: 'authenticate',
    protocol: 1,
    cursors: {},
    ticket: ((await ticket.json()) as { ticket: string }).ticket,
  };
  desk.socket.send(JSON.stringify(hello));
  const caughtUp = desk.next((frame) => frame.type === 'caughtUp');
  const guest = await listen<PublicDown>(`${ws}/v1/public/socket`, { cookie, origin: server });
  guest.socket.send(JSON.stringify({ type: 'watchVideo', token }));
  await caughtUp;

  return {
    quoted,
    canary,
    command,
    post,
    asGuest: (path, body) => post(path, body, { cookie }),
    asAgent: (path, body) => post(path, body, { ...session, cookie }),
    agentHears: async (isIt) => {
      const consentIn = (frame: DeskDown): Consent | undefined =>
        frame.type === 'changes'
          ? frame.changes.map(({ body }) => consentOf(body)).find((each) => each && isIt(each))
          : undefined;
      const found = consentIn(await desk.next((frame) => consentIn(frame) !== undefined));
      if (!found) throw new Error('no asking');
      return found;
    },
    guestSees: async (isSo) => {
      const last = guest.frames.findLast((frame) => frame.type === 'video');
      if (last?.type === 'video' && isSo(last.state)) return last.state;
      const next = await guest.next((frame) => frame.type === 'video' && isSo(frame.state));
      if (next.type !== 'video') throw new Error('no state');
      return next.state;
    },
    guestFrames: () => guest.frames,
    guestSays: (frame) => guest.socket.send(JSON.stringify(frame)),
    close: () => {
      desk.socket.terminate();
      guest.socket.terminate();
    },
  };
}

const consentOf = (body: ChangeBody): Consent | undefined => (body.type === 'consent.put' ? body.consent : undefined);

async function listen<Frame>(url: string, headers: Record<string, string>) {
  const socket = new WebSocket(url, { headers });
  const frames: Frame[] = [];
  const waiting = new Set<(frame: Frame) => void>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    frames.push(frame);
    for (const hear of waiting) hear(frame);
  });
  await once(socket, 'open');
  return {
    socket,
    frames,
    /** The next frame that is it, of those that come from now on. */
    next: (isIt: (frame: Frame) => boolean): Promise<Frame> =>
      new Promise((resolve) => {
        const hear = (frame: Frame): void => {
          if (!isIt(frame)) return;
          waiting.delete(hear);
          resolve(frame);
        };
        waiting.add(hear);
      }),
  };
}
