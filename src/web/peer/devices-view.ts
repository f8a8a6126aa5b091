import type { MediaSource } from '../../protocol/video/signal.ts';
import type { Device } from './choose-device.ts';
import type { MediaCause } from './media-cause.ts';

export type CapturedSource = Exclude<MediaSource, 'screen'>;

/** A device went or came back, and another is used from now on. */
export type DeviceChange = {
  type: 'gone' | 'back';
  device: CapturedSource | 'speaker';
  /** Its name; empty where the browser does not tell it. */
  label: string;
  /** The name of what is used now; null for nothing, or for the speaker of the machine. */
  used: string | null;
};

export type DevicesView = {
  tracks: Record<MediaSource, MediaStreamTrack | null>;
  /** Why a track that was wanted is not there. */
  causes: Record<MediaSource, MediaCause | null>;
  available: Device[];
  /** Where sound comes out; empty for the machine's own choice. */
  speakerId: string;
  /** The device that was chosen last and could not be had; the one before goes on. */
  refused: { source: CapturedSource; cause: MediaCause } | null;
  /** What has just changed by itself, for as long as it is told. */
  change: DeviceChange | null;
};

export const noDevices: DevicesView = {
  tracks: { camera: null, microphone: null, screen: null },
  causes: { camera: null, microphone: null, screen: null },
  available: [],
  speakerId: '',
  refused: null,
  change: null,
};

export const deviceKinds: Record<DeviceChange['device'], MediaDeviceKind> = {
  camera: 'videoinput',
  microphone: 'audioinput',
  speaker: 'audiooutput',
};
