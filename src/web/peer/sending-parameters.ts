import type { SendingStep } from '../../domain/call/next-sending.ts';
import type { MediaSource } from '../../protocol/video/signal.ts';

/** Bits per second at most, and how much smaller than captured; null for nothing at all. */
type Bounds = { maxBitrate: number; scaleResolutionDownBy: number } | null;

const cameraBounds: Record<SendingStep, Bounds> = {
  full: { maxBitrate: 1_500_000, scaleResolutionDownBy: 1 },
  reduced: { maxBitrate: 600_000, scaleResolutionDownBy: 1.5 },
  low: { maxBitrate: 250_000, scaleResolutionDownBy: 2 },
  minimal: { maxBitrate: 100_000, scaleResolutionDownBy: 4 },
  audioOnly: null,
};
/** Text must stay readable: fewer pictures, never smaller ones. */
const screenBitrates: Record<SendingStep, number> = {
  full: 2_500_000,
  reduced: 1_200_000,
  low: 600_000,
  minimal: 300_000,
  audioOnly: 100_000,
};
const microphoneBitrate = 40_000;

/** The sender's parameters for a step: audio first, the camera smaller, the screen slower. */
export function sendingParameters(
  parameters: RTCRtpSendParameters,
  source: MediaSource,
  step: SendingStep,
): RTCRtpSendParameters {
  const encodings = parameters.encodings.map((encoding): RTCRtpEncodingParameters => {
    if (source === 'microphone') return { ...encoding, maxBitrate: microphoneBitrate, priority: 'high' };
    if (source === 'screen') return { ...encoding, maxBitrate: screenBitrates[step], priority: 'low' };
    const bounds = cameraBounds[step];
    return bounds === null ? { ...encoding, active: false } : { ...encoding, ...bounds, active: true, priority: 'low' };
  });
  const degradationPreference = source === 'screen' ? 'maintain-resolution' : 'balanced';
  return source === 'microphone' ? { ...parameters, encodings } : { ...parameters, encodings, degradationPreference };
}
