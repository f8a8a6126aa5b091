import type { SessionFact } from '../../bridge/facts.ts';
import type { DownFrame, Wire } from '../../bridge/frame.ts';
import { actOfLock } from '../../domain/agent-status/act-of-lock.ts';
import type { TicketId } from '../../protocol/ids.ts';
import { createErrorWords } from '../bridge/error-body.ts';
import { createHandlers, type HandlerOptions } from '../bridge/handlers.ts';
import { createNotices } from '../bridge/notices.ts';
import { createPublisher } from '../bridge/publisher.ts';
import { createScreen } from '../bridge/screen.ts';
import { serveWindow } from '../bridge/serve-window.ts';
import { showFacts } from '../bridge/show-facts.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import { createSharing } from '../files/create-sharing.ts';
import type { Language } from '../../texts/create-texts.ts';
import { createContactSearch } from '../outbox/contact-search.ts';
import { createDelivery } from '../outbox/delivery.ts';
import { createMessageReader } from '../outbox/message-reader.ts';
import { createNumberSupply } from '../outbox/number-supply.ts';
import { createPerformer } from '../outbox/perform-act.ts';
import { createTicketArrival } from '../outbox/ticket-arrival.ts';
import { withContent } from '../outbox/with-content.ts';
import { createSession } from '../session/session.ts';
import { createCallKeeper } from '../status/call-keeper.ts';
import { createStatusLedger } from '../status/status-ledger.ts';
import { createImageTaker } from '../sync/image-taker.ts';
import { createLine } from '../sync/line.ts';
import { lineTimings } from '../sync/line-timings.ts';
import { createServerApi } from '../sync/server-api.ts';
import { createServerClock } from '../sync/server-clock.ts';
import { createColleagues } from '../video/colleagues.ts';
import { createInvitations } from '../video/invitations.ts';
import { browserAsks } from '../hosts/screen-host.ts';
import { createRoom } from '../video/room.ts';
import { createTransfers } from '../video/transfers.ts';
import type { DeskOptions } from './desk-options.ts';
import { createFileCheck } from './file-check.ts';
import { startRegularTasks } from './regular-tasks.ts';
import { createStoreNotice } from './store-notice.ts';

/** One workstation without its window. */
export interface Desk {
  /** Serves a window until the returned function is called. */
  attach: (wire: Wire<DownFrame, unknown>) => () => void;
  /** A link from outside names this ticket: the windows that are there show it. */
  showLinkedTicket: (ticketId: TicketId) => void;
  /** The machine was locked or goes to sleep: nobody is before it. */
  machineLocked: () => void;
  /** Its window may use camera, microphone and screen now (trust T25). */
  isInVideo: () => boolean;
  /** The agent tries camera and microphone without a video: its window may use these two. */
  isTryingDevices: () => boolean;
  /** The agent's, as last chosen at this desk. */
  language: () => Language;
  /** Everything is written and closed. */
  stop: () => Promise<void>;
}

const CLOCK_OFFSET = 'clockOffset';

interface JoinedOptions {
  /** Why nobody is signed in, as the first fact says it. */
  cause: Extract<SessionFact, { state: 'signedOut' }>['cause'];
  /** The server does not let this desk in any more: nothing may stay on it. */
  revoked: () => void;
}

