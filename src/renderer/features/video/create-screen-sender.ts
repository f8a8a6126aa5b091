import type { PeerCall } from '../../../web/peer/peer-call.ts';
import { afterDrawn } from './after-drawn.ts';

/**
 * Gives a call the screen that the customer is to see: a new one only once this desk has been drawn masked, because it may be
 * part of that screen (trust T32); none any more at once.
 */
export function createScreenSender(call: Pick<PeerCall, 'setTrack'>): {
  send: (track: MediaStreamTrack | null) => void;
  stop: () => void;
} {
  let wanted: MediaStreamTrack | null = null;
  return {
    send: (track) => {
      if (track === wanted) return;
      wanted = track;
      if (track === null) call.setTrack('screen', null);
      else afterDrawn(() => wanted === track && call.setTrack('screen', track));
    },
    stop: () => {
      wanted = null;
    },
  };
}
