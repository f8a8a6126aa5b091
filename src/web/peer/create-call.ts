import type { CallEvent, CallRole, OtherPicture } from '../../domain/call/call.ts';
import { newCall } from '../../domain/call/call.ts';
import type { CallEffect } from '../../domain/call/call.ts';
import { newSending, nextSending } from '../../domain/call/next-sending.ts';
import { callDueAt, nextCall } from '../../domain/call/next-call.ts';
import { qualityOf } from '../../domain/call/quality.ts';
import type { CallEnd } from '../../protocol/video/call-end.ts';
import { MediaSource } from '../../protocol/video/signal.ts';
import type { SentSources, Signal, SignalData } from '../../protocol/video/signal.ts';
import type { CallView } from './call-view.ts';
import { createPeerLink } from './create-peer-link.ts';
import type { LinkTracks, PeerLink } from './create-peer-link.ts';
import { createStatsReader, packetsIn } from './create-stats-reader.ts';
import type { LinkStats } from './create-stats-reader.ts';

export type CallOptions = {
  role: CallRole;
  /** Gives a signal to the line to the server; called only while the line is up. */
  send: (signal: Signal) => void;
  /** STUN, TURN and policy for a new connection, as fresh as they can be: relay credentials end. */
  configuration: () => RTCConfiguration;
};

export type PeerCall = {
  get: () => CallView;
  subscribe: (listener: () => void) => () => void;
  /** The guest is called (both sides hear it from the server): from here on the other side is let in. */
  start: () => void;
  peerCame: () => void;
  peerLeft: () => void;
  receive: (signal: Signal) => void;
  /** The tracks stay the caller's: a call neither stops them nor minds if another call sends them too. */
  setTrack: (source: MediaSource, track: MediaStreamTrack | null) => void;
  /** Mutes and unmutes; the other side is told. */
  setOn: (source: MediaSource, isOn: boolean) => void;
  /** The line to the server. */
  lineUp: (isUp: boolean) => void;
  /** Takes new relay credentials into use before the old ones end; the media goes on. */
  setConfiguration: (configuration: RTCConfiguration) => void;
  end: (cause: CallEnd) => void;
  /** Ends what is left and hears nothing any more. */
  close: () => void;
};

/** How often a connection is read, and how long it may be silent or in the middle of a negotiation. */
const readEvery = 1_000;
const silenceAllowed = 4_000;
const negotiationAllowed = 8_000;
/** What is said while the line is down is kept, up to this; a connection says far less. */
const maximumUnsent = 200;

const noSources: SentSources = { version: 0, camera: null, microphone: null, screen: null, isSaving: false };

/** Grows by the hour and never goes back with the machine's clock (trust R6). */
const now = (): number => Math.round(performance.timeOrigin + performance.now());

