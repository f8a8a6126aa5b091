import SimplePeer from 'simple-peer/simplepeer.min.js';
import type { PeerSignal } from 'simple-peer/simplepeer.min.js';
import { fingerprintsOf, haveSameFingerprints } from '../../domain/call/fingerprints.ts';
import type { SendingStep } from '../../domain/call/next-sending.ts';
import { MediaSource } from '../../protocol/video/signal.ts';
import type { SignalData } from '../../protocol/video/signal.ts';
import { linkCause } from './link-cause.ts';
import type { LinkCause } from './link-cause.ts';
import { mediaConnection } from './peer-connection.ts';
import { sendingParameters } from './sending-parameters.ts';
import { watchRelay } from './watch-relay.ts';

/** What a connection has to say to its other end; who sends it adds what is sent now (`sources`). */
export type LinkSignal =
  { type: 'offer' | 'answer'; sdp: string } | Extract<SignalData, { type: 'candidate' | 'renegotiate' }>;

export type LinkHandlers = {
  onSignal: (data: LinkSignal) => void;
  onConnected: () => void;
  /** ICE has lost its way, and may find it again. */
  onTroubled: () => void;
  onSteady: () => void;
  /** Whether the relay has given an address; not said where none was asked. */
  onRelay: (isThere: boolean) => void;
  /** The last thing it says. */
  onFailed: (cause: LinkCause) => void;
  /** There is another stream in `remoteStreams`. */
  onStreams: () => void;
};

export type LinkTracks = Record<MediaSource, MediaStreamTrack | null>;

export type PeerLink = {
  readonly session: number;
  /** The id under which the other side gets a source. */
  streamId: (source: MediaSource) => string;
  /** By their id. */
  remoteStreams: () => ReadonlyMap<string, MediaStream>;
  signal: (data: SignalData) => void;
  /** Switches without negotiating anew, but for the first screen, and the first of a side that did not begin; null sends nothing. */
  setTrack: (source: MediaSource, track: MediaStreamTrack | null) => void;
  setSending: (step: SendingStep) => void;
  /** Takes new relay credentials into use; the media goes on. */
  setConfiguration: (configuration: RTCConfiguration) => void;
  /** Says again what got no answer, after a pause in the talk. */
  resume: () => void;
  isNegotiating: () => boolean;
  stats: () => Promise<RTCStatsReport>;
  close: () => void;
};

const kindOf = (source: MediaSource): 'audio' | 'video' => (source === 'microphone' ? 'audio' : 'video');

