import { expect, test } from 'vitest';
import { followRelay } from './follow-relay.ts';

const withRelay: RTCConfiguration = { iceServers: [{ urls: 'turn:a.test' }] };

function followed() {
  const clock = { now: 0 };
  const told: string[] = [];
  return {
    clock,
    told,
    relay: followRelay(
      () => clock.now,
      (view) => void told.push(view),
    ),
  };
}

test('[R17] [B77] a relay that has not answered when its connection is given up is silent, until another gets an address', () => {
  const { clock, told, relay } = followed();
  relay.opened(withRelay);
  clock.now = 10_000;
  relay.closed();
  relay.opened(withRelay);
  expect(told).toEqual(['unknown', 'silent']);
  relay.heard(true);
  relay.closed();
  expect(told.at(-1)).toBe('there');
});

test('a connection that was given up at once says nothing of the relay', () => {
  const { clock, told, relay } = followed();
  relay.opened(withRelay);
  clock.now = 1_000;
  relay.closed();
  relay.closed();
  expect(told).toEqual(['unknown']);
});

test('what the browser says of the relay stands, and where none is configured there is none', () => {
  const { told, relay } = followed();
  relay.opened(withRelay);
  relay.heard(false);
  relay.opened({ iceServers: [] });
  expect(told).toEqual(['unknown', 'silent', 'none']);
});
