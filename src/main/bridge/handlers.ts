import type { Handlers } from '../../bridge/contract.ts';
import type { Preferences, TicketView } from '../../bridge/facts.ts';
import { v7 as uuidv7 } from 'uuid';
import type { CommandId, TicketId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Performer } from '../outbox/perform-act.ts';
import type { Session } from '../session/session.ts';
import type { ContactMatches } from '../../protocol/http/desk-api.ts';
import type { Line } from '../sync/line.ts';
import type { Invitations } from '../video/invitations.ts';
import type { Room } from '../video/room.ts';

export interface HandlerOptions {
  session: Session;
  line: Line;
  store: StoreClient;
  performer: Performer;
  delivery: Delivery;
  /** The agent calls this ticket by hand. */
  callingByHand: (ticketId: TicketId) => void;
  /** Adds what the server lets this agent read of a ticket that the desk does not hold; as it is where it does not. */
  withContent: (view: TicketView) => Promise<TicketView>;
  searchContacts: (search: string) => Promise<ContactMatches>;
  room: Pick<Room, 'join' | 'leave' | 'say'>;
  invitations: Invitations;
  inputSeen: () => void;
  preferencesSet: (preferences: Preferences) => Promise<void>;
  /** What is on the screen may have changed. */
  refresh: () => Promise<void>;
}

/** Every call of the bridge, in the order of the map. No rule lives here. */
export function createHandlers(options: HandlerOptions): Handlers {
  const { session, line, store, performer, delivery, room, refresh } = options;

  const requireAgentId = () => {
    const working = session.working();
    if (!working) throw new DeskError('UNAUTHENTICATED');
    return working.agent.id;
  };

  return {
    'session.signIn': async (input) => {
      await session.signIn(input);
      return null;
    },
    'session.changePassword': async (input) => {
      await session.changePassword(input);
      return null;
    },
    'session.takeSeat': async (input) => {
      await session.takeSeat(input);
      return null;
    },
    'session.signOut': async () => {
      await session.signOut();
      return null;
    },
    act: (act) => {
      if (act.type === 'ticket.call') options.callingByHand(act.ticketId);
      return performer.perform(act);
    },
    'waiting.window': ({ from, to }) => store.ask('desk.window', from, to),
    'held.window': ({ from, to }) => store.ask('desk.heldWindow', from, to),
    'ticket.open': async ({ ticketId }) => {
      const view = await store.ask('desk.ticket', ticketId);
      if (!view) throw new DeskError('NOT_FOUND', { field: 'ticketId' });
      return view.timeline === null ? options.withContent(view) : view;
    },
    'video.join': ({ ticketId }) => {
      requireAgentId();
      room.join(ticketId);
      return null;
    },
    'video.leave': ({ ticketId }) => {
      room.leave(ticketId);
      return null;
    },
    'video.say': ({ ticketId, signal }) => {
      room.say(ticketId, signal);
      return null;
    },
    'video.invite': ({ ticketId, isReplacing }) => options.invitations.create(ticketId, { isReplacing }),
    'video.revoke': async ({ ticketId }) => {
      await options.invitations.revoke(ticketId);
      return 'revoked' as const;
    },
    'contacts.search': ({ search }) => options.searchContacts(search),
    'draft.save': async ({ ticketId, text }) => {
      if (!store.report.hasSafeStore) throw new DeskError('NO_SAFE_STORE');
      await store.ask('draft.save', requireAgentId(), ticketId, text);
      await refresh();
      return null;
    },
    'outbox.retry': async ({ id }) => {
      const isQueued = await store.ask('outbox.retry', requireAgentId(), id, uuidv7() as CommandId);
      if (!isQueued) throw new DeskError('NOT_FOUND', { field: 'id' });
      await refresh();
      delivery.kick();
      return null;
    },
    'outbox.replace': ({ ids, act }) => performer.perform(act, ids),
    'outbox.discard': async ({ id }) => {
      const isGone = await store.ask('outbox.discard', requireAgentId(), [id]);
      if (!isGone) throw new DeskError('NOT_FOUND', { field: 'id' });
      await refresh();
      return null;
    },
    'line.retryNow': () => {
      line.retryNow();
      delivery.kick();
      return null;
    },
    'input.seen': () => {
      options.inputSeen();
      return null;
    },
    'preferences.set': async (preferences) => {
      await options.preferencesSet(preferences);
      return null;
    },
  };
}
