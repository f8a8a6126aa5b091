import { newCall } from '../../domain/call/call.ts';
import type { CallEffect, CallEvent, OtherPicture } from '../../domain/call/call.ts';
import { newSending, nextSending } from '../../domain/call/next-sending.ts';
import { callDueAt, nextCall } from '../../domain/call/next-call.ts';
import { qualityOf } from '../../domain/call/quality.ts';
import { MediaSource } from '../../protocol/video/signal.ts';
import type { SentSources, Signal, SignalData } from '../../protocol/video/signal.ts';
import type { CallView } from './call-view.ts';
import { createOwnTracks } from './create-own-tracks.ts';
import { createPeerLink } from './create-peer-link.ts';
import { followRelay } from './follow-relay.ts';
import type { PeerLink } from './create-peer-link.ts';
import type { LinkStats } from './create-stats-reader.ts';
import { linkCause } from './link-cause.ts';
import type { LinkCause } from './link-cause.ts';
import type { CallOptions, PeerCall } from './peer-call.ts';
import { watchLink } from './watch-link.ts';

/** What is said while the line is down is kept, up to this; a connection says far less. */
const maximumUnsent = 200;
const noSources: SentSources = { version: 0, camera: null, microphone: null, screen: null, isSaving: false };

/** Grows by the hour and never goes back with the machine's clock (trust R6). */
const now = (): number => Math.round(performance.timeOrigin + performance.now());

