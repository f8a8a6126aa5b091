import { expect, test } from 'vitest';
import { chooseDevice } from './choose-device.ts';
import type { Device } from './choose-device.ts';

const device = (deviceId: string, label: string, kind: MediaDeviceKind = 'audioinput'): Device => ({
  deviceId,
  label,
  kind,
  groupId: 'g',
});
const devices = [
  device('default', 'Predeterminado - Headset (046d:0a44)'),
  device('communications', 'Comunicaciones - Micrófono'),
  device('a', 'Micrófono (2- USB Audio)'),
  device('b', 'Headset (046d:0a44)'),
  device('c', 'Headset (046d:0a44)', 'audiooutput'),
  device('d', 'HD Webcam (04f2:b6be)', 'videoinput'),
];

test.each([
  ['Headset (046d:0a44)', 'audioinput', 'b'],
  ['headset', 'audioinput', 'b'],
  ['Micrófono (USB Audio)', 'audioinput', 'a'],
  ['Micrófono (3- USB Audio)', 'audioinput', 'a'],
  ['Headset (046d:0a44)', 'audiooutput', 'c'],
  ['HD Webcam (04f2:b6be)', 'videoinput', 'd'],
  ['HD Webcam (04f2:b6be)', 'audioinput', null],
  ['Predeterminado - Headset (046d:0a44)', 'audioinput', null],
  ['Gone', 'audioinput', null],
  ['', 'audioinput', null],
  [null, 'audioinput', null],
] as const)('[S2-43] what was remembered as %s of kind %s is %s', (remembered, kind, id) => {
  expect(chooseDevice(devices, kind, remembered)?.deviceId ?? null).toBe(id);
});

test('[S2-43] devices without a label, before the person has let the page use one, are never chosen', () => {
  expect(chooseDevice([device('a', '')], 'audioinput', 'Headset')).toBeNull();
});
