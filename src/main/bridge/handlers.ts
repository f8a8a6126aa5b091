import type { Handlers } from '../../bridge/contract.ts';
import type { Preferences, TicketView } from '../../bridge/facts.ts';
import { v7 as uuidv7 } from 'uuid';
import type { CommandId, TicketId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { MessageReader } from '../outbox/message-reader.ts';
import type { Performer } from '../outbox/perform-act.ts';
import type { Session } from '../session/session.ts';
import type { ContactMatches } from '../../protocol/http/desk-api.ts';
import type { OfferColleagues } from '../../protocol/video/transfer-offer.ts';
import type { Line } from '../sync/line.ts';
import type { Sharing } from '../files/create-sharing.ts';
import type { ScreenHost } from '../hosts/screen-host.ts';
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
  room: Pick<Room, 'prepare' | 'called' | 'notCalled' | 'join' | 'leave' | 'say' | 'isInVideo'>;
  invitations: Invitations;
  files: Omit<Sharing, 'lineUp' | 'forget' | 'close'>;
  messages: MessageReader;
  colleagues: (ticketId: TicketId) => Promise<OfferColleagues>;
  inputSeen: () => void;
  tryOut: (isOn: boolean) => void;
  screens: ScreenHost;
  preferencesSet: (preferences: Preferences) => Promise<void>;
  /** What is on the screen may have changed. */
  refresh: () => Promise<void>;
}

/** Every call of the bridge, in the order of the map. No rule lives here. */
export function createHandlers(options: HandlerOptions): Handlers {
  const { session, line, store, performer, delivery, room, files, refresh } = options;

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
    act: async (act) => {
      if (act.type !== 'ticket.call') return performer.perform(act);
      options.callingByHand(act.ticketId);
      try {
        const done = await performer.perform(act);
        room.called(act.ticketId);
        return done;
      } catch (error) {
        room.notCalled(act.ticketId);
        throw error;
      }
    },
    'waiting.window': ({ from, to }) => store.ask('desk.window', from, to),
    'held.window': ({ from, to }) => store.ask('desk.heldWindow', from, to),
    'ticket.open': async ({ ticketId }) => {
      const view = await store.ask('desk.ticket', ticketId);
      if (!view) throw new DeskError('NOT_FOUND', { field: 'ticketId' });
      return view.timeline === null ? options.withContent(view) : view;
    },
    'video.prepare': ({ ticketId }) => {
      requireAgentId();
      room.prepare(ticketId);
      return null;
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
    'files.begin': (input) => files.begin(input),
    'files.chunk': (input) => files.chunk(input),
    'files.cancel': async ({ uploadId }) => {
      await files.cancel(uploadId);
      return null;
    },
    'files.download': ({ fileId }) => files.download(fileId),
    'files.show': ({ savedId }) => {
      files.show(savedId);
      return null;
    },
    'files.preview': ({ fileId }) => files.preview(fileId),
    // Outside of a video there is nobody to share with, and no reason to look at the agent's windows.
    'screen.sources': () => (room.isInVideo() ? options.screens.sources() : []),
    'screen.choose': ({ id }) => {
      if (room.isInVideo()) options.screens.choose(id);
      return null;
    },
    'devices.tryOut': ({ isOn }) => {
      // Nobody is there whose press it could have been (trust T25).
      if (isOn) requireAgentId();
      options.tryOut(isOn);
      return null;
    },
    'video.colleagues': ({ ticketId }) => options.colleagues(ticketId),
    'contacts.search': ({ search }) => options.searchContacts(search),
    'draft.save': async ({ ticketId, text }) => {
      if (!store.report.hasSafeStore) throw new DeskError('NO_SAFE_STORE');
      await store.ask('draft.save', requireAgentId(), ticketId, text);
      await refresh();
      return null;
    },
    'writing.save': async ({ ticketId, kind, writing }) => {
      if (!store.report.hasSafeStore) throw new DeskError('NO_SAFE_STORE');
      if (writing !== null && writing.kind !== kind) throw new DeskError('BAD_REQUEST', { field: 'writing' });
      await store.ask('writing.save', requireAgentId(), ticketId, kind, writing);
      await refresh();
      return null;
    },
    'messages.read': async ({ ticketId, upTo }) => {
      await options.messages.read(requireAgentId(), ticketId, upTo);
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
