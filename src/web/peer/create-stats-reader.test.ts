import { expect, test } from 'vitest';
import { createStatsReader, packetsIn } from './create-stats-reader.ts';

const report = (...stats: { id: string; type: string; [name: string]: unknown }[]): RTCStatsReport =>
  new Map(stats.map((stat) => [stat.id, stat]));
const at = (
  timestamp: number,
  bytesReceived: number,
  bytesSent: number,
  packetsReceived: number,
  packetsLost: number,
) =>
  report(
    { id: 't', type: 'transport', selectedCandidatePairId: 'p' },
    { id: 'other', type: 'candidate-pair', timestamp, bytesReceived: 9e9, bytesSent: 9e9, currentRoundTripTime: 9 },
    {
      id: 'p',
      type: 'candidate-pair',
      timestamp,
      bytesReceived,
      bytesSent,
      currentRoundTripTime: 0.0421,
      localCandidateId: 'l',
      remoteCandidateId: 'r',
    },
    { id: 'l', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
    { id: 'r', type: 'remote-candidate', candidateType: 'prflx', protocol: 'udp' },
    {
      id: 'v',
      type: 'inbound-rtp',
      trackIdentifier: 'video',
      packetsReceived,
      packetsLost,
      framesDecoded: 30,
      framesPerSecond: 15,
      frameWidth: 640,
      frameHeight: 360,
    },
    { id: 'a', type: 'inbound-rtp', trackIdentifier: 'audio', packetsReceived: 50, packetsLost: 0 },
    { id: 'x', type: 'inbound-rtp', trackIdentifier: 'stranger', packetsReceived: 7, packetsLost: 0 },
    { id: 'o', type: 'remote-inbound-rtp', fractionLost: 0.01 },
    { id: 'q', type: 'remote-inbound-rtp', fractionLost: 0.05 },
  );
const sourceOf = (track: string) => (track === 'video' ? 'camera' : track === 'audio' ? 'microphone' : null);

test('[R17] reads the way, the loss and the rate of the connection in use, and each source by its name', () => {
  const read = createStatsReader(sourceOf);
  expect(read(at(1_000, 10_000, 5_000, 100, 0))).toEqual({
    roundTripMilliseconds: 42,
    lossReceived: null,
    lossSent: 0.05,
    bitrateReceived: null,
    bitrateSent: null,
    localCandidate: 'relay',
    remoteCandidate: 'prflx',
    transport: 'tls',
    received: {
      camera: { packetsReceived: 100, framesDecoded: 30, framesPerSecond: 15, width: 640, height: 360 },
      microphone: { packetsReceived: 50, framesDecoded: null, framesPerSecond: null, width: null, height: null },
    },
  });
  const second = read(at(3_000, 30_000, 15_000, 190, 10));
  expect(second).toMatchObject({ lossReceived: 0.1, bitrateReceived: 80_000, bitrateSent: 40_000 });
  expect(packetsIn(second)).toBe(240);
  expect(read(at(3_000, 30_000, 15_000, 190, 10))).toMatchObject({ lossReceived: 0, bitrateReceived: null });
});

test('[R17] a report without anything is nothing, not an error', () => {
  expect(createStatsReader(sourceOf)(report())).toMatchObject({
    roundTripMilliseconds: null,
    localCandidate: null,
    received: {},
  });
});