/** One connection to the other side, with its session number; a failed one is never used again. Throws where there is no WebRTC. */
export function createPeerLink(
  session: number,
  isInitiator: boolean,
  configuration: RTCConfiguration,
  tracks: Readonly<LinkTracks>,
  handlers: LinkHandlers,
): PeerLink {
  if (!SimplePeer.WEBRTC_SUPPORT) throw Object.assign(new Error('No WebRTC'), { code: 'ERR_WEBRTC_SUPPORT' });
  let connection: RTCPeerConnection | null = null;
  let isClosed = false;
  let wasConnected = false;
  let hasAsked = false;
  let fingerprints: string[] | null = null;
  const streams = { camera: new MediaStream(), microphone: new MediaStream(), screen: new MediaStream() };
  const senders = new Map<MediaSource, RTCRtpSender>();
  const remoteStreams = new Map<string, MediaStream>();
  const watched = new Set<RTCDtlsTransport>();
  /** A sender takes one change of its parameters at a time. */
  let lastChange: Promise<unknown> = Promise.resolve();
  let step: SendingStep = 'full';

  const peer = new SimplePeer({
    initiator: isInitiator,
    // One transport for all that is sent: fewer candidates, and nothing to gather when a source comes later.
    config: { bundlePolicy: 'max-bundle', ...configuration },
    channelConfig: { negotiated: true },
    trickle: true,
    wrtc: {
      RTCPeerConnection: mediaConnection((made) => {
        connection = made;
        made.addEventListener('connectionstatechange', watchConnection);
        made.addEventListener('iceconnectionstatechange', watchIce);
        watchRelay(made, configuration, (isThere) => !isClosed && handlers.onRelay(isThere));
      }),
      RTCSessionDescription,
      RTCIceCandidate,
    },
  });
  peer.on('signal', (signal) => {
    const data = fromPeer(signal);
    if (data === null || isClosed) return;
    if (data.type === 'renegotiate') hasAsked = true;
    handlers.onSignal(data);
  });
  peer.on('track', (_, stream) => {
    if (remoteStreams.has(stream.id)) return;
    remoteStreams.set(stream.id, stream);
    handlers.onStreams();
  });
  peer.on('error', (error) => fail(linkCause(error)));
  peer.on('close', () => fail('closedByPeer'));
  for (const source of MediaSource.options) {
    const track = tracks[source];
    if (track !== null) addTrack(source, track);
    // A place for what either side may send later.
    else if (isInitiator) addPlace(source);
  }

  function watchConnection(): void {
    if (isClosed || connection?.connectionState !== 'connected' || wasConnected) return;
    wasConnected = true;
    for (const { transport } of connection.getSenders()) {
      if (transport === null || watched.has(transport)) continue;
      watched.add(transport);
      transport.addEventListener('statechange', watchTransport);
    }
    applySending();
    handlers.onConnected();
  }

  function watchTransport(): void {
    if ([...watched].some(({ state }) => state === 'closed' || state === 'failed')) fail('closedByPeer');
  }

  function watchIce(): void {
    if (isClosed || !wasConnected) return;
    const state = connection?.iceConnectionState;
    if (state === 'disconnected') handlers.onTroubled();
    if (state === 'connected' || state === 'completed') handlers.onSteady();
  }

  function addTrack(source: MediaSource, track: MediaStreamTrack): void {
    peer.addTrack(track, streams[source]);
    const sender = connection?.getSenders().find((each) => each.track === track);
    if (sender !== undefined) senders.set(source, sender);
  }

  /** What comes later is sent in it without negotiating anew; a screen seldom comes, and is negotiated then. */
  function addPlace(source: MediaSource): void {
    if (source === 'screen') return peer.addTransceiver(kindOf(source), { direction: 'recvonly' });
    peer.addTransceiver(kindOf(source), { direction: 'sendrecv', streams: [streams[source]] });
    const sender = connection?.getTransceivers().at(-1)?.sender;
    if (sender !== undefined) senders.set(source, sender);
  }

  function applySending(): void {
    for (const [source, sender] of senders) {
      lastChange = lastChange
        .then(() => sender.setParameters(sendingParameters(sender.getParameters(), source, step)))
        // A sender that was not negotiated yet, or whose connection has ended: the next change says it again.
        .catch(() => undefined);
    }
  }

  function fail(cause: LinkCause): void {
    if (isClosed) return;
    close();
    handlers.onFailed(cause);
  }

  function close(): void {
    isClosed = true;
    connection?.removeEventListener('connectionstatechange', watchConnection);
    connection?.removeEventListener('iceconnectionstatechange', watchIce);
    for (const transport of watched) transport.removeEventListener('statechange', watchTransport);
    peer.destroy();
  }

  function isOtherKey(sdp: string): boolean {
    const next = fingerprintsOf(sdp);
    const before = fingerprints ?? next;
    fingerprints = next;
    return !haveSameFingerprints(before, next);
  }

  return {
    session,
    streamId: (source) => streams[source].id,
    remoteStreams: () => remoteStreams,
    signal: (data) => {
      const signal = toPeer(data);
      if (isClosed || signal === null) return;
      if (signal.type === 'offer' || signal.type === 'answer') {
        if (isOtherKey(signal.sdp)) return fail('keyChanged');
        hasAsked = false;
      }
      try {
        peer.signal(signal);
      } catch (error) {
        // A candidate that the browser cannot read is one way less; there may be others.
        if (signal.type !== 'candidate') fail(linkCause(error));
      }
    },
    setTrack: (source, track) => {
      if (isClosed) return;
      const sender = senders.get(source);
      if (sender !== undefined) void sender.replaceTrack(track).catch(() => fail('negotiation'));
      else if (track !== null) addTrack(source, track);
      applySending();
    },
    setSending: (next) => {
      step = next;
      applySending();
    },
    setConfiguration: (next) => {
      if (isClosed || connection === null) return;
      connection.setConfiguration({ ...connection.getConfiguration(), ...next });
      if (!isInitiator) return;
      connection.restartIce();
      peer.negotiate();
    },
    resume: () => {
      if (hasAsked && !isClosed) handlers.onSignal({ type: 'renegotiate' });
    },
    isNegotiating: () => connection !== null && connection.signalingState !== 'stable',
    stats: () => (connection === null ? Promise.reject(new Error('No connection')) : connection.getStats()),
    close,
  };
}

function fromPeer(signal: PeerSignal | { type: 'transceiverRequest' }): LinkSignal | null {
  switch (signal.type) {
    case 'offer':
    case 'answer':
      return { type: signal.type, sdp: signal.sdp };
    case 'candidate': {
      const { candidate = '', sdpMid = null, sdpMLineIndex = null } = signal.candidate;
      return { type: 'candidate', candidate, sdpMid, sdpMLineIndex };
    }
    case 'renegotiate':
      return { type: 'renegotiate' };
    // The initiator has a place for each source from the start.
    case 'transceiverRequest':
      return null;
  }
}

function toPeer(data: SignalData): PeerSignal | null {
  switch (data.type) {
    case 'offer':
    case 'answer':
      return { type: data.type, sdp: data.sdp };
    case 'candidate': {
      const { candidate, sdpMid, sdpMLineIndex, usernameFragment = null } = data;
      return { type: 'candidate', candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment } };
    }
    case 'renegotiate':
      return { type: 'renegotiate', renegotiate: true };
    case 'sources':
    case 'ask':
    case 'newer':
    case 'keyChanged':
    case 'screenAnswer':
      return null;
  }
}
