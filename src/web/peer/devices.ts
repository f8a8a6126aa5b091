import type { MediaSource } from '../../protocol/video/signal.ts';
import { askMedia, askScreen, askTrack, listDevices } from './ask-media.ts';
import { chooseDevice } from './choose-device.ts';
import type { Device } from './choose-device.ts';
import { shortMemory } from './device-memory.ts';
import type { DeviceMemory } from './device-memory.ts';
import { deviceKinds, noDevices } from './devices-view.ts';
import type { CapturedSource, DeviceChange, DevicesView } from './devices-view.ts';
import { mediaCause, unpluggedError } from './media-cause.ts';
import type { MediaCause } from './media-cause.ts';

export type Devices = {
  get: () => DevicesView;
  subscribe: (listener: () => void) => () => void;
  /**
   * Only after a click of the person (trust T25). Camera and microphone, those that are remembered; what one lacks the other does
   * without. From here on one that goes is replaced by another, and by the remembered one once that is back.
   */
  capture: () => Promise<DevicesView>;
  /** Another camera or microphone, which is remembered. If it cannot be had the old one stays. */
  choose: (source: CapturedSource, deviceId: string) => Promise<MediaCause | null>;
  /** Another speaker, which is remembered; empty for the machine's own choice. */
  chooseSpeaker: (deviceId: string) => void;
  /** Only after a click of the person. The browser asks which screen, window or tab. */
  captureScreen: () => Promise<MediaCause | null>;
  stop: (source: MediaSource) => void;
  /** Stops all tracks and hears nothing any more. */
  close: () => void;
};

const sources: MediaSource[] = ['camera', 'microphone', 'screen'];
const captured: CapturedSource[] = ['camera', 'microphone'];

/** So long a change is told. */
const TOLD_MS = 10_000;

