import { messageIdOf } from '../../domain/pending/add-message.ts';
import { nextStatus } from '../../domain/agent-status/next-status.ts';
import { eventIdOf } from '../../domain/ticket/event-id-of.ts';
import { newTicket } from '../../domain/ticket/new-ticket.ts';
import { nextTicket, requireAttention, type TicketAct } from '../../domain/ticket/next-ticket.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { ChangeBody } from '../../protocol/change.ts';
import type { AgentCommand, CommandResult, StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { TicketFact } from '../../protocol/event.ts';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import type { TicketContent } from '../../protocol/ticket-content.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import type { FakeLog } from './fake-log.ts';
import { branch, fakeOffice, moduleOne } from './fake-office.ts';

export interface FakeState {
  log: FakeLog;
  tickets: Map<TicketId, TicketHeader>;
  statuses: Map<AgentId, AgentStatus>;
  now: () => number;
}

class Refused extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

/** Does one command as the real server would, with the same rules; what it needs no rule for is left out. */
export function doCommand(state: FakeState, command: AgentCommand): CommandResult {
  const positions: StreamPosition[] = [];
  const say = (kind: 'branch' | 'agent', body: ChangeBody): void => {
    const stream = kind === 'branch' ? `branch:${branch}` : `agent:${command.authorId}`;
    positions.push(state.log.say(stream, body));
  };
  try {
    const status = act(state, command, say);
    return { id: command.id, status, positions };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code } = error;
    return { id: command.id, status: 'refused', error: { code, title: code, retryable: false, requestId: 'fake' } };
  }
}

type Say = (kind: 'branch' | 'agent', body: ChangeBody) => void;

