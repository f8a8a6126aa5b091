import type { mediaDevices } from '../../../texts/es/media-devices.ts';
import type { DeviceChange } from '../../peer/devices-view.ts';

/** Says one of the words about devices in the language of the page. */
export type SayDevices = (word: keyof typeof mediaDevices, values?: Record<string, string | number>) => string;

/** What has become of a device, and what is used now. */
export function changeWords({ type, device, label, used }: DeviceChange, say: SayDevices): string {
  const name = label === '' ? say(device) : label;
  if (type === 'back') return say('back', { name });
  if (used !== null) return say('goneFor', { name, used: used === '' ? say('another') : used });
  return device === 'speaker' ? say('goneSpeaker', { name }) : say('gone', { name });
}