/** The camera, microphone, speaker and screen of this machine; nothing is captured before it is asked for. */
export function createDevices(memory: DeviceMemory = shortMemory()): Devices {
  // Absent without https.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  let view = noDevices;
  let isClosed = false;
  /** What is muted stays so when another device takes its place. */
  const isOn: Record<CapturedSource, boolean> = { camera: true, microphone: true };
  let told: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  media?.addEventListener('devicechange', devicesChanged);

  function show(changes: Partial<DevicesView>): void {
    view = { ...view, ...changes };
    for (const listener of listeners) listener();
  }

  function tell(change: DeviceChange): void {
    clearTimeout(told);
    told = setTimeout(() => show({ change: null }), TOLD_MS);
    show({ change });
  }

  function set(source: MediaSource, track: MediaStreamTrack | null, cause: MediaCause | null): void {
    const before = view.tracks[source];
    // A track that comes when nobody wants it any more must not go on recording.
    if (isClosed) {
      track?.stop();
      return;
    }
    if (before !== track) {
      if (before && source !== 'screen') isOn[source] = before.enabled;
      if (track && source !== 'screen') track.enabled = isOn[source];
      before?.removeEventListener('ended', trackEnded);
      before?.stop();
      track?.addEventListener('ended', trackEnded);
    }
    show({ tracks: { ...view.tracks, [source]: track }, causes: { ...view.causes, [source]: cause } });
  }

  /** The browser says this only of an end that is not ours: unplugged, taken away, or "stop sharing". */
  function trackEnded(this: MediaStreamTrack): void {
    for (const source of sources) {
      if (view.tracks[source] !== this) continue;
      if (source === 'screen') set(source, null, null);
      else quietly(replace(source));
    }
  }

  function labelOf(source: CapturedSource): string {
    const id = view.tracks[source]?.getSettings().deviceId;
    return view.available.find(({ deviceId }) => deviceId === id)?.label ?? view.tracks[source]?.label ?? '';
  }

  /** The device in use is gone: another takes its place, if there is one and the browser still gives it. */
  async function replace(source: CapturedSource): Promise<void> {
    const label = labelOf(source);
    set(source, null, mediaCause(unpluggedError()));
    showAvailable(await listDevices());
    const isOneLeft = view.available.some(({ kind }) => kind === deviceKinds[source]);
    if (isOneLeft) await takeAnother(source, null);
    if (!isClosed) tell({ type: 'gone', device: source, label, used: view.tracks[source] && labelOf(source) });
  }

  /** In place of one that is gone. */
  async function takeAnother(source: CapturedSource, deviceId: string | null): Promise<void> {
    try {
      const track = await askTrack(source, deviceId);
      // Meanwhile the person has chosen one.
      if (deviceId === null && view.tracks[source] !== null) track?.stop();
      else set(source, track, null);
    } catch (error) {
      const cause = mediaCause(error);
      if (view.tracks[source] === null && cause.startsWith('blocked')) set(source, null, cause);
    }
  }

  /** The remembered device has come back, or some device where there was none. */
  async function takeBack(source: CapturedSource, before: Device[]): Promise<void> {
    const isNew = ({ deviceId }: Device): boolean => before.every((known) => known.deviceId !== deviceId);
    const wanted = chooseDevice(view.available, deviceKinds[source], memory.get()[source]);
    const isLost = view.tracks[source] === null && view.causes[source] === 'unplugged';
    const some = isLost ? view.available.find((device) => device.kind === deviceKinds[source] && isNew(device)) : null;
    const device = wanted && isNew(wanted) && (isLost || view.tracks[source]) ? wanted : some;
    if (!device) return;
    await takeAnother(source, device.deviceId);
    const { label } = device;
    if (view.tracks[source]?.getSettings().deviceId === device.deviceId) {
      tell({ type: 'back', device: source, label, used: label });
    }
  }

  /** The speaker follows the list: a remembered one is used whenever it is there. */
  function showAvailable(available: Device[]): void {
    if (isClosed) return;
    const hadSpeaker = view.speakerId !== '';
    const isFirst = view.available.length === 0;
    const label = memory.get().speaker ?? '';
    const speakerId = chooseDevice(available, 'audiooutput', label)?.deviceId ?? '';
    show({ available, speakerId });
    if (hadSpeaker && speakerId === '') tell({ type: 'gone', device: 'speaker', label, used: null });
    else if (!hadSpeaker && speakerId !== '' && !isFirst) tell({ type: 'back', device: 'speaker', label, used: label });
  }

  async function follow(): Promise<void> {
    const before = view.available;
    const available = await listDevices();
    const isListed = (devices: Device[], id: string): boolean => devices.some(({ deviceId }) => deviceId === id);
    const gone = captured.filter((source) => {
      const id = view.tracks[source]?.getSettings().deviceId ?? '';
      // Not every browser ends the track of a device that is gone.
      return isListed(before, id) && !isListed(available, id);
    });
    for (const source of gone) await replace(source);
    showAvailable(available);
    for (const source of captured) if (!gone.includes(source)) await takeBack(source, before);
  }

  function devicesChanged(): void {
    quietly(follow());
  }

  /** The list stays as it was; capturing tells what is wrong. */
  function quietly(work: Promise<void>): void {
    work.catch(() => undefined);
  }

  async function captureOne(source: CapturedSource, deviceId: string | null): Promise<void> {
    try {
      set(source, await askTrack(source, deviceId), null);
    } catch (error) {
      // The remembered device may be the one that fails.
      if (deviceId === null) set(source, null, mediaCause(error));
      else await captureOne(source, null);
    }
  }

  function remember(device: DeviceChange['device'], deviceId: string): void {
    const label = view.available.find((each) => each.deviceId === deviceId)?.label ?? '';
    memory.keep({ ...memory.get(), [device]: label === '' ? null : label });
  }

  return {
    get: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    capture: async () => {
      const available = await listDevices();
      const remembered = memory.get();
      const idOf = (source: CapturedSource): string | null =>
        chooseDevice(available, deviceKinds[source], remembered[source])?.deviceId ?? null;
      try {
        // Both at once: one question to the person.
        const stream = await askMedia({ camera: idOf('camera'), microphone: idOf('microphone') });
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
      showAvailable(await listDevices());
      return view;
    },
    choose: async (source, deviceId) => {
      try {
        set(source, await askTrack(source, deviceId), null);
        remember(source, deviceId);
        if (!isClosed) show({ refused: null });
        return null;
      } catch (error) {
        const cause = mediaCause(error);
        if (!isClosed) show({ refused: { source, cause } });
        return cause;
      }
    },
    chooseSpeaker: (deviceId) => {
      remember('speaker', deviceId);
      show({ speakerId: deviceId });
    },
    captureScreen: async () => {
      try {
        set('screen', await askScreen(), null);
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
      clearTimeout(told);
      media?.removeEventListener('devicechange', devicesChanged);
      listeners.clear();
    },
  };
}
