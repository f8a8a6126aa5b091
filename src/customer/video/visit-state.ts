import type { AttentionId } from '../../protocol/ids.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { CallView } from '../../web/peer/call-view.ts';
import type { DevicesView } from '../../web/peer/devices-view.ts';
import type { TermsView } from './create-terms.ts';
import type { ReadinessView } from './create-readiness.ts';
import type { TurnView } from './create-turn-way.ts';
import type { EntryFailure } from './enter-video.ts';
import type { VideoObstacle } from './video-obstacle.ts';

/** What the guest can turn on and off, and whose device they can choose. */
export type OwnSource = 'camera' | 'microphone';
export const OWN_SOURCES: readonly OwnSource[] = ['camera', 'microphone'];

/** Why an entry that is no fault of the link did not succeed. */
export type EntryProblem = Exclude<EntryFailure, 'invalid' | 'used' | 'blocked'> | VideoObstacle;

export type VisitEnd =
  | 'finished'
  | 'cancelled'
  | 'noShow'
  /** The link is wrong, old, revoked, or over: told alike (trust B59). */
  | 'invalid'
  | 'used'
  /** An agent has reported this guest: this attention, and whoever comes from this browser or address within a day. */
  | 'reported'
  | 'blocked'
  /** Another tab of this browser goes on. */
  | 'moved'
  /** By the guest's own act: the turn is at the counter again. */
  | 'atCounter'
  /** By the guest's own act, from the waiting room and from the call. */
  | 'left'
  | 'hungUp';

export type VisitStep =
  | { name: 'door'; isEntering: boolean; problem: EntryProblem | null }
  | { name: 'waiting' }
  | { name: 'call' }
  | { name: 'over'; end: VisitEnd };

export interface VisitState {
  step: VisitStep;
  /** What the server said last; null before its first word. */
  guest: GuestState | null;
  /** 15 s without a word of the server. */
  isSilent: boolean;
  /** Server's time of its last word; null before the first. */
  heardAt: number | null;
  devices: DevicesView;
  /** The browser asks the guest for camera and microphone. */
  isAsking: boolean;
  /** What the guest wants on; a device that is not there is off all the same. */
  isWanted: Record<OwnSource, boolean>;
  /** The device or its system sends silence. */
  isMicrophoneMuted: boolean;
  /** Null outside of a call. */
  call: CallView | null;
  /** The attention whose call it is. */
  callId: AttentionId | null;
  /** The call with the colleague who takes over, not to be seen or heard before it is the call. */
  next: { attentionId: AttentionId; call: CallView } | null;
  /** Another agent has just taken over. */
  isRelayed: boolean;
  /** Monotonic milliseconds of the first picture or sound of this call; null before. */
  talkingSince: number | null;
  terms: TermsView;
  readiness: ReadinessView;
  turn: TurnView;
}
