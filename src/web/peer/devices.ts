import type { MediaSource } from '../../protocol/video/signal.ts';
import { chooseDevice } from './choose-device.ts';
import type { Device } from './choose-device.ts';
import { mediaCause, unpluggedError } from './media-cause.ts';
import type { MediaCause } from './media-cause.ts';

type Captured = Exclude<MediaSource, 'screen'>;

/** Labels of the devices to use if they are there. */
export type RememberedDevices = { camera: string | null; microphone: string | null };

export type DevicesView = {
  tracks: Record<MediaSource, MediaStreamTrack | null>;
  /** Why a track that was wanted is not there. */
  causes: Record<MediaSource, MediaCause | null>;
  available: Device[];
};

export type Devices = {
  get: () => DevicesView;
  subscribe: (listener: () => void) => () => void;
  /** Only after a click of the person (trust T25). Camera and microphone; what one lacks the other does without. */
  capture: (remembered: RememberedDevices) => Promise<DevicesView>;
  /** Another camera or microphone. If it cannot be had the old one stays. */
  choose: (source: Captured, deviceId: string) => Promise<MediaCause | null>;
  /** Only after a click of the person. The browser asks which screen, window or tab. */
  captureScreen: () => Promise<MediaCause | null>;
  stop: (source: MediaSource) => void;
  /** Stops all tracks and hears nothing any more. */
  close: () => void;
};

const sources: MediaSource[] = ['camera', 'microphone', 'screen'];
const kinds: Record<Captured, MediaDeviceKind> = { camera: 'videoinput', microphone: 'audioinput' };

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

/** The camera, microphone and screen of this machine; nothing is captured before it is asked for. */
export function createDevices(): Devices {
  // Absent without https.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  let view: DevicesView = {
    tracks: { camera: null, microphone: null, screen: null },
    causes: { camera: null, microphone: null, screen: null },
    available: [],
  };
  let isClosed = false;
  const listeners = new Set<() => void>();
  media?.addEventListener('devicechange', devicesChanged);

  function show(changes: Partial<DevicesView>): void {
    view = { ...view, ...changes };
    for (const listener of listeners) listener();
  }

  function set(source: MediaSource, track: MediaStreamTrack | null, cause: MediaCause | null): void {
    const before = view.tracks[source];
    // A track that comes when nobody wants it any more must not go on recording.
    if (isClosed) {
      track?.stop();
      return;
    }
    if (before !== track) {
      before?.removeEventListener('ended', trackEnded);
      before?.stop();
      track?.addEventListener('ended', trackEnded);
    }
    show({ tracks: { ...view.tracks, [source]: track }, causes: { ...view.causes, [source]: cause } });
  }

  /** The browser says this only of an end that is not ours: unplugged, taken away, or "stop sharing". */
  function trackEnded(this: MediaStreamTrack): void {
    for (const source of sources) {
      const cause = source === 'screen' ? null : mediaCause(unpluggedError());
      if (view.tracks[source] === this) set(source, null, cause);
    }
  }

  async function list(): Promise<Device[]> {
    return media === undefined ? [] : media.enumerateDevices();
  }

  function devicesChanged(): void {
    list()
      .then((available) => !isClosed && show({ available }))
      // The list stays as it was; capturing tells what is wrong.
      .catch(() => undefined);
  }

  function constraints(source: Captured, deviceId: string | null): MediaStreamConstraints {
    const wanted = source === 'camera' ? cameraConstraints : microphoneConstraints;
    const track = deviceId === null ? wanted : { ...wanted, deviceId: { exact: deviceId } };
    return source === 'camera' ? { video: track } : { audio: track };
  }

  async function ask(asked: MediaStreamConstraints): Promise<MediaStream> {
    if (media === undefined) throw new TypeError('No media devices');
    return media.getUserMedia(asked);
  }

  async function captureOne(source: Captured, deviceId: string | null): Promise<void> {
    try {
      const [track = null] = (await ask(constraints(source, deviceId))).getTracks();
      set(source, track, null);
    } catch (error) {
      // The remembered device may be the one that fails.
      if (deviceId === null) set(source, null, mediaCause(error));
      else await captureOne(source, null);
    }
  }

  return {
    get: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    capture: async (remembered) => {
      const available = await list();
      const idOf = (source: Captured): string | null =>
        chooseDevice(available, kinds[source], remembered[source])?.deviceId ?? null;
      try {
        // Both at once: one question to the person.
        const both = { ...constraints('camera', idOf('camera')), ...constraints('microphone', idOf('microphone')) };
        const stream = await ask(both);
        set('camera', stream.getVideoTracks()[0] ?? null, null);
        set('microphone', stream.getAudioTracks()[0] ?? null, null);
      } catch (error) {
        const cause = mediaCause(error);
        if (cause === 'dismissed' || cause === 'insecure') {
          // To ask again, one by one, would be to pester.
          set('microphone', null, cause);
          set('camera', null, cause);
        } else {
          await captureOne('microphone', idOf('microphone'));
          await captureOne('camera', idOf('camera'));
        }
      }
      // Labels are told only now.
      if (!isClosed) show({ available: await list() });
      return view;
    },
    choose: async (source, deviceId) => {
      try {
        const [track = null] = (await ask(constraints(source, deviceId))).getTracks();
        if (track !== null) track.enabled = view.tracks[source]?.enabled ?? true;
        set(source, track, null);
        return null;
      } catch (error) {
        return mediaCause(error);
      }
    },
    captureScreen: async () => {
      try {
        if (media === undefined) throw new TypeError('No media devices');
        const stream = await media.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false });
        const [track = null] = stream.getVideoTracks();
        if (track !== null) track.contentHint = 'detail';
        set('screen', track, null);
        return null;
      } catch (error) {
        const cause = mediaCause(error);
        show({ causes: { ...view.causes, screen: cause } });
        return cause;
      }
    },
    stop: (source) => set(source, null, null),
    close: () => {
      for (const source of sources) set(source, null, null);
      isClosed = true;
      media?.removeEventListener('devicechange', devicesChanged);
      listeners.clear();
    },
  };
}
