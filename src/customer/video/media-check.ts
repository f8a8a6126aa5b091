import type { MediaCause } from '../../web/peer/media-cause.ts';
import { filled } from '../turn/turn-words.ts';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';

export interface MediaCheck {
  status: 'asking' | 'ready' | 'audioOnly' | 'notReady';
  /** What is the case and what to do, sentence by sentence. */
  sentences: string[];
  /** Asking the browser once more may help. */
  isRetryable: boolean;
}

/** What can be said of the guest's camera and microphone: with the cause of what is missing, and what to do (trust B73). */
export function mediaCheck(
  { devices: { tracks, causes }, isAsking, isMicrophoneMuted }: VisitState,
  words: VideoWords,
): MediaCheck {
  const { check } = words;
  if (isAsking) return { status: 'asking', sentences: [check.asking], isRetryable: false };
  const hasCamera = tracks.camera !== null;
  const hasMicrophone = tracks.microphone !== null;
  if (hasCamera && hasMicrophone && !isMicrophoneMuted) {
    return { status: 'ready', sentences: [check.ready], isRetryable: false };
  }
  const told: string[] = [];
  if (hasMicrophone && isMicrophoneMuted) told.push(check.muted);
  if (hasMicrophone && !hasCamera) told.push(check.unseen);
  if (!hasMicrophone && hasCamera) told.push(check.unheard);
  const { camera, microphone } = causes;
  if (camera !== null && camera === microphone) told.push(causeWords(camera, 'both', words));
  else {
    if (microphone !== null) told.push(causeWords(microphone, 'microphone', words));
    if (camera !== null) told.push(causeWords(camera, 'camera', words));
  }
  const status = hasMicrophone && !isMicrophoneMuted ? 'audioOnly' : 'notReady';
  return { status, sentences: told, isRetryable: !hasCamera || !hasMicrophone };
}

export function causeWords(cause: MediaCause, device: keyof VideoWords['devices'], words: VideoWords): string {
  return filled(words.cause[cause], { device: words.devices[device] });
}
