import { expect, test } from 'vitest';
import type { CallReport } from '../../../protocol/video/call-report.ts';
import { noDevices } from '../../../web/peer/devices-view.ts';
import { FakeCall } from '../../../web/peer/testing/fake-call.ts';
import { reportScreens } from './report-screens.ts';

const stream = {} as MediaStream;
const none = { camera: null, microphone: null, screen: null };
const off = { camera: false, microphone: false, screen: false };

function watched() {
  const call = new FakeCall(
    () => undefined,
    () => ({}),
  );
  const desk = { now: 0, isHeld: true };
  const told: CallReport[] = [];
  const end = reportScreens(
    call,
    { get: () => noDevices, subscribe: () => () => undefined },
    () => desk.isHeld,
    (report) => told.push(report),
    () => desk.now,
  );
  const settled = () => Promise.resolve();
  return { call, desk, told, end, settled };
}
const shown = { remote: { ...none, screen: stream }, isRemoteOn: { ...off, screen: true } };
const gone = { remote: none, isRemoteOn: off };

test('[B80] [CL12] a screen of the guest is told from when it is let in', async () => {
  const { call, desk, told, settled } = watched();
  call.phase({ name: 'connected' });
  call.show({ isRefused: { ...off, screen: true } });
  await settled();
  expect(told).toEqual([]);
  call.show({ isRefused: off, ...shown });
  await settled();
  expect(told).toEqual([{ type: 'call.screenShared', side: 'guest', kind: 'unknown' }]);
  desk.now = 9000;
  call.show(gone);
  await settled();
  expect(told.slice(1)).toEqual([{ type: 'call.screenEnded', side: 'guest', lastedMs: 9000 }]);
});

test('[CL12] a connection that is made anew, and a picture that stands still, end no screen', async () => {
  const { call, told, settled } = watched();
  call.phase({ name: 'connected' });
  call.show(shown);
  await settled();
  // In this order a call closes what failed.
  call.show(gone);
  call.phase({ name: 'reconnecting' });
  await settled();
  call.show({ isRemoteOn: { ...off, screen: true } });
  call.phase({ name: 'connected' });
  await settled();
  call.show({ ...shown, isRemoteOn: off });
  await settled();
  expect(told).toHaveLength(1);
});

test('[CL12] nothing is told before the attention is this agent’s', async () => {
  const { call, desk, told, settled, end } = watched();
  desk.isHeld = false;
  call.phase({ name: 'connected' });
  call.show(shown);
  await settled();
  expect(told).toEqual([]);
  desk.isHeld = true;
  call.show({});
  await settled();
  expect(told).toHaveLength(1);
  desk.now = 2000;
  end();
  expect(told.slice(1)).toEqual([{ type: 'call.screenEnded', side: 'guest', lastedMs: 2000 }]);
  call.show(shown);
  await settled();
  expect(told).toHaveLength(2);
});
