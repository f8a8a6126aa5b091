import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { PathFinding } from '../../protocol/video/readiness.ts';
import type { CallOptions, PeerCall } from '../../web/peer/peer-call.ts';
import type { Devices } from '../../web/peer/devices.ts';
import type { LiveView, LiveViewOptions } from '../live/live-view.ts';
import type { ConsentApi } from './consent-api.ts';
import { createTerms } from './create-terms.ts';
import { createReadiness } from './create-readiness.ts';
import { createTurnWay, noTurn, type TurnParts } from './create-turn-way.ts';
import type { EntryFailure } from './enter-video.ts';
import type { GuestAlerts } from './guest-alerts.ts';
import type { GuestChat } from './guest-chat.ts';
import type { GuestUploads } from './guest-uploads.ts';
import type { OtherTabs } from './other-tabs.ts';
import { readGuestFrame, type RoomWord } from './read-guest-frame.ts';
import { createVisitCalls } from './visit-calls.ts';
import { createVisitDevices } from './visit-devices.ts';
import type { EntryProblem, VisitEnd } from './visit-state.ts';
import { createVisitStore } from './visit-store.ts';

const MOVED = 4409;
/** A folio that is not there by then is on the receipt that the branch has. */
const FOLIO_PATIENCE_MS = 60_000;
const ENDS_OF_SERVER: readonly VisitEnd[] = ['finished', 'cancelled', 'noShow', 'reported', 'blocked'];

export interface VisitParts {
  /** Of the address; empty for none. */
  token: string;
  /** What keeps this browser from entering at all; null for nothing. */
  obstacle: () => EntryProblem | null;
  enter: (token: string) => Promise<EntryFailure | null>;
  openLive: (options: Omit<LiveViewOptions<GuestState, RoomWord>, 'openSocket'>) => LiveView<GuestState>;
  openDevices: () => Devices;
  openCall: (options: Pick<CallOptions, 'send' | 'configuration' | 'isLineWeak'>) => PeerCall;
  /** Tries the way to the other side before there is one. */
  measurePath: (configuration: RTCConfiguration, signal: AbortSignal) => Promise<PathFinding | null>;
  openTabs: (taken: () => void) => OtherTabs;
  alerts: GuestAlerts;
  consents: ConsentApi;
  /** Saves a receipt as a PDF; whether it came. */
  saveReceipt: (receiptUrl: string, folio: string) => Promise<boolean>;
  /** Whether the page is before somebody's eyes. */
  isSeen: () => boolean;
  chat: GuestChat;
  uploads: GuestUploads;
  turn: TurnParts;
}

export type Visit = ReturnType<typeof createVisit>;

/**
 * A guest's visit, from the door to the end. Before "Entrar" nothing is asked of the server and nothing is captured (trust T1,
 * T25); the call is simply there once the server says that the guest is called; with the end, or on leaving, every track stops.
 * Nothing is stored but the names of the devices that the guest chose, in this browser.
 */
