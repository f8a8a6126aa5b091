import type { AttentionId } from '../../protocol/ids.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Ice } from '../../protocol/video/ice.ts';
import { iceConfiguration } from '../../web/peer/ice-configuration.ts';
import type { CallOptions, PeerCall } from '../../web/peer/peer-call.ts';
import type { Devices } from '../../web/peer/devices.ts';
import type { LiveView, LiveViewOptions } from '../live/live-view.ts';
import type { EntryFailure } from './enter-video.ts';
import type { GuestAlerts } from './guest-alerts.ts';
import type { OtherTabs } from './other-tabs.ts';
import { readGuestFrame, type RoomWord } from './read-guest-frame.ts';
import type { EntryProblem, OwnSource, VisitEnd, VisitState } from './visit-state.ts';

const MOVED = 4409;
const SOURCES: OwnSource[] = ['camera', 'microphone'];

export interface VisitParts {
  /** Of the address; empty for none. */
  token: string;
  /** What keeps this browser from entering at all; null for nothing. */
  obstacle: () => EntryProblem | null;
  enter: (token: string) => Promise<EntryFailure | null>;
  openLive: (options: Omit<LiveViewOptions<GuestState, RoomWord>, 'openSocket'>) => LiveView<GuestState>;
  openDevices: () => Devices;
  openCall: (options: Pick<CallOptions, 'send' | 'configuration'>) => PeerCall;
  openTabs: (taken: () => void) => OtherTabs;
  alerts: GuestAlerts;
}

export type Visit = ReturnType<typeof createVisit>;

const noDevices = {
  tracks: { camera: null, microphone: null, screen: null },
  causes: { camera: null, microphone: null, screen: null },
  available: [],
};

/**
 * A guest's visit, from the door to the end. Before "Entrar" nothing is asked of the server and nothing is captured (trust T1,
 * T25); the call is simply there once the server says that the guest is called; with the end, or on leaving, every track stops.
 * Nothing is stored.
 */
