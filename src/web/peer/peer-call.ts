import type { CallRole } from '../../domain/call/call.ts';
import type { CallEnd } from '../../protocol/video/call-end.ts';
import type { MediaSource, Signal } from '../../protocol/video/signal.ts';
import type { CallView } from './call-view.ts';

export type CallOptions = {
  role: CallRole;
  /** Gives a signal to the line to the server; called only while the line is up. */
  send: (signal: Signal) => void;
  /** STUN, TURN and policy for a new connection, as fresh as they can be: relay credentials end. */
  configuration: () => RTCConfiguration;
  /** What the other side may show and let hear without being asked for (trust B80). */
  accepts: MediaSource[];
  /** What is known of the guest's line before the call does not carry a picture: it begins with sound alone (SPEC CL9). */
  isLineWeak?: boolean;
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
  /** Lets in what was refused, from now on. */
  accept: (source: MediaSource) => void;
  /** Goes on refusing it, and is not asked again while the other side sends it. */
  decline: (source: MediaSource) => void;
  /** The line to the server. */
  lineUp: (isUp: boolean) => void;
  /** Takes new relay credentials into use before the old ones end; the media goes on. */
  setConfiguration: (configuration: RTCConfiguration) => void;
  end: (cause: CallEnd) => void;
  /** Ends what is left and hears nothing any more. */
  close: () => void;
};
