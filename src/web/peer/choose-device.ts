/** A device as the browser lists it; `label` is empty until the person has let the page use one of its kind. */
export type Device = Pick<MediaDeviceInfo, 'deviceId' | 'label' | 'kind' | 'groupId'>;

/**
 * The device that a remembered label means; null for the browser's own choice. Ids change with the browser's data, labels do not;
 * a headset in another socket keeps its name, and the number that some systems put after it is not part of it.
 */
export function chooseDevice(devices: Device[], kind: MediaDeviceKind, remembered: string | null): Device | null {
  if (remembered === null || remembered === '') return null;
  // The entries "default" and "communications" stand for another device, whose label follows their own.
  const real = devices.filter((device) => device.kind === kind && !/^(default|communications|)$/.test(device.deviceId));
  const bare = bareLabel(remembered);
  return real.find(({ label }) => label === remembered) ?? real.find(({ label }) => bareLabel(label) === bare) ?? null;
}

/** Without the USB ids in brackets, and without the number of the socket before the name. */
function bareLabel(label: string): string {
  return label
    .replace(/\s*\([\da-f]{4}:[\da-f]{4}\)\s*$/i, '')
    .replace(/\(\d+-\s*/, '(')
    .trim()
    .toLowerCase();
}
