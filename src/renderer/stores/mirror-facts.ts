import type { SessionFact } from '../../bridge/facts.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { DeskClient } from '../bridge/desk-client.ts';
import type { DeskState, DeskStore } from './create-desk-store.ts';

/** Every fact of the desk goes into its slice. Notices are no state: `useNotices` tells them. */
export function mirrorFacts(desk: DeskClient, store: DeskStore): void {
  const slices = store.getState();
  desk.on('session.changed', forgetAgents(store));
  desk.on('session.changed', slices.sessionChanged);
  desk.on('line.changed', slices.lineChanged);
  desk.on('status.changed', slices.statusChanged);
  desk.on('waiting.changed', slices.waitingChanged);
  desk.on('held.changed', slices.heldChanged);
  desk.on('current.changed', slices.currentChanged);
  desk.on('handled.changed', slices.handledChanged);
  desk.on('shift.changed', slices.shiftChanged);
  desk.on('outbox.changed', slices.outboxChanged);
  desk.on('room.changed', slices.roomChanged);
  desk.on('uploads.changed', slices.uploadsChanged);
  desk.on('transfer.changed', slices.transferChanged);
  desk.on('preferences.changed', slices.preferencesChanged);
  desk.on('ticket.linked', ({ ticketId }) => slices.ticketLinked(ticketId));
  slices.pipeChanged(desk.pipeState());
  desk.onPipeState(slices.pipeChanged);
}

const REMOVED: readonly string[] = ['deskRevoked', 'deskNotReset'];

/**
 * Nobody sees what the agent before them saw. What was being written stays for the same agent, whose session may only
 * have ended; of a desk that was revoked nothing stays, in its windows either (trust T10).
 */
function forgetAgents(store: DeskStore): (session: SessionFact) => void {
  const empty = store.getInitialState();
  const facts: Partial<DeskState> = {
    status: null,
    waiting: null,
    waitingWindow: empty.waitingWindow,
    held: null,
    heldWindow: empty.heldWindow,
    current: null,
    handled: null,
    shift: null,
    outbox: null,
    room: null,
    uploads: null,
    unsentFiles: [],
    queuedFiles: [],
    transfer: null,
    invitation: null,
    opened: null,
    tab: empty.tab,
    attendingList: null,
    openedTicketId: null,
    linkedTicketId: null,
    isOutboxShown: false,
    isRefusedShown: false,
    termsAttentionId: null,
    dialog: null,
  };
  const nothingWritten: Partial<DeskState> = {
    notes: {},
    contactEdits: {},
    contactErrors: {},
    newContacts: {},
    takenUp: {},
    writings: {},
  };
  let lastAgentId: AgentId | null = null;
  return (session) => {
    if (session.state !== 'working') {
      store.setState(facts);
      if (session.state === 'signedOut' && REMOVED.includes(session.cause)) store.setState(nothingWritten);
      return;
    }
    if (session.agent.id !== lastAgentId) store.setState(nothingWritten);
    lastAgentId = session.agent.id;
  };
}
