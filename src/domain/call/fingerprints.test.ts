import { expect, test } from 'vitest';
import { fingerprintsOf, haveSameFingerprints } from './fingerprints.ts';

const sdp = (...lines: string[]): string => ['v=0', ...lines, 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ''].join('\r\n');

test('[B70] [CL8] the keys of a description are read wherever they stand, in any order and case', () => {
  const one = fingerprintsOf(sdp('a=fingerprint:sha-256 AA:BB', 'a=fingerprint:sha-512 CC:DD'));
  const other = fingerprintsOf(
    `${sdp('a=fingerprint:SHA-512 cc:dd')}a=fingerprint:sha-256 aa:bb\r\na=fingerprint:sha-256 aa:bb\r\n`,
  );
  expect(one).toEqual(['sha-256 aa:bb', 'sha-512 cc:dd']);
  expect(haveSameFingerprints(one, other)).toBe(true);
});

test('[B70] [CL8] another key, one more and none are another peer', () => {
  const one = fingerprintsOf(sdp('a=fingerprint:sha-256 AA:BB'));
  for (const lines of [
    ['a=fingerprint:sha-256 AA:BC'],
    ['a=fingerprint:sha-256 AA:BB', 'a=fingerprint:sha-256 AA:BC'],
    [],
  ]) {
    expect(haveSameFingerprints(one, fingerprintsOf(sdp(...lines)))).toBe(false);
  }
});
