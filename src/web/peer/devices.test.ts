import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Device } from './choose-device.ts';
import type { DeviceMemory, RememberedDevices } from './device-memory.ts';
import { createDevices } from './devices.ts';

class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  enabled = true;
  contentHint = '';
  readonly kind: string;
  readonly label: string;

  constructor(kind: string, label: string) {
    super();
    this.kind = kind;
    this.label = label;
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.label };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  unplug(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

/** The browser's devices, with what each kind answers. */
class FakeMedia extends EventTarget {
  devices: Device[] = [
    { deviceId: 'c1', kind: 'videoinput', label: 'Webcam', groupId: '' },
    { deviceId: 'c2', kind: 'videoinput', label: 'Document camera', groupId: '' },
    { deviceId: 'm1', kind: 'audioinput', label: 'Headset', groupId: '' },
  ];
  readonly errors: { video?: string; audio?: string; display?: string } = {};
  /** Ids that cannot be had now. */
  readonly broken = new Set<string>();
  readonly asked: string[] = [];
  readonly tracks: FakeTrack[] = [];
  readonly enumerateDevices = async (): Promise<Device[]> => this.devices;

  readonly getUserMedia = async (asked: MediaStreamConstraints) => {
    this.asked.push(Object.keys(asked).toSorted().join('+'));
    const kinds = (['video', 'audio'] as const).filter((kind) => kind in asked);
    // All or nothing, as browsers do.
    const labels = kinds.map((kind) => this.#labelFor(kind, asked[kind]));
    return streamOf(kinds.map((kind, index) => this.#made(kind, labels[index] ?? '')));
  };

  readonly getDisplayMedia = async () => {
    if (this.errors.display) throw new DOMException('', this.errors.display);
    return streamOf([this.#made('video', 'screen')]);
  };

  #labelFor(kind: 'video' | 'audio', asked: MediaStreamConstraints['video']): string {
    const error = this.errors[kind];
    if (error) throw new DOMException('', error);
    const id = (asked as MediaTrackConstraints).deviceId as { exact: string } | undefined;
    if (id && this.broken.has(id.exact)) throw new DOMException('', 'NotReadableError');
    return id?.exact ?? 'default';
  }

  #made(kind: string, label: string): FakeTrack {
    const track = new FakeTrack(kind, label);
    this.tracks.push(track);
    return track;
  }
}

function streamOf(tracks: FakeTrack[]) {
  const ofKind = (kind: string) => tracks.filter((track) => track.kind === kind);
  return { getTracks: () => tracks, getVideoTracks: () => ofKind('video'), getAudioTracks: () => ofKind('audio') };
}

let media: FakeMedia;

beforeEach(() => {
  media = new FakeMedia();
  vi.stubGlobal('navigator', { mediaDevices: media });
  vi.stubGlobal('isSecureContext', true);
});
afterEach(() => vi.unstubAllGlobals());

/** Remembers as a browser's storage does, from one visit to the next. */
function memoryOf(names: Partial<RememberedDevices>): DeviceMemory & { kept: RememberedDevices } {
  return {
    kept: { camera: null, microphone: null, speaker: null, ...names },
    get() {
      return this.kept;
    },
    keep(devices) {
      this.kept = devices;
    },
  };
}
const live = (): string[] => media.tracks.filter(({ readyState }) => readyState === 'live').map(({ label }) => label);

test('[T25] [S2-43] nothing is captured before it is asked for; then both at once, those that were remembered', async () => {
  const devices = createDevices(memoryOf({ camera: 'Document camera', microphone: 'Gone' }));
  expect(media.asked).toEqual([]);
  const view = await devices.capture();
  expect(media.asked).toEqual(['audio+video']);
  expect(view.tracks).toMatchObject({ camera: { label: 'c2' }, microphone: { label: 'default' }, screen: null });
  expect(view.available).toEqual(media.devices);
});

test.each([
  ['video', 'NotReadableError', { camera: 'inUse', microphone: null }, ['default']],
  ['audio', 'NotFoundError', { camera: null, microphone: 'none' }, ['default']],
] as const)('[B73] without %s (%s) the other is there', async (kind, error, causes, left) => {
  media.errors[kind] = error;
  const view = await createDevices().capture();
  expect(view.causes).toMatchObject(causes);
  expect(live()).toEqual(left);
});

test('[B73] with neither, each has its cause; a question that was closed is not asked again', async () => {
  media.errors.video = 'NotFoundError';
  media.errors.audio = 'NotAllowedError';
  expect((await createDevices().capture()).causes).toMatchObject({ camera: 'none', microphone: 'blocked' });
  expect(media.asked).toEqual(['audio+video', 'audio', 'video']);
  media.asked.length = 0;
  media.errors.video = 'PermissionDismissedError';
  expect((await createDevices().capture()).causes).toMatchObject({ camera: 'dismissed', microphone: 'dismissed' });
  expect(media.asked).toEqual(['audio+video']);
});

test('[B73] without https it says so', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('isSecureContext', false);
  const devices = createDevices();
  expect((await devices.capture()).causes).toMatchObject({ camera: 'insecure', microphone: 'insecure' });
  expect(await devices.captureScreen()).toBe('insecure');
  devices.close();
});

test('[S2-43] a remembered device that another program has gives way to another', async () => {
  media.broken.add('c1');
  const view = await createDevices(memoryOf({ camera: 'Webcam' })).capture();
  expect(view).toMatchObject({ tracks: { camera: { label: 'default' } }, causes: { camera: null } });
});

test('[S2-43] choosing another device keeps it muted and stops the old one; one that cannot be had changes nothing', async () => {
  const devices = createDevices();
  const { tracks } = await devices.capture();
  if (tracks.camera === null) throw new Error('No camera');
  tracks.camera.enabled = false;
  expect(await devices.choose('camera', 'c2')).toBeNull();
  expect(devices.get().tracks.camera).toMatchObject({ label: 'c2', enabled: false });
  expect(live()).toEqual(['default', 'c2']);
  media.broken.add('c1');
  expect(await devices.choose('camera', 'c1')).toBe('inUse');
  expect(devices.get().tracks.camera).toMatchObject({ label: 'c2', readyState: 'live' });
});

test('[S2-43] [B73] devices that come and go are seen, and a track whose device is gone says so', async () => {
  const devices = createDevices();
  await devices.capture();
  media.devices = media.devices.slice(0, 1);
  const changed = new Promise<void>((resolve) => {
    devices.subscribe(() => resolve());
  });
  media.dispatchEvent(new Event('devicechange'));
  await changed;
  expect(devices.get().available).toHaveLength(1);
  media.tracks.find(({ kind }) => kind === 'audio')?.unplug();
  await told(devices);
  expect(devices.get()).toMatchObject({
    tracks: { microphone: null },
    causes: { microphone: 'unplugged', camera: null },
    change: { type: 'gone', device: 'microphone', used: null },
  });
});

/** Until the devices tell that one went or came back. */
function told(devices: ReturnType<typeof createDevices>): Promise<void> {
  return new Promise((resolve) => {
    devices.subscribe(() => devices.get().change && resolve());
  });
}

const usb: Device = { deviceId: 'u1', kind: 'videoinput', label: 'USB camera', groupId: '' };
function plug(devices: Device[]): void {
  media.devices = devices;
  media.dispatchEvent(new Event('devicechange'));
}

test('[S2-43] [B73] a chosen camera that goes is replaced in words, muted as it was, and used again once it is back', async () => {
  const before = media.devices;
  const memory = memoryOf({});
  media.devices = [usb, ...before];
  const devices = createDevices(memory);
  await devices.capture();
  await devices.choose('camera', 'u1');
  expect(memory.kept).toEqual({ camera: 'USB camera', microphone: null, speaker: null });
  const { camera } = devices.get().tracks;
  if (camera === null) throw new Error('No camera');
  camera.enabled = false;
  const gone = told(devices);
  media.devices = before;
  media.tracks.at(-1)?.unplug();
  await gone;
  expect(devices.get()).toMatchObject({
    tracks: { camera: { label: 'default', enabled: false } },
    causes: { camera: null },
    change: { type: 'gone', device: 'camera', label: 'USB camera', used: 'default' },
  });
  const back = new Promise<void>((resolve) => {
    devices.subscribe(() => devices.get().change?.type === 'back' && resolve());
  });
  plug([...before, usb]);
  await back;
  expect(devices.get()).toMatchObject({
    tracks: { camera: { label: 'u1', enabled: false } },
    change: { type: 'back', label: 'USB camera' },
  });
  expect(live()).toEqual(['default', 'u1']);
  devices.close();
});

test('[S2-43] a device that nobody chose changes nothing when it is plugged in', async () => {
  const devices = createDevices();
  await devices.capture();
  const listed = new Promise<void>((resolve) => {
    devices.subscribe(() => devices.get().available.length === 4 && resolve());
  });
  plug([...media.devices, usb]);
  await listed;
  expect(live()).toEqual(['default', 'default']);
  expect(devices.get().change).toBeNull();
});

test('[S2-43] the only microphone, unplugged and plugged in again, goes on', async () => {
  const before = media.devices;
  const devices = createDevices();
  await devices.capture();
  const gone = told(devices);
  plug(before.slice(0, 2));
  media.tracks.find(({ kind }) => kind === 'audio')?.unplug();
  await gone;
  expect(devices.get().causes.microphone).toBe('unplugged');
  const back = new Promise<void>((resolve) => {
    devices.subscribe(() => devices.get().change?.type === 'back' && resolve());
  });
  plug(before);
  await back;
  expect(devices.get()).toMatchObject({ tracks: { microphone: { label: 'm1' } }, causes: { microphone: null } });
  devices.close();
});

test('[T25] with the permission taken away in a call nothing is asked for in its place, and the cause is told', async () => {
  const devices = createDevices();
  await devices.capture();
  media.errors.audio = 'NotAllowedError';
  const gone = told(devices);
  media.tracks.find(({ kind }) => kind === 'audio')?.unplug();
  await gone;
  expect(devices.get()).toMatchObject({ tracks: { microphone: null }, causes: { microphone: 'blocked' } });
  devices.close();
});

test('[S2-43] the chosen speaker is remembered by its name, gives way to that of the machine while it is gone, and is used again', async () => {
  const speaker: Device = { deviceId: 's1', kind: 'audiooutput', label: 'Headset (1234:abcd)', groupId: '' };
  const before = media.devices;
  media.devices = [...before, speaker];
  const memory = memoryOf({});
  const devices = createDevices(memory);
  await devices.capture();
  expect(devices.get().speakerId).toBe('');
  devices.chooseSpeaker('s1');
  expect([devices.get().speakerId, memory.kept.speaker]).toEqual(['s1', 'Headset (1234:abcd)']);
  const gone = told(devices);
  plug(before);
  await gone;
  expect(devices.get()).toMatchObject({ speakerId: '', change: { type: 'gone', device: 'speaker', used: null } });
  const back = new Promise<void>((resolve) => {
    devices.subscribe(() => devices.get().change?.type === 'back' && resolve());
  });
  // In another socket it has another id.
  plug([...before, { ...speaker, deviceId: 's9' }]);
  await back;
  expect(devices.get().speakerId).toBe('s9');
  devices.chooseSpeaker('');
  expect(memory.kept.speaker).toBeNull();
  devices.close();
});

test('[S2-43] what cannot be had is told until another choice is', async () => {
  const devices = createDevices();
  await devices.capture();
  media.broken.add('c2');
  await devices.choose('camera', 'c2');
  expect(devices.get().refused).toEqual({ source: 'camera', cause: 'inUse' });
  await devices.choose('camera', 'c1');
  expect(devices.get().refused).toBeNull();
});

test("[S2-42] the screen ends with the browser's own button too; a refusal leaves the rest as it was", async () => {
  const devices = createDevices();
  await devices.capture();
  expect(await devices.captureScreen()).toBeNull();
  expect(devices.get().tracks.screen).toMatchObject({ contentHint: 'detail' });
  media.tracks.at(-1)?.unplug();
  expect(devices.get()).toMatchObject({ tracks: { screen: null }, causes: { screen: null } });
  media.errors.display = 'NotAllowedError';
  expect(await devices.captureScreen()).toBe('blocked');
  expect(live()).toEqual(['default', 'default']);
});

test('[T25] closing stops every track, also one that comes too late', async () => {
  const devices = createDevices();
  await devices.capture();
  await devices.captureScreen();
  const late = devices.choose('camera', 'c2');
  devices.close();
  await late;
  expect(media.tracks).toHaveLength(4);
  expect(live()).toEqual([]);
});