/** One call of one guest with one agent: the machine of the domain, with real connections and real time. */
export function createCall({ role, send, configuration }: CallOptions): PeerCall {
  let call = newCall(role, now());
  let link: PeerLink | null = null;
  let readStats: ((report: RTCStatsReport) => LinkStats) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let isRunning = false;
  let unsent: Signal[] = [];
  let sending = newSending(now());
  let version = 0;
  let remoteSources = noSources;
  let packets = { count: 0, since: now() };
  let negotiatingSince: number | null = null;
  const waiting: CallEvent[] = [];
  const listeners = new Set<() => void>();
  const tracks: LinkTracks = { camera: null, microphone: null, screen: null };
  let view: CallView = {
    phase: call.phase,
    session: call.session,
    isPeerHere: call.isPeerHere,
    isLineUp: call.isLineUp,
    remote: { camera: null, microphone: null, screen: null },
    isRemoteOn: { camera: false, microphone: false, screen: false },
    isOn: { camera: false, microphone: false, screen: false },
    isSaving: false,
    quality: null,
    stats: null,
    linkCause: null,
  };

  /** An effect may lead to the next event; each waits for its turn. */
  function happen(event: CallEvent): void {
    if (isClosed) return;
    waiting.push(event);
    if (isRunning) return;
    isRunning = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const step = nextCall(call, next, now());
      call = step.call;
      for (const effect of step.effects) carryOut(effect);
    }
    isRunning = false;
    clearTimeout(timer);
    const due = callDueAt(call);
    if (due !== null) timer = setTimeout(() => happen({ type: 'clock' }), Math.max(0, due - now()));
    const { phase, session, isPeerHere, isLineUp } = call;
    show({ phase, session, isPeerHere, isLineUp });
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
    packets = { count: 0, since: now() };
    negotiatingSince = null;
    readStats = createStatsReader(sourceOf);
    const opened = createPeerLink(session, isInitiator, configuration(), tracks, {
      onSignal: (data) => {
        const said = 'sdp' in data ? { ...data, sources: sources() } : data;
        say({ session, data: said });
      },
      onConnected: () => {
        show({ linkCause: null });
        happen({ type: 'linkConnected', session });
        packets.since = now();
        read();
      },
      onTroubled: () => happen({ type: 'linkTroubled', session, trouble: 'ice' }),
      onSteady: () => happen({ type: 'linkSteady', session, trouble: 'ice' }),
      onFailed: (cause) => {
        show({ linkCause: cause });
        happen(
          cause === 'keyChanged' ? { type: 'ended', cause: 'connectionChanged' } : { type: 'linkFailed', session },
        );
      },
      onStreams: showRemote,
    });
    opened.setSending(sending.step);
    link = opened;
  }

  function closeLink(): void {
    clearTimeout(reading);
    link?.close();
    link = null;
    readStats = null;
    remoteSources = noSources;
    unsent = [];
    showRemote();
    show({ stats: null, quality: null });
  }

  function apply(session: number, data: SignalData): void {
    if (link === null || link.session !== session) return;
    if ('sources' in data && data.sources.version >= remoteSources.version) {
      remoteSources = data.sources;
      waiting.push({ type: 'pictureChanged', picture: pictureIn(data.sources) });
    }
    link.signal(data);
    showRemote();
  }

  function say(signal: Signal): void {
    if (call.isLineUp) send(signal);
    else if (unsent.length < maximumUnsent) unsent.push(signal);
  }

  function sources(): SentSources {
    version += 1;
    const sent = (source: MediaSource): SentSources['camera'] => {
      if (link === null || tracks[source] === null) return null;
      return { stream: link.streamId(source), isOn: view.isOn[source] && !(source === 'camera' && view.isSaving) };
    };
    return {
      version,
      camera: sent('camera'),
      microphone: sent('microphone'),
      screen: sent('screen'),
      isSaving: view.isSaving,
    };
  }

  function showOwn(): void {
    const isOn = ofEach((source) => tracks[source]?.enabled === true && !tracks[source].muted);
    show({ isOn, isSaving: sending.step === 'audioOnly' && tracks.camera !== null });
    if (link !== null) say({ session: link.session, data: { type: 'sources', sources: sources() } });
  }

  function showRemote(): void {
    const streams = link?.remoteStreams();
    show({
      remote: ofEach((source) => streams?.get(remoteSources[source]?.stream ?? '') ?? null),
      isRemoteOn: ofEach((source) => remoteSources[source]?.isOn === true),
    });
  }

  function sourceOf(trackId: string): MediaSource | null {
    const has = (source: MediaSource): boolean =>
      view.remote[source]?.getTracks().some(({ id }) => id === trackId) === true;
    return MediaSource.options.find(has) ?? null;
  }

  function read(): void {
    clearTimeout(reading);
    const current = link;
    const reader = readStats;
    if (current === null || reader === null) return;
    reading = setTimeout(() => {
      current
        .stats()
        .then((report) => {
          if (link === current) take(current, reader(report));
        })
        // A connection that has just been closed gives none; the machine hears that by itself.
        .catch(() => undefined)
        .finally(() => link === current && read());
    }, readEvery);
  }

  function take(current: PeerLink, stats: LinkStats): void {
    const at = now();
    const quality = qualityOf(stats);
    show({ stats, quality });
    const next = nextSending(sending, quality, at);
    const isOtherStep = next.step !== sending.step;
    sending = next;
    if (isOtherStep) {
      current.setSending(next.step);
      showOwn();
    }
    watchSilence(current, packetsIn(stats), at);
    watchNegotiation(current, at);
  }

  function watchSilence({ session }: PeerLink, count: number, at: number): void {
    const isSpokenTo = remoteSources.microphone !== null || remoteSources.screen !== null || remoteSources.camera?.isOn;
    if (count === packets.count && isSpokenTo === true) {
      if (at - packets.since >= silenceAllowed) happen({ type: 'linkTroubled', session, trouble: 'media' });
      return;
    }
    packets = { count, since: at };
    if (call.link?.troubledSince.media !== null) happen({ type: 'linkSteady', session, trouble: 'media' });
  }

  /** An offer whose answer was lost on the way would bar every later one. */
  function watchNegotiation(current: PeerLink, at: number): void {
    if (!current.isNegotiating() || !call.isLineUp) {
      negotiatingSince = null;
      return;
    }
    negotiatingSince ??= at;
    if (at - negotiatingSince >= negotiationAllowed) happen({ type: 'linkFailed', session: current.session });
  }

  function trackEnded(this: MediaStreamTrack): void {
    for (const source of MediaSource.options) if (tracks[source] === this) setTrack(source, null);
  }

  function watch(track: MediaStreamTrack | null, isWatched: boolean): void {
    const change = isWatched ? 'addEventListener' : 'removeEventListener';
    track?.[change]('ended', trackEnded);
    track?.[change]('mute', showOwn);
    track?.[change]('unmute', showOwn);
  }

  function setTrack(source: MediaSource, track: MediaStreamTrack | null): void {
    if (isClosed || tracks[source] === track) return;
    watch(tracks[source], false);
    tracks[source] = track;
    watch(track, true);
    link?.setTrack(source, track);
    showOwn();
  }

  return {
    get: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => happen({ type: 'called' }),
    peerCame: () => happen({ type: 'peerCame' }),
    peerLeft: () => happen({ type: 'peerLeft' }),
    receive: (signal) => happen({ type: 'signal', signal }),
    setTrack,
    setOn: (source, isOn) => {
      const track = tracks[source];
      if (track === null) return;
      track.enabled = isOn;
      showOwn();
    },
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
      for (const source of MediaSource.options) watch(tracks[source], false);
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