/** Joins the parts of a desk over its open files: store, line, session, outbox, bridge. Holds no rule. */
export async function joinDesk(
  store: StoreClient,
  options: DeskOptions,
  { cause, revoked }: JoinedOptions,
): Promise<Desk> {
  const { serverUrl, log } = options;
  const timings = options.timings ?? lineTimings;
  const random = options.random ?? Math.random;
  const [chosen, offset] = await Promise.all([store.ask('preferences.get'), store.ask('secret.get', CLOCK_OFFSET)]);
  let preferences = chosen;
  const clock = createServerClock(typeof offset === 'number' ? offset : 0);
  const requests = { language: () => preferences.language, revoked, dated: clock.dated };
  const api = createServerApi(serverUrl, requests);
  const errorBody = createErrorWords(() => preferences.language);
  const publisher = createPublisher();
  const notices = createNotices((notice) => publisher.tellOnce('notice.raised', notice));
  const arrival = createTicketArrival(store);

  const quietly =
    (what: string) =>
    (error: unknown): void =>
      log.error({ err: error }, what);

  const hasAttention = async (): Promise<boolean> => {
    await screen.refresh();
    return publisher.latest('current.changed')?.ticket != null;
  };

  const ledger = createStatusLedger({ store, clock, changed: (shift) => publisher.publish('shift.changed', shift) });

  const storeNotice = createStoreNotice(store.report, {
    isAtWork: () => session.working() !== null,
    tell: () => publisher.tellOnce('notice.raised', { type: 'cacheRebuilt' }),
  });
  const files = createFileCheck({
    check: () => store.ask('cache.check'),
    rebuilt: (branchIds) => {
      log.warn({ branches: branchIds }, 'files of branches are damaged, and begin anew');
      storeNotice.rebuilt({ isSignedOut: session.fact().state === 'signedOut' });
      session.storeNoticed();
      const key = session.key();
      if (key && session.working()) line.start(key);
    },
  });

  const session = createSession(
    { api, store, clock, log, deskName: options.deskName, storeNotice: storeNotice.notice, hasAttention },
    {
      changed: (fact) => {
        publisher.publish('session.changed', fact);
        if (fact.state !== 'working') return;
        // The window draws the workspace while the rest is done.
        publisher.flush();
        storeNotice.tellAtWork();
        entered(fact).catch(quietly('the shift could not be opened'));
      },
      viewerChanged: async (viewer) => {
        if (!viewer) await ledger.left().catch(quietly('the end of the shift is not kept'));
        screen.turnPage();
        publisher.forget('status.changed', 'waiting.changed', 'current.changed', 'handled.changed');
        publisher.forget('shift.changed', 'outbox.changed', 'held.changed');
        notices.forget();
        contacts.forget();
        room.forget();
        sharing.forget();
        transfers.forget();
        const rows = await files.mended(() => store.ask('viewer.set', viewer));
        if (rows > 0) log.warn({ rows }, 'rows of the cache cannot be read, their streams start over');
        await screen.refresh();
      },
      seated: (sessionKey) => line.start(sessionKey),
      left: () => line.watch(),
    },
  );
  const entered = async (fact: Extract<SessionFact, { state: 'working' }>): Promise<void> => {
    const status = publisher.latest('status.changed')?.status;
    if (ledger.takeCrash(fact.agent.id) && status && status.state !== 'offline') {
      await performer.queueOwn({ type: 'status.choose', state: 'offline', cause: 'crash' });
    }
    await ledger.entered(fact);
    await Promise.all([screen.refresh(), numbers.ensure()]);
  };

  const images = createImageTaker({ api, store, folder: options.databaseFolder, log });
  const line = createLine(
    { serverUrl, api, store, images, clock, timings, random, log, device: session.device },
    {
      changed: (fact) => {
        publisher.publish('line.changed', fact);
        if (fact.state === 'down') room.lineDown();
        if (fact.state !== 'up') giveUpMessages().catch(quietly('messages without an answer are still to be sent'));
      },
      room: (frame) => room.take(frame),
      transfers: ({ offers }) => transfers.takeAll(offers),
      applied: (outcome) => {
        notices.applied(outcome);
        transfers.take(outcome.transfers);
        arrival.applied();
        screen.follow();
      },
      up: () => {
        store.ask('secret.put', CLOCK_OFFSET, clock.offset()).catch(quietly('the offset of the clock is not kept'));
        session.lineUp();
        delivery.kick();
        room.lineUp();
        sharing.lineUp();
        void numbers.ensure();
        void screen.refresh();
      },
      ended: (end) => (end === 'deskRevoked' ? revoked() : void session.end(end)),
    },
  );
  const room = createRoom(
    { say: line.say, isLineUp: line.isUp },
    {
      changed: (fact) => publisher.publish('room.changed', fact),
      heard: (fact) => publisher.tellOnce('signal.heard', fact),
    },
  );
  const sharing = createSharing({
    serverUrl,
    requests,
    key: session.key,
    isLineUp: line.isUp,
    store,
    host: options.fileHost,
    changed: (fact) => publisher.publish('uploads.changed', fact),
    errorBody,
  });
  /** What was said in a chat and has no answer is the agent's to send again, or not: the talk has gone on (SPEC CH2). */
  const giveUpMessages = async (): Promise<void> => {
    const isAny = await store.ask('outbox.giveUpMessages', errorBody(new DeskError('UNKNOWN_OUTCOME')));
    if (isAny) await screen.refresh();
  };
  const transfers = createTransfers({
    agentId: () => session.working()?.agent.id ?? null,
    changed: (fact) => publisher.publish('transfer.changed', fact),
  });
  const lock = async (): Promise<void> => {
    if (!session.working()) return;
    const hasTicket = await hasAttention();
    const status = publisher.latest('status.changed')?.status;
    const act = status ? actOfLock(status, hasTicket) : null;
    if (act) await performer.queueOwn(act);
  };
  const isLineUp = (): boolean => line.isUp();
  const working = () => session.working();

  const delivery = createDelivery(
    { api, store, clock, timings, random, log, device: session.device },
    {
      answered: () => void screen.refresh(),
      superseded: notices.superseded,
    },
  );
  const numbers = createNumberSupply({ api, store, clock, log, working, key: session.key, isLineUp });
  const contacts = createContactSearch(api, session.key);
  const performer = createPerformer({
    store,
    log,
    clock,
    delivery,
    numbers,
    working,
    sessionId: session.id,
    isLineUp,
    hasAttention,
    matchOf: contacts.matchOf,
    shown: () => screen.refresh(),
    arrivalOf: arrival.of,
  });
  const callKeeper = createCallKeeper({ say: performer.say, isLineUp, monotonic: clock.monotonic, log });
  const screen = createScreen({
    store,
    clock,
    log,
    changed: showFacts({ publisher, notices, ledger, callKeeper, officeChanged: session.officeChanged, log }),
  });

  /** The window in which the agent tries them; null for none. */
  let tryingWindow: object | null = null;
  const parts: Omit<HandlerOptions, 'tryOut'> = {
    session,
    line,
    store,
    performer,
    delivery,
    callingByHand: notices.calledByHand,
    withContent: (view) => withContent(view, api, session.key(), isLineUp()),
    searchContacts: contacts.search,
    room,
    invitations: createInvitations(api, session.key),
    files: sharing,
    messages: createMessageReader({ store, say: performer.say, isLineUp }),
    colleagues: createColleagues(api, session.key),
    inputSeen: callKeeper.inputSeen,
    screens: options.screens ?? browserAsks,
    preferencesSet: async (next) => {
      await store.ask('preferences.set', next);
      preferences = next;
      publisher.publish('preferences.changed', next);
    },
    refresh: () => screen.refresh(),
  };
  publisher.publish('preferences.changed', preferences);
  publisher.publish('line.changed', line.fact());
  // The store does them in this order, while the line is looked for.
  const begun = [files.mended(() => store.ask('cache.prune', clock.now())), ledger.start(), session.start(cause)];
  line.watch();
  await Promise.all(begun);
  delivery.kick();
  const endLeftOver = (): Promise<void> =>
    session.endLeftOver().catch((error: unknown) => log.debug({ err: error }, 'an earlier session is not ended yet'));
  void endLeftOver();
  const stopTasks = startRegularTasks({
    store,
    clock,
    isLineUp: () => line.fact().state === 'up',
    look: () => Promise.all([screen.refresh(), numbers.ensure(), ledger.alive(), endLeftOver()]),
    check: files.run,
    log,
  });

  return {
    attach: (wire) => {
      // A window that another one has replaced ends nothing of that one's.
      const tryOut = (isOn: boolean): void => {
        if (isOn) tryingWindow = wire;
        else if (tryingWindow === wire) tryingWindow = null;
      };
      const handlers = createHandlers({ ...parts, tryOut });
      const letGo = serveWindow(wire, { handlers, publisher, errorBody, log, monotonic: clock.monotonic });
      return () => {
        tryOut(false);
        letGo();
      };
    },
    showLinkedTicket: (ticketId) => publisher.tellOnce('ticket.linked', { ticketId }),
    isInVideo: room.isInVideo,
    isTryingDevices: () => tryingWindow !== null,
    language: () => preferences.language,
    machineLocked: () => void lock().catch(quietly('the state was not changed when the machine was locked')),
    stop: async () => {
      stopTasks();
      session.stop();
      line.stop();
      delivery.stop();
      screen.stop();
      try {
        await ledger.left();
        await ledger.stop();
      } finally {
        api.close();
        sharing.close();
        await store.close();
      }
    },
  };
}
