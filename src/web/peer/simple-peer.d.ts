/** What we use of the library's browser build; its published types would bring those of Node with them. */
declare module 'simple-peer/simplepeer.min.js' {
  export type PeerSignal =
    | { type: 'offer' | 'answer'; sdp: string }
    | { type: 'candidate'; candidate: RTCIceCandidateInit }
    | { type: 'renegotiate'; renegotiate: true };

  export type PeerOptions = {
    initiator: boolean;
    config: RTCConfiguration;
    channelConfig: RTCDataChannelInit;
    trickle: boolean;
    wrtc: {
      RTCPeerConnection: typeof RTCPeerConnection;
      RTCSessionDescription: typeof RTCSessionDescription;
      RTCIceCandidate: typeof RTCIceCandidate;
    };
  };

  export default class SimplePeer {
    static readonly WEBRTC_SUPPORT: boolean;
    constructor(options: PeerOptions);
    signal(signal: PeerSignal): void;
    negotiate(): void;
    addTrack(track: MediaStreamTrack, stream: MediaStream): void;
    addTransceiver(kind: 'audio' | 'video', init: RTCRtpTransceiverInit): void;
    destroy(): void;
    on(event: 'signal', listener: (signal: PeerSignal | { type: 'transceiverRequest' }) => void): this;
    on(event: 'track', listener: (track: MediaStreamTrack, stream: MediaStream) => void): this;
    on(event: 'error', listener: (error: Error & { code?: string }) => void): this;
    on(event: 'close', listener: () => void): this;
  }
}