function act(state: FakeState, command: AgentCommand, say: Say): 'accepted' | 'superseded' {
  const { authorId, body, id } = command;
  const at = command.occurredAt ?? state.now();
  const author = fakeOffice().agents.find((agent) => agent.id === authorId);
  const ticketOf = (ticketId: TicketId): TicketHeader => {
    const found = state.tickets.get(ticketId);
    if (!found) throw new Refused('NOT_FOUND');
    return found;
  };
  const put = (header: TicketHeader): void => {
    state.tickets.set(header.id, header);
    say('branch', { type: 'ticket.put', header });
  };
  const move = (header: TicketHeader, ticketAct: TicketAct): TicketHeader => {
    const next = nextTicket(header, ticketAct, at);
    if ('refused' in next) throw new Refused(next.refused);
    put(next.ticket);
    return next.ticket;
  };
  const event = (ticketId: TicketId, fact: TicketFact, cause: string = id): void =>
    say('agent', {
      type: 'event.added',
      event: {
        id: eventIdOf(cause as typeof id),
        ticketId,
        occurredAt: at,
        receivedAt: state.now(),
        isSuspect: false,
        agentId: authorId,
        agentName: author?.name ?? null,
        fact,
      },
    });
  const content = (ticketId: TicketId, more: Partial<TicketContent> = {}): void =>
    say('agent', { type: 'content.put', content: { ticketId, contact: null, topicIds: [], events: [], ...more } });
  const holder = (attentionId: NonNullable<TicketHeader['holder']>['attentionId']) => ({
    agentId: authorId,
    agentName: author?.name ?? '',
    moduleId: moduleOne,
    attentionId,
  });

  switch (body.type) {
    case 'status.choose':
    case 'status.chooseNext':
    case 'status.setManual': {
      const before = state.statuses.get(authorId);
      if (!before) throw new Refused('NOT_FOUND');
      const after = nextStatus(
        before,
        body.type === 'status.choose'
          ? { type: 'chosen', state: body.state, cause: body.cause }
          : body.type === 'status.chooseNext'
            ? { type: 'nextChosen', state: body.state }
            : { type: 'manualSet', isManual: body.isManual },
        at,
      );
      state.statuses.set(authorId, after);
      say('agent', { type: 'status.put', status: after });
      return 'accepted';
    }
    case 'ticket.create':
    case 'ticket.attendNow': {
      const service = fakeOffice().services.find((each) => each.id === body.serviceId);
      const turn = body.type === 'ticket.attendNow' ? body.turn : 500 + state.tickets.size;
      const number = body.type === 'ticket.attendNow' ? body.number : 5000 + state.tickets.size;
      const opened = newTicket(
        {
          id: body.ticketId,
          branchId: branch,
          serviceId: body.serviceId,
          number,
          turnCode: formatTurnCode(service?.letter ?? 'X', turn),
          businessDay: '2026-11-22',
          kind: 'turn',
          priority: body.type === 'ticket.create' ? body.priority : 'normal',
          origin: body.type === 'ticket.create' ? 'agent' : 'desk',
          customer: { displayName: null, documentType: null, documentLast4: null },
        },
        at,
      );
      if (body.type === 'ticket.create') {
        put(opened);
        return 'accepted';
      }
      if ([...state.tickets.values()].some((each) => each.number === number)) throw new Refused('WRONG_STATE');
      move(opened, { type: 'attendNow', holder: holder(body.attentionId), isAside: false });
      content(body.ticketId);
      event(body.ticketId, { type: 'ticket.created', origin: 'desk', serviceId: body.serviceId });
      event(body.ticketId, { type: 'ticket.attended', moduleName: 'Módulo 1' }, body.attentionId);
      return 'accepted';
    }
    case 'ticket.call': {
      move(ticketOf(body.ticketId), { type: 'call', holder: holder(body.attentionId) });
      content(body.ticketId);
      event(body.ticketId, {
        type: 'ticket.called',
        moduleName: 'Módulo 1',
        attempt: 1,
        isAutomatic: false,
        reasons: [{ type: 'chosenByHand' }],
      });
      return 'accepted';
    }
    case 'attention.begin':
      move(held(ticketOf(body.ticketId), command, body), { type: 'begin' });
      return 'accepted';
    case 'attention.finish': {
      const header = ticketOf(body.ticketId);
      if (requireAttention(header, { ...body, agentId: authorId })) return 'superseded';
      move(header, { type: 'finish' });
      event(body.ticketId, { type: 'ticket.closed', outcome: 'finished' });
      const before = state.statuses.get(authorId);
      const after = before && nextStatus(before, { type: 'attentionEnded' }, at);
      if (after && after !== before) {
        state.statuses.set(authorId, after);
        say('agent', { type: 'status.put', status: after });
      }
      return 'accepted';
    }
    case 'attention.acknowledge':
    case 'attention.touch':
      held(ticketOf(body.ticketId), command, body);
      return 'accepted';
    case 'message.send': {
      const { id: ticketId } = held(ticketOf(body.ticketId), command, body);
      // Growing, as the real ones are; the gaps do not matter here.
      const seq = state.log.seq(`agent:${authorId}`) + 1;
      const message = {
        id: messageIdOf(id),
        ticketId,
        seq,
        from: 'agent' as const,
        agentId: authorId,
        agentName: author?.name ?? null,
        text: body.text,
        sentAt: state.now(),
      };
      say('agent', { type: 'message.put', message });
      return 'accepted';
    }
    case 'message.read': {
      const { id: ticketId } = held(ticketOf(body.ticketId), command, body);
      say('agent', { type: 'messages.read', ticketId, read: { byAgent: body.upTo, byGuest: 0 } });
      return 'accepted';
    }
    case 'note.add':
      ticketOf(body.ticketId);
      event(body.ticketId, { type: 'note.added', text: body.text });
      return 'accepted';
    case 'call.report':
      ticketOf(body.ticketId);
      event(body.ticketId, body.report);
      return 'accepted';
    case 'mark.add':
      ticketOf(body.ticketId);
      event(body.ticketId, { type: 'mark.added', momentMs: body.momentMs, text: body.text });
      return 'accepted';
    default:
      throw new Refused('FORBIDDEN');
  }
}

function held(
  header: TicketHeader,
  { authorId }: AgentCommand,
  attention: Omit<Parameters<typeof requireAttention>[1], 'agentId'>,
): TicketHeader {
  const refused = requireAttention(header, { ...attention, agentId: authorId });
  if (refused) throw new Refused(refused);
  return header;
}
