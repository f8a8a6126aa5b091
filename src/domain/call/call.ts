import type { Instant } from '../../protocol/instant.ts';
import type { CallEnd } from '../../protocol/video/call-end.ts';
import type { Signal, SignalData } from '../../protocol/video/signal.ts';

export type CallRole = 'agent' | 'guest';

/** How long each thing may last, in milliseconds. */
export const callLimits = {
  /** A first connection; a second attempt in a row gets twice as long, any later one three times. */
  connect: 10_000,
  /** An offer that nobody has answered, before an ask means that it was lost. */
  unanswered: 3_000,
  /** A connection that stands still, before a new one is made. */
  troubled: 3_000,
  /** Between two asks of the guest. */
  ask: 3_000,
  /** Between two sessions. */
  betweenSessions: 1_000,
  /** Without media, before the call is over. */
  giveUp: 120_000,
};

export type CallPhase =
  /** Not called: nothing of the other side is let in. */
  | { name: 'waiting'; since: Instant }
  /** Called, and no connection is being made yet. */
  | { name: 'ringing'; since: Instant }
  | { name: 'connecting'; since: Instant }
  | { name: 'connected'; since: Instant }
  /** Connected without the other's picture: it sends none, or it holds it back because the line is weak. */
  | { name: 'audioOnly'; since: Instant; cause: 'noPicture' | 'bandwidth' }
  /** It was connected, and the media has stopped. */
  | { name: 'reconnecting'; since: Instant }
  | { name: 'ended'; since: Instant; cause: CallEnd };

/** What can be wrong with a connection that stands: ICE lost its way, or nothing comes although the other side sends. */
export type LinkTrouble = 'ice' | 'media';

/** The one connection of a call. */
export type CallLink = {
  session: number;
  openedAt: Instant;
  /** How many were opened in a row, this one included, without any of the others coming up. */
  attempt: number;
  /** The other side has said something of this session. */
  isAnswered: boolean;
  isUp: boolean;
  troubledSince: Record<LinkTrouble, Instant | null>;
};

export type OtherPicture = 'shown' | 'none' | 'saved';

export type Call = {
  role: CallRole;
  phase: CallPhase;
  /** The greatest session number that this side knows of; 0 for none. */
  session: number;
  link: CallLink | null;
  isLineUp: boolean;
  isPeerHere: boolean;
  otherPicture: OtherPicture;
  openedAt: Instant | null;
  askedAt: Instant | null;
};

export type CallEvent =
  /** The guest is called, which is its admission. */
  | { type: 'called' }
  /** The other side's page is there, or gone, as the server sees it. */
  | { type: 'peerCame' }
  | { type: 'peerLeft' }
  | { type: 'signal'; signal: Signal }
  | { type: 'linkConnected'; session: number }
  | { type: 'linkTroubled'; session: number; trouble: LinkTrouble }
  | { type: 'linkSteady'; session: number; trouble: LinkTrouble }
  | { type: 'linkFailed'; session: number }
  | { type: 'pictureChanged'; picture: OtherPicture }
  /** The line to the server. */
  | { type: 'lineUp' }
  | { type: 'lineDown' }
  | { type: 'ended'; cause: CallEnd }
  /** The instant of `callDueAt` has come. */
  | { type: 'clock' };

export type CallEffect =
  | { type: 'open'; session: number; isInitiator: boolean }
  | { type: 'close'; session: number }
  /** Give the link what the other side said. */
  | { type: 'apply'; session: number; data: SignalData }
  | { type: 'send'; signal: Signal };

export function newCall(role: CallRole, at: Instant): Call {
  return {
    role,
    phase: { name: 'waiting', since: at },
    session: 0,
    link: null,
    isLineUp: true,
    isPeerHere: false,
    otherPicture: 'none',
    openedAt: null,
    askedAt: null,
  };
}
