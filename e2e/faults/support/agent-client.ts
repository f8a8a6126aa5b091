import { v7 as uuidv7 } from 'uuid';
import type { CommandBody, CommandResult } from '../../../src/protocol/commands/agent-command.ts';
import { CommandResults, SignedIn, SocketTicket } from '../../../src/protocol/http/desk-api.ts';
import { IssuedTicket, type IssueTicket } from '../../../src/protocol/http/public-api.ts';
import { PASSWORD, TOKEN, type FaultServer } from './fault-office.ts';

const ANSWER_MS = 30_000;

type Loose<Body> = Body extends { type: infer Type }
  ? { type: Type } & { [Key in Exclude<keyof Body, 'type'>]: unknown }
  : never;

export type LooseBody = Loose<CommandBody>;

/** An agent at a desk of their own that speaks HTTP alone, to whichever server it is told. */
export interface AgentClient {
  agentId: string;
  name: string;
  /** `<id>.<secret>`. */
  deviceKey: string;
  /** For one socket. */
  socketTicket: (server: string) => Promise<string>;
  /**
   * Delivers one command once.
   * @throws NoAnswer
   */
  deliver: (server: string, id: string, body: LooseBody) => Promise<CommandResult>;
}

/** No answer came, or one that says "not now": it may have been done. */
export class NoAnswer extends Error {}

const post = async (url: string, body: unknown, headers: Record<string, string>): Promise<unknown> => {
  const { status, text } = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS),
  })
    .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
    .catch((error: unknown) => {
      throw new NoAnswer(url, { cause: error });
    });
  if (status >= 500) throw new NoAnswer(`${url}: ${status} ${text}`);
  if (status >= 400) throw new Error(`${url}: ${status} ${text}`);
  return text === '' ? null : JSON.parse(text);
};

/** Signs the nth agent in (1 first), seats them at the module of the same number and has them called by hand alone. */
export async function openAgentClient(server: string, number: number): Promise<AgentClient> {
  const signIn = { email: `agente${number}@fallas.test`, password: PASSWORD, deskName: `Escritorio ${number}` };
  const signedIn = SignedIn.parse(await post(`${server}/v1/sessions`, signIn, {}));
  const { device, agent, sessionId, sessionToken, seats } = signedIn;
  const module = seats[0]?.modules.find(({ name }) => name === `Módulo ${number}`);
  if (!device || !module) throw new Error(`no desk for agent ${number}`);
  const key = `${device.id}.${device.secret}`;
  const session = { authorization: `Bearer ${sessionToken}`, 'x-device': key };
  const seat = { branchId: seats[0]?.branchId, moduleId: module.id };
  await post(`${server}/v1/sessions/current/seat`, seat, session);

  const client: AgentClient = {
    agentId: agent.id,
    name: `${agent.firstName} ${agent.lastName}`,
    deviceKey: key,
    socketTicket: async (at) =>
      SocketTicket.parse(await post(`${at}/v1/sessions/current/socket-tickets`, {}, session)).ticket,
    deliver: async (at, id, body) => {
      const command = { id, authorId: agent.id, sessionId, occurredAt: null, body };
      const headers = { authorization: `Device ${key}` };
      const answer = await post(`${at}/v1/desk/commands`, { commands: [command] }, headers);
      const [result] = CommandResults.parse(answer).results;
      if (!result) throw new Error('no answer to the command');
      return result;
    },
  };
  await client.deliver(server, uuidv7(), { type: 'status.setManual', isManual: true });
  return client;
}

/** Issues a ticket as an integrator does; the same key makes the same ticket. @throws NoAnswer */
export async function issueTicket(
  server: string,
  key: string = uuidv7(),
  more: Partial<IssueTicket> = {},
  token = TOKEN,
): Promise<IssuedTicket> {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
  return IssuedTicket.parse(await post(`${server}/v1/branches/centro/tickets`, { service: 'caja', ...more }, headers));
}

/** Asks again, of the next server each time, until one has answered. */
export async function insist<Answer>(
  servers: readonly FaultServer[],
  ask: (server: string) => Promise<Answer>,
): Promise<Answer> {
  for (let turn = 0; ; turn += 1) {
    try {
      return await ask((servers[turn % servers.length] as FaultServer).url);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      await Promise.race(servers.map(({ up }) => up()));
    }
  }
}
