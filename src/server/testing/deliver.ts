import { v7 as uuidv7 } from 'uuid';
import type { CommandBody, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { IssuedTicket, IssueTicket } from '../../protocol/http/public-api.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { deliverCommands } from '../commands/deliver-commands.ts';
import { issueTicket } from '../commands/issue-ticket.ts';
import type { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readTicket } from '../store/ticket-rows.ts';
import type { TestAgent, TestOffice } from './office-factory.ts';
import { changeOf } from './open-server.ts';

/** The error of a refusal with what tests ask for. */
export const describeRefusal = (refusal: Refusal) => ({
  code: refusal.code,
  title: refusal.code,
  ...(refusal.details.values && { detail: Object.values(refusal.details.values).join(' ') }),
  ...(refusal.details.field !== undefined && { field: refusal.details.field }),
  retryable: false,
  requestId: 'test',
});

type Loose<Body> = Body extends { type: infer Type }
  ? { type: Type } & { [Key in Exclude<keyof Body, 'type'>]: unknown }
  : never;

/** Delivers one command of an agent from the agent's desk. Ids are given as plain text. */
export async function deliver(
  agent: TestAgent,
  body: Loose<CommandBody>,
  options: { id?: string; occurredAt?: number; context?: ServerContext; deviceId?: string; sessionId?: string } = {},
): Promise<CommandResult> {
  const device = { id: options.deviceId ?? agent.deviceId, companyId: agent.office.companyId };
  const command = {
    id: options.id ?? uuidv7(),
    authorId: agent.id,
    sessionId: options.sessionId ?? agent.sessionId,
    occurredAt: options.occurredAt ?? null,
    body: body as CommandBody,
  } as Parameters<typeof deliverCommands>[2][number];
  const context = options.context ?? agent.office.server.context;
  const [result] = await deliverCommands(context, device, [command], describeRefusal);
  if (!result) throw new Error('no answer');
  return result;
}

/** Issues a ticket at the kiosk of the office. */
export function issue(
  office: TestOffice,
  input: Partial<IssueTicket> = {},
  options: { idempotency?: { key: string; bodyHash: Buffer }; context?: ServerContext } = {},
): Promise<IssuedTicket> {
  return issueTicket(options.context ?? office.server.context, {
    deviceId: office.deviceId,
    deviceToken: office.deviceKey,
    origin: 'kiosk',
    branch: office.branch,
    input: { service: 'caja', kind: 'turn', priority: 'normal', ...input },
    idempotency: options.idempotency ?? null,
  });
}

export async function headerOf(office: TestOffice, ticketId: string): Promise<TicketHeader> {
  const row = await readTicket(office.server.context.store.db, office.companyId, ticketId);
  if (!row) throw new Error(`no ticket ${ticketId}`);
  return row.header;
}

/** Calls a ticket by hand and returns what its commands quote. */
export async function call(
  agent: TestAgent,
  ticketId: string,
): Promise<{ ticketId: string; attentionId: string; epoch: number }> {
  const attentionId = uuidv7();
  const result = await deliver(agent, { type: 'ticket.call', ticketId, attentionId });
  if (result.status !== 'accepted') throw new Error(`not called: ${JSON.stringify(result)}`);
  const { epoch } = await headerOf(agent.office, ticketId);
  return { ticketId, attentionId, epoch };
}

/** Calls a ticket by hand and begins its attention. */
export async function attend(
  agent: TestAgent,
  ticketId: string,
): Promise<{ ticketId: string; attentionId: string; epoch: number }> {
  const quoted = await call(agent, ticketId);
  const result = await deliver(agent, { type: 'attention.begin', ...quoted });
  if (result.status !== 'accepted') throw new Error(`not begun: ${JSON.stringify(result)}`);
  return quoted;
}

/** Resolves with the header of a ticket once it is so. */
export async function headerWhen(
  office: TestOffice,
  ticketId: string,
  isSo: (header: TicketHeader) => boolean,
): Promise<TicketHeader> {
  const stream = `branch:${office.branch.id}`;
  const { header } = await changeOf(
    office.server,
    stream,
    'ticket.put',
    (body) => body.header.id === ticketId && isSo(body.header),
  );
  return header;
}

/** What commands about the attention of a called or attended ticket quote. */
export function quoteOf(header: TicketHeader): { ticketId: string; attentionId: string; epoch: number } {
  if (!header.holder) throw new Error('nobody holds it');
  return { ticketId: header.id, attentionId: header.holder.attentionId, epoch: header.holder.epoch };
}
