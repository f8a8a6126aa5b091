/** Full of what a voice at arm's length gives; the meter is for "does it hear me", not for measuring. */
const LOUD = 0.25;

/** Reads how loud a microphone is, 0 to 1. Silent where the browser has no Web Audio. */
export function listenToLevel(track: MediaStreamTrack): { read: () => number; close: () => void } {
  if (typeof AudioContext === 'undefined') return { read: () => 0, close: () => undefined };
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) / LOUD);
    },
    close: () => void context.close(),
  };
}