export function createVisit(parts: VisitParts) {
  const { token, alerts } = parts;
  const listeners = new Set<() => void>();
  let state: VisitState = {
    step:
      token === '' ? { name: 'over', end: 'invalid' } : { name: 'door', isEntering: false, problem: parts.obstacle() },
    guest: null,
    isSilent: false,
    heardAt: null,
    devices: noDevices,
    isAsking: false,
    isWanted: { camera: true, microphone: true },
    isMicrophoneMuted: false,
    refusedChoice: null,
    speakerId: '',
    call: null,
    talkingSince: null,
  };
  let live: LiveView<GuestState> | null = null;
  let devices: Devices | null = null;
  let call: { attentionId: AttentionId; peer: PeerCall } | null = null;
  let tabs: OtherTabs | null = null;
  let isLineUp = false;
  let isOtherHere = false;
  let ice: Ice | null = null;

  const show = (change: Partial<VisitState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const endCall = (cause: 'left' | 'finished'): void => {
    call?.peer.end(cause);
    call?.peer.close();
    call = null;
    alerts.quiet();
    if (state.call !== null) show({ call: null, talkingSince: null });
  };

  /** Nothing goes on behind the words that the guest reads. */
  const over = (end: VisitEnd): void => {
    const isOwnAct = end === 'left' || end === 'hungUp';
    endCall(isOwnAct ? 'left' : 'finished');
    devices?.close();
    devices = null;
    live?.close();
    live = null;
    tabs?.close();
    tabs = null;
    alerts.end();
    show({ step: { name: 'over', end }, devices: noDevices, isAsking: false, refusedChoice: null, isSilent: false });
  };

  const sendTracks = (): void => {
    const { tracks } = state.devices;
    for (const source of SOURCES) call?.peer.setTrack(source, tracks[source]);
  };

  const hearMicrophone = (): void => {
    const isMicrophoneMuted = state.devices.tracks.microphone?.muted ?? false;
    if (isMicrophoneMuted !== state.isMicrophoneMuted) show({ isMicrophoneMuted });
  };

  const followDevices = (opened: Devices): void => {
    const before = state.devices.tracks.microphone;
    const view = opened.get();
    const { microphone } = view.tracks;
    for (const source of SOURCES) {
      const track = view.tracks[source];
      if (track) track.enabled = state.isWanted[source];
    }
    if (before !== microphone) {
      for (const change of ['mute', 'unmute']) {
        before?.removeEventListener(change, hearMicrophone);
        microphone?.addEventListener(change, hearMicrophone);
      }
    }
    show({ devices: view });
    hearMicrophone();
    sendTracks();
  };

  const capture = async (): Promise<void> => {
    const asked = devices;
    if (asked === null || state.isAsking) return;
    show({ isAsking: true });
    await asked.capture({ camera: null, microphone: null });
    if (devices === asked) show({ isAsking: false });
  };

  const choose = async (source: OwnSource, deviceId: string): Promise<void> => {
    const asked = devices;
    if (asked === null) return;
    const cause = await asked.choose(source, deviceId);
    if (devices === asked) show({ refusedChoice: cause === null ? null : { source, cause } });
  };

  const followCall = (peer: PeerCall): void => {
    const view = peer.get();
    const { name } = view.phase;
    const isTalking = name === 'connected' || name === 'audioOnly';
    // Media that stopped may mean that the line stands still too, and a new connection is made over it.
    if (name === 'reconnecting' && state.call?.phase.name !== 'reconnecting') live?.prove();
    if (isTalking) alerts.quiet();
    show({ call: view, talkingSince: state.talkingSince ?? (isTalking ? performance.now() : null) });
  };

  const beginCall = (attentionId: AttentionId): void => {
    endCall('finished');
    const peer = parts.openCall({
      send: (signal) => live?.say({ type: 'signal', signal }),
      configuration: () => iceConfiguration(ice),
    });
    call = { attentionId, peer };
    peer.subscribe(() => call?.peer === peer && followCall(peer));
    sendTracks();
    peer.lineUp(isLineUp);
    if (isOtherHere) peer.peerCame();
    peer.start();
    show({ step: { name: 'call' } });
  };

  const followGuest = (guest: GuestState): void => {
    const { phase, attentionId } = guest;
    const wasCalled = call !== null;
    show({ guest });
    if (phase === 'waiting') {
      isOtherHere = false;
      endCall('finished');
      show({ step: { name: 'waiting' } });
    } else if (phase !== 'calling' && phase !== 'attending') {
      over(phase);
    } else if (attentionId !== null && call?.attentionId !== attentionId) {
      beginCall(attentionId);
      if (!wasCalled) alerts.ring();
    }
  };

  const followLive = (opened: LiveView<GuestState>): void => {
    const { state: guest, refusal, isSilent, heardAt } = opened.get();
    if (refusal !== null) return over(refusal === 'MOVED' ? 'moved' : 'invalid');
    if (isSilent !== state.isSilent || heardAt !== state.heardAt) show({ isSilent, heardAt });
    if (guest !== null && guest !== state.guest) followGuest(guest);
  };

  const hear = (word: RoomWord): void => {
    if (word.type === 'signal') return call?.peer.receive(word.signal);
    if (word.type === 'ice') {
      ice = word.ice;
      call?.peer.setConfiguration(iceConfiguration(ice));
      return;
    }
    isOtherHere = word.isOtherHere;
    if (isOtherHere) call?.peer.peerCame();
    else call?.peer.peerLeft();
  };

  const goIn = (): void => {
    tabs = parts.openTabs(() => over('moved'));
    tabs.claim();
    isOtherHere = false;
    isLineUp = false;
    show({ step: { name: 'waiting' }, guest: null, heardAt: null });
    const opened = parts.openLive({
      hello: { type: 'watchVideo', token },
      read: readGuestFrame,
      hear,
      line: (isUp) => {
        isLineUp = isUp;
        call?.peer.lineUp(isUp);
      },
      lastWords: { [MOVED]: 'MOVED' },
    });
    live = opened;
    opened.subscribe(() => live === opened && followLive(opened));
    const own = parts.openDevices();
    devices = own;
    own.subscribe(() => devices === own && followDevices(own));
    void capture();
  };

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** "Entrar", also after leaving. From a touch. */
    enter: async (): Promise<void> => {
      const { step } = state;
      if (live !== null || (step.name === 'door' && step.isEntering)) return;
      const problem = parts.obstacle();
      if (problem !== null) return show({ step: { name: 'door', isEntering: false, problem } });
      alerts.begin();
      show({ step: { name: 'door', isEntering: true, problem: null } });
      const failure = await parts.enter(token);
      if (failure === null) return goIn();
      if (failure === 'invalid' || failure === 'used') return over(failure);
      alerts.end();
      show({ step: { name: 'door', isEntering: false, problem: failure } });
    },
    /** Out of the waiting room or of the call. From a touch, or with the page. */
    leave: (): void => {
      const { name } = state.step;
      if (name === 'waiting' || name === 'call') over(name === 'call' ? 'hungUp' : 'left');
    },
    /** Asks the browser for camera and microphone once more. From a touch. */
    capture: (): void => void capture(),
    turn: (source: OwnSource, isOn: boolean): void => {
      const track = state.devices.tracks[source];
      if (track) track.enabled = isOn;
      call?.peer.setOn(source, isOn);
      show({ isWanted: { ...state.isWanted, [source]: isOn } });
    },
    choose: (source: OwnSource, deviceId: string): void => void choose(source, deviceId),
    chooseSpeaker: (speakerId: string): void => show({ speakerId }),
    /** Another connection after one that was given up; the attention is still open. */
    callAgain: (): void => {
      if (call !== null) beginCall(call.attentionId);
    },
    /** The device woke up, or says that it is online: its network may be another one. */
    wake: (): void => {
      live?.wake();
      live?.prove();
    },
    /** The server's time. */
    now: (): number => live?.now() ?? Date.now(),
  };
}
