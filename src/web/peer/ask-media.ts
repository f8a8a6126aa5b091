import type { Device } from './choose-device.ts';
import type { CapturedSource } from './devices-view.ts';

/** What is asked of a camera: as much as a call sends at best, and less rather than nothing. */
const cameraConstraints: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** The browser's media devices; it has none without https. */
function mediaOf(): MediaDevices {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (media === undefined) throw new TypeError('No media devices');
  return media;
}

/** As the browser lists them: without labels before the person has let the page use one. */
export async function listDevices(): Promise<Device[]> {
  return 'mediaDevices' in navigator ? mediaOf().enumerateDevices() : [];
}

/** @param ids of the devices to use, null for the browser's own choice; one that is absent is not asked for */
export async function askMedia(ids: Partial<Record<CapturedSource, string | null>>): Promise<MediaStream> {
  const exactly = (id: string | null): MediaTrackConstraints => (id === null ? {} : { deviceId: { exact: id } });
  return mediaOf().getUserMedia({
    ...(ids.camera !== undefined && { video: { ...cameraConstraints, ...exactly(ids.camera) } }),
    ...(ids.microphone !== undefined && { audio: { ...microphoneConstraints, ...exactly(ids.microphone) } }),
  });
}

export async function askTrack(source: CapturedSource, id: string | null): Promise<MediaStreamTrack | null> {
  const [track = null] = (await askMedia({ [source]: id })).getTracks();
  return track;
}

/** One window is what the browser offers first (trust T32), and never this page itself; not every browser minds. */
const screenConstraints: DisplayMediaStreamOptions & Record<'selfBrowserSurface' | 'surfaceSwitching', string> = {
  video: { frameRate: { max: 15 }, displaySurface: 'window' },
  audio: false,
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'exclude',
};

export async function askScreen(): Promise<MediaStreamTrack | null> {
  const stream = await mediaOf().getDisplayMedia(screenConstraints);
  const [track = null] = stream.getVideoTracks();
  if (track !== null) track.contentHint = 'detail';
  return track;
}
