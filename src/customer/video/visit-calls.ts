import { carriesPicture } from '../../domain/readiness/judge-readiness.ts';
import type { AttentionId } from '../../protocol/ids.ts';
import type { PublicUp } from '../../protocol/socket/up.ts';
import type { CallEnd } from '../../protocol/video/call-end.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Ice } from '../../protocol/video/ice.ts';
import { iceConfiguration } from '../../web/peer/ice-configuration.ts';
import type { CallOptions, PeerCall } from '../../web/peer/peer-call.ts';
import type { GuestAlerts } from './guest-alerts.ts';
import { createNextCall, type NextCall } from './next-call.ts';
import type { RoomWord } from './read-guest-frame.ts';
import { OWN_SOURCES, type OwnSource } from './visit-state.ts';
import type { VisitStore } from './visit-store.ts';

/** So long the page says who attends from now on. */
const RELAYED_SHOWN_MS = 8_000;
/** What an agent says before the server has told of them is kept, up to this. */
const MOST_EARLY = 100;

interface Options {
  store: VisitStore;
  openCall: (options: Pick<CallOptions, 'send' | 'configuration' | 'isLineWeak'>) => PeerCall;
  alerts: Pick<GuestAlerts, 'ring' | 'quiet'>;
  say: (frame: PublicUp) => void;
  /** Whether the line to the server still lives. */
  prove: () => void;
}

/**
 * The calls of a visit: that with whoever attends, and beside it that with the colleague who takes over. It is simply there once
 * the server says that the guest is called.
 */
