import type { Chime } from './chime.ts';

/** Hz, and seconds from the first. */
const TONES = [
  { frequency: 783.99, start: 0 },
  { frequency: 659.26, start: 0.45 },
] as const;
const TONE_SECONDS = 0.9;
const CHIME_MS = 1_350;
const LOUDNESS = 0.5;

/** Made of Web Audio, so that there is no file to fetch. Silent where the browser has none. */
export function webAudioChime(): Chime {
  const context = typeof AudioContext === 'undefined' ? null : new AudioContext();
  return {
    play: async () => {
      if (context?.state !== 'running') return;
      for (const { frequency, start } of TONES) sound(context, frequency, context.currentTime + start);
      await new Promise((resolve) => setTimeout(resolve, CHIME_MS));
    },
    isBlocked: () => context !== null && context.state !== 'running',
    unblock: () => void context?.resume(),
    subscribe: (listener) => {
      context?.addEventListener('statechange', listener);
      return () => context?.removeEventListener('statechange', listener);
    },
  };
}

function sound(context: AudioContext, frequency: number, start: number): void {
  const tone = new OscillatorNode(context, { type: 'sine', frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + TONE_SECONDS);
}
