import { expect, test } from 'vitest';
import { watchRelay } from './watch-relay.ts';

const withRelay: RTCConfiguration = { iceServers: [{ urls: ['stun:a.test'] }, { urls: ['turns:a.test:443'] }] };

class FakeConnection extends EventTarget {
  iceGatheringState: RTCIceGatheringState = 'new';

  candidate(type: string): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { type } }));
  }

  gathered(): void {
    this.iceGatheringState = 'complete';
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }
}

function watched(configuration: RTCConfiguration) {
  const connection = new FakeConnection();
  const told: boolean[] = [];
  watchRelay(connection, configuration, (isThere) => told.push(isThere));
  return { connection, told };
}

test('[B77] a relay that gives an address is there, told once', () => {
  const { connection, told } = watched(withRelay);
  connection.candidate('host');
  expect(told).toEqual([]);
  connection.candidate('relay');
  connection.candidate('relay');
  connection.gathered();
  expect(told).toEqual([true]);
});

test('[R17] [B77] a relay that has given none when all were asked is silent', () => {
  const { connection, told } = watched(withRelay);
  connection.candidate('host');
  connection.candidate('srflx');
  connection.gathered();
  expect(told).toEqual([false]);
});

test('where no relay is configured nothing is said of one', () => {
  const { connection, told } = watched({ iceServers: [{ urls: 'stun:a.test' }] });
  connection.candidate('host');
  connection.gathered();
  expect(told).toEqual([]);
});