/** One call of one guest with one agent: the machine of the domain, with real connections and real time. */
export function createCall({ role, send, configuration, accepts, isLineWeak = false }: CallOptions): PeerCall {
  let call = newCall(role, now());
  let link: PeerLink | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopWatching: (() => void) | null = null;
  let isClosed = false;
  let isRunning = false;
  let unsent: Signal[] = [];
  let sending = newSending(now(), isLineWeak);
  let remoteSources = noSources;
  const waiting: CallEvent[] = [];
  const listeners = new Set<() => void>();
  const accepted = new Set(accepts);
  const declined = new Set<MediaSource>();
  const relay = followRelay(now, (known) => show({ relay: known }));
  const own = createOwnTracks((source, track) => link?.setTrack(source, track), showOwn);
  let view: CallView = {
    phase: call.phase,
    session: call.session,
    isPeerHere: call.isPeerHere,
    isLineUp: call.isLineUp,
    remote: { camera: null, microphone: null, screen: null },
    isRemoteOn: { camera: false, microphone: false, screen: false },
    isRefused: { camera: false, microphone: false, screen: false },
    isDeclined: { camera: false, microphone: false, screen: false },
    screenAnswer: null,
    isOn: { camera: false, microphone: false, screen: false },
    isSaving: false,
    quality: null,
    stats: null,
    relay: 'none',
    isHard: false,
    linkCause: null,
  };

  /** An effect may lead to the next event; each waits for its turn. */
  function happen(event: CallEvent): void {
    if (isClosed) return;
    waiting.push(event);
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const step = nextCall(call, next, now());
        call = step.call;
        for (const effect of step.effects) carryOut(effect);
      }
    } finally {
      isRunning = false;
    }
    clearTimeout(timer);
    const due = callDueAt(call);
    if (due !== null) timer = setTimeout(() => happen({ type: 'clock' }), Math.max(0, due - now()));
    const { phase, session, isPeerHere, isLineUp } = call;
    const isUnderWay = phase.name === 'connecting' || phase.name === 'reconnecting';
    const isHard = isUnderWay && (view.isHard || (call.link?.attempt ?? 0) > 1);
    show({ phase, session, isPeerHere, isLineUp, isHard });
  }

  function show(changes: Partial<CallView>): void {
    view = { ...view, ...changes };
    for (const listener of listeners) listener();
  }

  function carryOut(effect: CallEffect): void {
    switch (effect.type) {
      case 'open':
        return open(effect.session, effect.isInitiator);
      case 'close':
        return closeLink();
      case 'apply':
        return apply(effect.session, effect.data);
      case 'send':
        return say(effect.signal);
    }
  }

  function open(session: number, isInitiator: boolean): void {
    remoteSources = noSources;
    const ways = configuration();
    relay.opened(ways);
    try {
      const opened = createPeerLink(session, isInitiator, ways, own.tracks, {
        onSignal: (data) => say({ session, data: 'sdp' in data ? { ...data, sources: told(opened) } : data }),
        onRelay: relay.heard,
        onConnected: () => {
          show({ linkCause: null });
          happen({ type: 'linkConnected', session });
          watch();
        },
        onTroubled: () => happen({ type: 'linkTroubled', session, trouble: 'ice' }),
        onSteady: () => happen({ type: 'linkSteady', session, trouble: 'ice' }),
        onFailed: (cause) => fail(session, cause),
        onStreams: showRemote,
      });
      opened.setSending(sending.step);
      link = opened;
    } catch (error) {
      fail(session, linkCause(error));
    }
  }

  function fail(session: number, cause: LinkCause): void {
    show({ linkCause: cause });
    // The other side has not seen it.
    if (cause === 'keyChanged') say({ session, data: { type: 'keyChanged' } });
    happen(cause === 'keyChanged' ? { type: 'ended', cause: 'connectionChanged' } : { type: 'linkFailed', session });
  }

  function watch(): void {
    const current = link;
    if (current === null) return;
    const { session } = current;
    stopWatching = watchLink(current, {
      sourceOf,
      isSpokenTo: () => {
        const { camera, microphone, screen } = letIn(remoteSources);
        return microphone !== null || screen !== null || camera?.isOn === true;
      },
      isLineUp: () => call.isLineUp,
      onStats: (stats) => adapt(current, stats),
      onSilent: () => happen({ type: 'linkTroubled', session, trouble: 'media' }),
      onHeard: () => {
        if (call.link?.troubledSince.media !== null) happen({ type: 'linkSteady', session, trouble: 'media' });
      },
      onStuck: () => fail(session, 'negotiation'),
    });
  }

  function adapt(current: PeerLink, stats: LinkStats): void {
    const quality = qualityOf(stats);
    show({ stats, quality });
    const { step } = sending;
    sending = nextSending(sending, quality, now());
    if (sending.step === step) return;
    current.setSending(sending.step);
    showOwn();
  }

  function closeLink(): void {
    stopWatching?.();
    stopWatching = null;
    relay.closed();
    link?.close();
    link = null;
    remoteSources = noSources;
    unsent = [];
    showRemote();
    show({ stats: null, quality: null });
  }

  function apply(session: number, data: SignalData): void {
    if (link === null || link.session !== session) return;
    if (data.type === 'screenAnswer') return show({ screenAnswer: data.isAllowed ? 'allowed' : 'declined' });
    if ('sources' in data && data.sources.version >= remoteSources.version) {
      forgetAnswers(data.sources);
      remoteSources = data.sources;
      waiting.push({ type: 'pictureChanged', picture: pictureIn(letIn(data.sources)) });
    }
    link.signal(data);
    showRemote();
  }

  function say(signal: Signal): void {
    if (call.isLineUp) send(signal);
    else if (unsent.length < maximumUnsent) unsent.push(signal);
  }

  function told(current: PeerLink): SentSources {
    return own.told(current.streamId, view.isSaving);
  }

  function showOwn(): void {
    // An answer is about the screen that is sent now.
    const screenAnswer = own.tracks.screen === null ? null : view.screenAnswer;
    show({ isOn: own.isOn(), screenAnswer, isSaving: sending.step === 'audioOnly' && own.tracks.camera !== null });
    if (link !== null) say({ session: link.session, data: { type: 'sources', sources: told(link) } });
  }

  function showRemote(): void {
    const streams = link?.remoteStreams();
    const known = letIn(remoteSources);
    show({
      remote: ofEach((source) => streams?.get(known[source]?.stream ?? '') ?? null),
      isRemoteOn: ofEach((source) => known[source]?.isOn === true),
      isRefused: ofEach((source) => remoteSources[source] !== null && known[source] === null),
      isDeclined: ofEach((source) => declined.has(source)),
    });
  }

  /** What ends is asked for anew the next time. */
  function forgetAnswers(sources: SentSources): void {
    for (const source of MediaSource.options) {
      if (sources[source] !== null) continue;
      declined.delete(source);
      if (!accepts.includes(source)) accepted.delete(source);
    }
  }

  /** The guest is told what became of their screen. */
  function tellAnswer(source: MediaSource, isAllowed: boolean): void {
    if (source !== 'screen' || role !== 'agent' || link === null) return;
    say({ session: link.session, data: { type: 'screenAnswer', isAllowed } });
  }

  function letIn(sources: SentSources): SentSources {
    return { ...sources, ...ofEach((source) => (accepted.has(source) ? sources[source] : null)) };
  }

  function sourceOf(trackId: string): MediaSource | null {
    const has = (source: MediaSource): boolean =>
      view.remote[source]?.getTracks().some(({ id }) => id === trackId) === true;
    return MediaSource.options.find(has) ?? null;
  }

  return {
    get: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => happen({ type: 'called' }),
    peerCame: () => {
      happen({ type: 'peerCame' });
      // It may have missed the last word of what is on.
      showOwn();
    },
    peerLeft: () => happen({ type: 'peerLeft' }),
    receive: (signal) => happen({ type: 'signal', signal }),
    accept: (source) => {
      accepted.add(source);
      declined.delete(source);
      happen({ type: 'pictureChanged', picture: pictureIn(letIn(remoteSources)) });
      showRemote();
      tellAnswer(source, true);
    },
    decline: (source) => {
      declined.add(source);
      showRemote();
      tellAnswer(source, false);
    },
    setTrack: own.set,
    setOn: own.setOn,
    lineUp: (isUp) => {
      happen({ type: isUp ? 'lineUp' : 'lineDown' });
      if (!isUp || link === null) return;
      const kept = unsent;
      unsent = [];
      for (const signal of kept) if (signal.session === link.session) send(signal);
      link.resume();
      showOwn();
    },
    setConfiguration: (next) => link?.setConfiguration(next),
    end: (cause) => happen({ type: 'ended', cause }),
    close: () => {
      happen({ type: 'ended', cause: 'left' });
      isClosed = true;
      clearTimeout(timer);
      own.close();
      listeners.clear();
    },
  };
}

function ofEach<Value>(valueOf: (source: MediaSource) => Value): Record<MediaSource, Value> {
  return { camera: valueOf('camera'), microphone: valueOf('microphone'), screen: valueOf('screen') };
}

function pictureIn({ camera, screen, isSaving }: SentSources): OtherPicture {
  if (camera?.isOn === true || screen?.isOn === true) return 'shown';
  return isSaving ? 'saved' : 'none';
}
