import type { mediaDevices as spanish } from '../es/media-devices.ts';
import type { Translated } from '../translated.ts';

export const mediaDevices: Translated<typeof spanish> = {
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
  none: 'None available',
  byDefault: 'That of this device',
  unnamed: '{{device}} {{place}}',
  level: 'Microphone level',
  levelMuted: 'Your microphone is off: nothing is heard.',
  noChoice:
    'This browser does not let you choose the speaker: that of this device is used. Change it in its sound settings.',
  test: 'Test the speaker',
  playing: 'Three notes are playing.',
  played: 'Three notes were played. If you did not hear them, choose another speaker or turn up the volume.',
  failed: 'The speaker could not be used. Choose another one.',
  gone: '{{name}} was disconnected. Connect it or choose another one.',
  goneFor: '{{name}} was disconnected. {{used}} is used now.',
  goneSpeaker: '{{name}} was disconnected. The speaker of this device is used now.',
  back: '{{name}} is back and used again.',
  another: 'Another device',
};
