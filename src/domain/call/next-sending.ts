import type { Instant } from '../../protocol/instant.ts';
import type { Quality } from './quality.ts';

/** How much of the camera is sent, best first. The microphone is never reduced. */
export const sendingSteps = ['full', 'reduced', 'low', 'minimal', 'audioOnly'] as const;
export type SendingStep = (typeof sendingSteps)[number];

/** `since` the step or the quality is what it is, whichever changed last. */
export type Sending = { step: SendingStep; quality: Quality; since: Instant };

/** How long a quality holds before it moves the step, in milliseconds: down at once when poor, up only after a while. */
const holds = { poor: 2_000, weak: 8_000, good: 10_000 };
/** The camera comes back later than other steps: with its own traffic gone, the line looks better than it is. */
const holdsBeforePicture = 30_000;

/** `isLineWeak`: what was found of the line before the call does not carry a picture. */
export function newSending(at: Instant, isLineWeak: boolean): Sending {
  return { step: isLineWeak ? 'audioOnly' : 'full', quality: 'good', since: at };
}

/** Poor goes down to audio alone, weak only to the least picture, good goes up again; one step at a time [CL9]. */
export function nextSending(sending: Sending, quality: Quality, at: Instant): Sending {
  if (quality !== sending.quality) return { ...sending, quality, since: at };
  const hold = quality === 'good' && sending.step === 'audioOnly' ? holdsBeforePicture : holds[quality];
  if (at - sending.since < hold) return sending;
  const index = sendingSteps.indexOf(sending.step) + (quality === 'good' ? -1 : 1);
  const step = sendingSteps[index];
  if (step === undefined || (quality === 'weak' && step === 'audioOnly')) return sending;
  return { step, quality, since: at };
}
