const NOTES_HZ = [784, 1_047];
const NOTE_SECONDS = 0.16;
const RING_SECONDS = 0.5;
const ATTACK_SECONDS = 0.01;
const LOUDEST = 0.4;

/** The sound of a call: two rising notes, made here so that no file has to be found. Volume 0 to 1. */
export function createChime(): (volume: number) => void {
  let context: AudioContext | undefined;
  return (volume) => {
    if (volume <= 0 || !('AudioContext' in globalThis)) return;
    context ??= new AudioContext();
    // A window that nobody has touched yet may be kept silent by the browser; the call is on screen all the same.
    if (context.state === 'suspended') context.resume().catch(() => {});
    for (const [index, hertz] of NOTES_HZ.entries())
      ring(context, hertz, context.currentTime + index * NOTE_SECONDS, volume);
  };
}

function ring(context: AudioContext, hertz: number, at: number, volume: number): void {
  const tone = context.createOscillator();
  const loudness = context.createGain();
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(volume * LOUDEST, at + ATTACK_SECONDS);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + RING_SECONDS);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + RING_SECONDS);
}
