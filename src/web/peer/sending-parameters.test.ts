import { expect, test } from 'vitest';
import { sendingSteps } from '../../domain/call/next-sending.ts';
import { MediaSource } from '../../protocol/video/signal.ts';
import { sendingParameters } from './sending-parameters.ts';

const parameters: RTCRtpSendParameters = {
  transactionId: '1',
  encodings: [{ rid: 'a' }],
  codecs: [],
  headerExtensions: [],
  rtcp: {},
};
const encodings = (source: MediaSource) =>
  sendingSteps.map((step) => sendingParameters(parameters, source, step).encodings[0]);

test('[CL9] the camera gets smaller step by step and then stops', () => {
  const camera = encodings('camera');
  const bitrates = camera.map((encoding) => (encoding?.active === true ? (encoding.maxBitrate ?? 0) : 0));
  expect(bitrates).toEqual(bitrates.toSorted((one, two) => two - one));
  expect(new Set(bitrates).size).toBe(sendingSteps.length);
  expect(camera.map((encoding) => encoding?.active)).toEqual([true, true, true, true, false]);
});

test('[CL9] the microphone is the same at every step and goes first', () => {
  expect(new Set(encodings('microphone').map((encoding) => JSON.stringify(encoding))).size).toBe(1);
  expect(encodings('microphone')[0]).toMatchObject({ priority: 'high', rid: 'a' });
});

test('[S2-42] [CL9] the screen keeps its size and is never taken away', () => {
  for (const encoding of encodings('screen')) {
    expect(encoding?.scaleResolutionDownBy).toBeUndefined();
    expect(encoding?.maxBitrate).toBeGreaterThan(0);
  }
  expect(sendingParameters(parameters, 'screen', 'full').degradationPreference).toBe('maintain-resolution');
  for (const source of MediaSource.options) {
    expect(sendingParameters(parameters, source, 'full')).toMatchObject({ transactionId: '1', codecs: [] });
  }
});