export function createVisitCalls({ store, openCall, alerts, say, prove }: Options) {
  const { show } = store;
  let call: { attentionId: AttentionId; peer: PeerCall } | null = null;
  let next: NextCall | null = null;
  let isLineUp = false;
  let ice: Ice | null = null;
  let early: Extract<RoomWord, { type: 'signal' }>[] = [];
  /** Agents who are there, by attention. */
  const here = new Set<AttentionId>();
  let relayed: ReturnType<typeof setTimeout> | undefined;

  const forget = (): void => {
    here.clear();
    early = [];
  };

  const endNext = (cause: CallEnd): void => {
    next?.close(cause);
    next = null;
    if (store.get().next !== null) show({ next: null });
  };

  const end = (cause: 'left' | 'finished'): void => {
    endNext(cause);
    clearTimeout(relayed);
    call?.peer.end(cause);
    call?.peer.close();
    call = null;
    alerts.quiet();
    if (store.get().call !== null) show({ call: null, callId: null, isRelayed: false, talkingSince: null });
  };

  const sendTracks = (): void => {
    const { tracks } = store.get().devices;
    for (const source of OWN_SOURCES) {
      call?.peer.setTrack(source, tracks[source]);
      next?.peer.setTrack(source, tracks[source]);
    }
  };

  const followCall = (peer: PeerCall): void => {
    const view = peer.get();
    const { name } = view.phase;
    const isTalking = name === 'connected' || name === 'audioOnly';
    const { call: before, talkingSince } = store.get();
    // Media that stopped may mean that the line stands still too, and a new connection is made over it.
    if (name === 'reconnecting' && before?.phase.name !== 'reconnecting') prove();
    if (isTalking) alerts.quiet();
    show({ call: view, talkingSince: talkingSince ?? (isTalking ? performance.now() : null) });
  };

  const openPeer = (attentionId: AttentionId, isLineWeak: boolean): PeerCall =>
    openCall({
      isLineWeak,
      send: (signal) => say({ type: 'signal', signal, attentionId }),
      configuration: () => iceConfiguration(ice),
    });

  const startPeer = (attentionId: AttentionId, peer: PeerCall): void => {
    sendTracks();
    peer.lineUp(isLineUp);
    if (here.has(attentionId)) peer.peerCame();
    peer.start();
    for (const word of early) if (word.attentionId === attentionId) peer.receive(word.signal);
    early = early.filter((word) => word.attentionId !== attentionId);
  };

  const begin = (attentionId: AttentionId): void => {
    end('finished');
    const { path } = store.get().readiness;
    const peer = openPeer(attentionId, path !== null && !carriesPicture(path));
    call = { attentionId, peer };
    peer.subscribe(() => call?.peer === peer && followCall(peer));
    show({ callId: attentionId });
    startPeer(attentionId, peer);
    show({ step: { name: 'call' } });
  };

  /** A colleague of the agent takes over: their call is made beside the one that goes on. */
  const followNext = (wanted: GuestState['next']): void => {
    if (wanted?.attentionId === next?.attentionId) return;
    endNext('transferred');
    if (wanted === undefined) return;
    const { attentionId } = wanted;
    const peer = openPeer(attentionId, call?.peer.get().isSaving === true);
    next = createNextCall({
      next: wanted,
      peer,
      flows: (offerId) => say({ type: 'mediaFlows', offerId }),
      changed: (view) => next?.peer === peer && show({ next: { attentionId, call: view } }),
    });
    startPeer(attentionId, peer);
  };

  /** Theirs is the call from now on, seen and heard already; the one before ends. */
  const promote = ({ attentionId, peer, settle }: NextCall): void => {
    const before = call;
    settle();
    next = null;
    call = { attentionId, peer };
    peer.subscribe(() => call?.peer === peer && followCall(peer));
    clearTimeout(relayed);
    relayed = setTimeout(() => show({ isRelayed: false }), RELAYED_SHOWN_MS);
    show({ callId: attentionId, call: peer.get(), next: null, isRelayed: true });
    before?.peer.end('transferred');
    before?.peer.close();
  };

  return {
    sendTracks,
    sendOn: (source: OwnSource, isOn: boolean): void => {
      call?.peer.setOn(source, isOn);
      next?.peer.setOn(source, isOn);
    },
    ice: () => ice,
    setIce: (given: Ice): void => {
      ice = given;
      call?.peer.setConfiguration(iceConfiguration(ice));
      next?.peer.setConfiguration(iceConfiguration(ice));
    },
    lineUp: (isUp: boolean): void => {
      isLineUp = isUp;
      call?.peer.lineUp(isUp);
      next?.peer.lineUp(isUp);
    },
    /** The guest is in, and nothing of before holds. */
    reset: (): void => {
      forget();
      isLineUp = false;
    },
    /** The guest waits: nobody calls any more. */
    wait: (): void => {
      forget();
      end('finished');
    },
    end,
    /** Somebody calls or attends. */
    follow: ({ attentionId, next: wanted }: GuestState): void => {
      const wasCalled = call !== null;
      if (attentionId !== null && call?.attentionId !== attentionId) {
        if (next?.attentionId === attentionId) promote(next);
        else {
          begin(attentionId);
          if (!wasCalled) alerts.ring();
        }
      }
      followNext(wanted);
    },
    hear: (word: Extract<RoomWord, { type: 'room' | 'signal' }>): void => {
      const attentionId = word.attentionId ?? store.get().guest?.attentionId ?? null;
      if (attentionId === null) return;
      const peer = [call, next].find((each) => each?.attentionId === attentionId)?.peer;
      if (word.type === 'signal') {
        if (peer) peer.receive(word.signal);
        else early = [...early, { ...word, attentionId }].slice(-MOST_EARLY);
        return;
      }
      if (word.isOtherHere) here.add(attentionId);
      else here.delete(attentionId);
      if (word.isOtherHere) peer?.peerCame();
      else peer?.peerLeft();
    },
    /** A frame of the colleague who takes over was drawn. */
    nextDrawn: (): void => next?.drawn(),
    /** Another connection after one that was given up; the attention is still open. */
    again: (): void => {
      if (call !== null) begin(call.attentionId);
    },
  };
}
