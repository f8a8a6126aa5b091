import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { CallView } from '../../web/peer/call-view.ts';
import type { DevicesView } from '../../web/peer/devices.ts';
import type { MediaCause } from '../../web/peer/media-cause.ts';
import type { EntryFailure } from './enter-video.ts';

/** What the guest can turn on and off, and whose device they can choose. */
export type OwnSource = 'camera' | 'microphone';

/** Why an entry that is no fault of the link did not succeed. */
export type EntryProblem = Exclude<EntryFailure, 'invalid' | 'used'> | 'noCookies' | 'insecure' | 'unsupported';

export type VisitEnd =
  | 'finished'
  | 'cancelled'
  | 'noShow'
  /** The link is wrong, old, revoked, or over: told alike (trust B59). */
  | 'invalid'
  | 'used'
  /** Another tab of this browser goes on. */
  | 'moved'
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
  /** Why the device that was chosen last could not be had; the one before goes on. */
  refusedChoice: { source: OwnSource; cause: MediaCause } | null;
  /** Empty for the browser's own choice. */
  speakerId: string;
  /** Null outside of a call. */
  call: CallView | null;
  /** Monotonic milliseconds of the first picture or sound of this call; null before. */
  talkingSince: number | null;
}
