import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Ice } from '../../protocol/video/ice.ts';
import type { PathFinding, ReadinessReport } from '../../protocol/video/readiness.ts';
import { noDevices } from '../../web/peer/devices-view.ts';
import { createReadiness, type ReadinessView, type Situation } from './create-readiness.ts';

const track = {} as MediaStreamTrack;
const relay: Ice = {
  policy: 'relay',
  servers: [{ urls: ['turn:a.test'], username: '1:u', credential: 'x' }],
  expiresAt: 1,
};
const waiting: Situation = {
  isWaiting: true,
  devices: {
    ...noDevices,
    tracks: { camera: track, microphone: track, screen: null },
  },
  isAsking: false,
  isMicrophoneMuted: false,
  ice: relay,
};
const fast: PathFinding = { way: 'relay', roundTripMilliseconds: 40, kilobits: 5_000 };
const none: PathFinding = { way: 'blocked', roundTripMilliseconds: null, kilobits: null };

const slow: PathFinding = { way: 'relay', roundTripMilliseconds: 300, kilobits: 90 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function testOf() {
  const said: ReadinessReport[] = [];
  const views: ReadinessView[] = [];
  const runs: { configuration: RTCConfiguration; signal: AbortSignal; find: (path: PathFinding) => Promise<void> }[] =
    [];
  const readiness = createReadiness({
    measure: (configuration, signal) =>
      new Promise((resolve) => {
        const find = async (path: PathFinding): Promise<void> => {
          resolve(path);
          await Promise.resolve();
          await Promise.resolve();
        };
        runs.push({ configuration, signal, find });
      }),
    say: (report) => said.push(report),
    show: (view) => views.push(view),
  });
  return { readiness, said, runs, view: () => views.at(-1) };
}

test('begins once the ways are known and the question for the devices is answered, and says what it found once', async () => {
  const { readiness, said, runs, view } = testOf();
  readiness.follow({ ...waiting, ice: null });
  readiness.follow({ ...waiting, isAsking: true });
  expect(runs).toHaveLength(0);
  readiness.follow(waiting);
  expect(runs[0]?.configuration.iceTransportPolicy).toBe('relay');
  expect(view()).toEqual({ isTesting: true, path: null, judged: null });
  await runs[0]?.find(fast);
  expect(said).toEqual([{ camera: 'ready', microphone: 'ready', path: fast }]);
  expect(view()).toEqual({ isTesting: false, path: fast, judged: { verdict: 'ready', cause: null } });
  readiness.follow(waiting);
  expect(said).toHaveLength(1);
});

test('[B73] a device that changes is another report without another test of the line', async () => {
  const { readiness, said, runs, view } = testOf();
  readiness.follow(waiting);
  await runs[0]?.find(fast);
  const { devices } = waiting;
  const without = {
    ...devices,
    tracks: { ...devices.tracks, camera: null },
    causes: { ...devices.causes, camera: 'unplugged' as const },
  };
  readiness.follow({ ...waiting, devices: without });
  expect(said.at(-1)?.camera).toBe('missing');
  expect(view()?.judged).toEqual({ verdict: 'audioOnly', cause: 'cameraMissing' });
  readiness.follow({ ...waiting, isMicrophoneMuted: true });
  expect(view()?.judged).toEqual({ verdict: 'notReady', cause: 'microphoneMuted' });
  expect(runs).toHaveLength(1);
});

test('[B76] fresh credentials for the same relay test nothing anew; other ways, another network and the guest do', async () => {
  const { readiness, runs, view } = testOf();
  readiness.follow(waiting);
  await runs[0]?.find(none);
  expect(view()?.judged).toEqual({ verdict: 'notReady', cause: 'noPath' });
  const [server] = relay.servers;
  readiness.follow({ ...waiting, ice: { ...relay, servers: [{ ...server!, username: '2:u' }], expiresAt: 2 } });
  expect(runs).toHaveLength(1);
  readiness.follow({ ...waiting, ice: { policy: 'all', servers: [], expiresAt: null } });
  expect(runs).toHaveLength(2);
  readiness.again();
  expect(runs[1]?.signal.aborted).toBe(true);
  await runs[1]?.find(none);
  await runs[2]?.find(fast);
  expect(view()).toMatchObject({ isTesting: false, judged: { verdict: 'ready' } });
});

test('[T25] a call that comes ends the test, and whoever waits again is tested again', async () => {
  const { readiness, said, runs } = testOf();
  readiness.follow(waiting);
  readiness.follow({ ...waiting, isWaiting: false });
  expect(runs[0]?.signal.aborted).toBe(true);
  readiness.again();
  expect(runs).toHaveLength(1);
  readiness.follow(waiting);
  expect(runs).toHaveLength(2);
  await runs[1]?.find(fast);
  readiness.repeat();
  expect(said).toHaveLength(2);
  expect(said[0]).toEqual(said[1]);
});

test('[RD5] a line without a picture is tried again twice by itself, unseen, and the better finding counts', async () => {
  const { readiness, said, runs, view } = testOf();
  readiness.follow(waiting);
  await runs[0]?.find(slow);
  const first = { isTesting: false, path: slow, judged: { verdict: 'audioOnly', cause: 'slow' } };
  expect(view()).toEqual(first);
  vi.advanceTimersByTime(9_999);
  expect(runs).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(runs).toHaveLength(2);
  expect(view()).toEqual(first);
  // Worse: the bad moment was this one.
  await runs[1]?.find(none);
  expect(view()).toEqual(first);
  expect(said).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  expect(runs).toHaveLength(3);
  await runs[2]?.find(fast);
  expect(said).toEqual([slow, fast].map((path) => ({ camera: 'ready', microphone: 'ready', path })));
  expect(view()).toEqual({ isTesting: false, path: fast, judged: { verdict: 'ready', cause: null } });
  expect(vi.getTimerCount()).toBe(0);
});

test('[RD5] no line is tried for ever, and none that carries a picture twice', async () => {
  const { readiness, runs } = testOf();
  readiness.follow(waiting);
  for (const run of [0, 1, 2]) {
    await runs[run]?.find(none);
    vi.advanceTimersByTime(600_000);
  }
  expect(runs).toHaveLength(3);
  readiness.again();
  await runs[3]?.find(fast);
  vi.advanceTimersByTime(600_000);
  expect(runs).toHaveLength(4);
});

test('[RD5] what the guest asks for counts though it is worse, and begins anew; a call ends all of it', async () => {
  const { readiness, runs, view } = testOf();
  readiness.follow(waiting);
  await runs[0]?.find(slow);
  vi.advanceTimersByTime(10_000);
  readiness.again();
  expect(runs[1]?.signal.aborted).toBe(true);
  expect(view()?.isTesting).toBe(true);
  await runs[2]?.find(none);
  expect(view()?.path).toEqual(none);
  vi.advanceTimersByTime(10_000);
  expect(runs).toHaveLength(4);
  await runs[3]?.find(none);
  readiness.follow({ ...waiting, isWaiting: false });
  vi.advanceTimersByTime(600_000);
  expect(runs).toHaveLength(4);
});
