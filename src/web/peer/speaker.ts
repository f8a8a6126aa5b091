/** Whether this browser lets a page say where its sound comes out. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** Of a third and its octave above, in Hz: heard on a small speaker, and no sound that the product uses for anything else. */
const NOTES = [523, 659, 1046];
const NOTE_SECONDS = 0.22;
const LOUDNESS = 0.2;

/**
 * Plays three notes through a speaker; empty for the machine's own choice. Only after a click of the person.
 * @throws when that speaker cannot be had, or the browser cannot make a sound
 */
export async function playTestTone(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const out = new MediaStreamAudioDestinationNode(context);
    element.srcObject = out.stream;
    if ('setSinkId' in element) await element.setSinkId(speakerId);
    await element.play();
    const begin = context.currentTime + 0.05;
    const loudness = new GainNode(context, { gain: 0 });
    loudness.connect(out);
    const notes = NOTES.map((frequency, place) => {
      const note = new OscillatorNode(context, { frequency });
      const at = begin + place * NOTE_SECONDS;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
      loudness.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
      note.connect(loudness);
      note.start(at);
      note.stop(at + NOTE_SECONDS);
      return note;
    });
    await new Promise<void>((resolve) => notes.at(-1)?.addEventListener('ended', () => resolve()));
  } finally {
    element.pause();
    element.srcObject = null;
    void context.close();
  }
}