export function createVisit(parts: VisitParts) {
  const { token, alerts, chat, uploads } = parts;
  const store = createVisitStore(
    token === '' ? { name: 'over', end: 'invalid' } : { name: 'door', isEntering: false, problem: parts.obstacle() },
    noTurn(parts.turn.turnUrl),
  );
  const { show } = store;
  let live: LiveView<GuestState> | null = null;
  let tabs: OtherTabs | null = null;
  let folioPatience: ReturnType<typeof setTimeout> | undefined;
  const readiness = createReadiness({
    measure: parts.measurePath,
    say: (report) => live?.say({ type: 'readiness', report }),
    show: (view) => show({ readiness: view }),
  });
  const terms = createTerms(parts.consents, { isSeen: parts.isSeen, show: (view) => show({ terms: view }) });
  const calls = createVisitCalls({
    store,
    openCall: parts.openCall,
    alerts,
    say: (frame) => live?.say(frame),
    prove: () => live?.prove(),
  });
  const followReadiness = (): void => {
    const { step, devices: seen, isAsking, isMicrophoneMuted } = store.get();
    const isWaiting = step.name === 'waiting';
    readiness.follow({ isWaiting, devices: seen, isAsking, isMicrophoneMuted, ice: calls.ice() });
  };
  const devices = createVisitDevices({
    store,
    openDevices: parts.openDevices,
    sendTracks: calls.sendTracks,
    sendOn: calls.sendOn,
    changed: followReadiness,
  });

  const isFolioDue = (): boolean => {
    const { consent } = store.get().terms;
    return live !== null && consent !== null && consent.folio === null;
  };

  const closeLine = (): void => {
    clearTimeout(folioPatience);
    folioPatience = undefined;
    live?.close();
    live = null;
  };

  /** Nothing goes on behind the words that the guest reads. */
  const over = (end: VisitEnd): void => {
    const isOwnAct = end === 'left' || end === 'hungUp';
    calls.end(isOwnAct ? 'left' : 'finished');
    // What was asked and not answered gets its folio a moment later: the line stays open for that alone.
    if (ENDS_OF_SERVER.includes(end) && isFolioDue()) folioPatience ??= setTimeout(closeLine, FOLIO_PATIENCE_MS);
    else closeLine();
    tabs?.close();
    tabs = null;
    alerts.end();
    terms.end();
    chat.stop();
    uploads.stop();
    show({ step: { name: 'over', end }, isSilent: false });
    devices.close();
    followReadiness();
  };

  const turn = createTurnWay({
    ...parts.turn,
    show: (view) => show({ turn: view }),
    wentBack: () => over('atCounter'),
  });

  const followGuest = (guest: GuestState): void => {
    const { phase } = guest;
    const isOpen = ['waiting', 'calling', 'attending'].includes(phase);
    show({ guest });
    // After the end what is known stays: it goes on the receipts.
    if (guest.consent || isOpen) terms.hear(guest.consent);
    // Who is reported in this attention is out with its end; while it is open they were in another one.
    if (guest.isBlocked) return over(isOpen ? 'blocked' : 'reported');
    if (phase === 'waiting') {
      calls.wait();
      show({ step: { name: 'waiting' } });
    } else if (phase === 'calling' || phase === 'attending') calls.follow(guest);
    else return over(phase);
    followReadiness();
  };

  const followLive = (opened: LiveView<GuestState>): void => {
    const { state: guest, refusal, isSilent, heardAt } = opened.get();
    const before = store.get();
    if (refusal !== null && before.step.name === 'over') return closeLine();
    if (refusal === 'MOVED') return over('moved');
    // The word that the link is no more may come before the answer to who wished it.
    if (refusal !== null) return over(turn.isGoingBack() ? 'atCounter' : 'invalid');
    if (isSilent !== before.isSilent || heardAt !== before.heardAt) show({ isSilent, heardAt });
    if (guest !== null && guest !== before.guest) followGuest(guest);
  };

  const hear = (word: RoomWord): void => {
    if (word.type === 'messages') return chat.hear(word);
    if (word.type !== 'ice') return calls.hear(word);
    calls.setIce(word.ice);
    followReadiness();
  };

  const goIn = (): void => {
    tabs = parts.openTabs(() => over('moved'));
    tabs.claim();
    calls.reset();
    show({ step: { name: 'waiting' }, guest: null, heardAt: null });
    const opened = parts.openLive({
      hello: () => ({ type: 'watchVideo', token, ...(chat.last() > 0 && { after: chat.last() }) }),
      read: readGuestFrame,
      hear,
      line: (isUp) => {
        calls.lineUp(isUp);
        if (!isUp) return;
        chat.retry();
        uploads.retry();
        readiness.repeat();
      },
      lastWords: { [MOVED]: 'MOVED' },
    });
    live = opened;
    opened.subscribe(() => live === opened && followLive(opened));
    devices.open();
  };

  return {
    chat,
    uploads,
    get: store.get,
    subscribe: store.subscribe,
    /** "Entrar", also after leaving. From a touch. */
    enter: async (): Promise<void> => {
      const { step } = store.get();
      if (live !== null || (step.name === 'door' && step.isEntering)) return;
      const problem = parts.obstacle();
      if (problem !== null) return show({ step: { name: 'door', isEntering: false, problem } });
      alerts.begin();
      show({ step: { name: 'door', isEntering: true, problem: null } });
      const failure = await parts.enter(token);
      if (failure === null) return goIn();
      if (failure === 'invalid' || failure === 'used' || failure === 'blocked') return over(failure);
      alerts.end();
      show({ step: { name: 'door', isEntering: false, problem: failure } });
    },
    /** Out of the waiting room or of the call. From a touch, or with the page. */
    leave: (): void => {
      const { name } = store.get().step;
      if (name === 'waiting' || name === 'call') over(name === 'call' ? 'hungUp' : 'left');
    },
    /** Asks the browser for camera and microphone once more. From a touch. */
    capture: (): void => void devices.capture(),
    turn: devices.turn,
    choose: devices.choose,
    /** The guest asks for another test of the line, or the network is another one. */
    testAgain: (): void => readiness.again(),
    chooseSpeaker: devices.chooseSpeaker,
    /** Out of the video and back to the line of the counter. */
    toCounter: (): void => void turn.toCounter(),
    /** Another turn after one that was closed without an attention. */
    renew: (): void => void turn.renew(),
    seeTurn: turn.see,
    nextDrawn: calls.nextDrawn,
    /** Another connection after one that was given up; the attention is still open. */
    callAgain: calls.again,
    /** The device woke up, or says that it is online: its network may be another one. */
    wake: (): void => {
      live?.wake();
      live?.prove();
      terms.wake();
    },
    openTerms: terms.open,
    /** Puts T&C aside; that is no answer. */
    closeTerms: terms.close,
    readTermsToEnd: terms.readToEnd,
    answerTerms: terms.answer,
    withdrawTerms: terms.withdraw,
    /** Also after the visit. */
    withdrawReceipt: parts.consents.withdrawByReceipt,
    saveReceipt: parts.saveReceipt,
    /** The server's time. */
    now: (): number => live?.now() ?? Date.now(),
  };
}
