import type { CallPhase } from '../../domain/call/call.ts';
import type { Quality } from '../../domain/call/quality.ts';
import type { MediaSource } from '../../protocol/video/signal.ts';
import type { LinkStats } from './create-stats-reader.ts';
import type { LinkCause } from './link-cause.ts';

/** A call as a screen shows it; a new object whenever anything in it changes. */
export type CallView = {
  phase: CallPhase;
  /** The greatest session number so far; 0 before the first. */
  session: number;
  isPeerHere: boolean;
  isLineUp: boolean;
  /** What the other side sends, each for a media element of its own; null for what it does not send. */
  remote: Record<MediaSource, MediaStream | null>;
  /** Whether each of those is on, and not muted or held back. */
  isRemoteOn: Record<MediaSource, boolean>;
  /** What the other side sends although it was not asked for: it is not in `remote` before it is accepted. */
  isRefused: Record<MediaSource, boolean>;
  /** What of that was declined by hand. */
  isDeclined: Record<MediaSource, boolean>;
  /** What the agent has said to our screen; null for nothing. */
  screenAnswer: 'allowed' | 'declined' | null;
  /** Our own. */
  isOn: Record<MediaSource, boolean>;
  /** Our camera is held back because the line is too weak for it. */
  isSaving: boolean;
  quality: Quality | null;
  stats: LinkStats | null;
  /**
   * The relay, as far as this side can tell: none is configured, it has given the connection that is being made an address, it
   * gives none, or nothing is known yet.
   */
  relay: 'none' | 'unknown' | 'there' | 'silent';
  /** One connection after another does not come up. */
  isHard: boolean;
  /** Why the last connection failed; null once another is up. */
  linkCause: LinkCause | null;
};
