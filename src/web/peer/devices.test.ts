import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Device } from './choose-device.ts';
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

const none = { camera: null, microphone: null };
const live = (): string[] => media.tracks.filter(({ readyState }) => readyState === 'live').map(({ label }) => label);

test('[T25] [S2-43] nothing is captured before it is asked for; then both at once, those that were remembered', async () => {
  const devices = createDevices();
  expect(media.asked).toEqual([]);
  const view = await devices.capture({ camera: 'Document camera', microphone: 'Gone' });
  expect(media.asked).toEqual(['audio+video']);
  expect(view.tracks).toMatchObject({ camera: { label: 'c2' }, microphone: { label: 'default' }, screen: null });
  expect(view.available).toEqual(media.devices);
});

test.each([
  ['video', 'NotReadableError', { camera: 'inUse', microphone: null }, ['default']],
  ['audio', 'NotFoundError', { camera: null, microphone: 'none' }, ['default']],
] as const)('[B73] without %s (%s) the other is there', async (kind, error, causes, left) => {
  media.errors[kind] = error;
  const view = await createDevices().capture(none);
  expect(view.causes).toMatchObject(causes);
  expect(live()).toEqual(left);
});

test('[B73] with neither, each has its cause; a question that was closed is not asked again', async () => {
  media.errors.video = 'NotFoundError';
  media.errors.audio = 'NotAllowedError';
  expect((await createDevices().capture(none)).causes).toMatchObject({ camera: 'none', microphone: 'blocked' });
  expect(media.asked).toEqual(['audio+video', 'audio', 'video']);
  media.asked.length = 0;
  media.errors.video = 'PermissionDismissedError';
  expect((await createDevices().capture(none)).causes).toMatchObject({ camera: 'dismissed', microphone: 'dismissed' });
  expect(media.asked).toEqual(['audio+video']);
});

test('[B73] without https it says so', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('isSecureContext', false);
  const devices = createDevices();
  expect((await devices.capture(none)).causes).toMatchObject({ camera: 'insecure', microphone: 'insecure' });
  expect(await devices.captureScreen()).toBe('insecure');
  devices.close();
});

test('[S2-43] a remembered device that another program has gives way to another', async () => {
  media.broken.add('c1');
  const view = await createDevices().capture({ camera: 'Webcam', microphone: null });
  expect(view).toMatchObject({ tracks: { camera: { label: 'default' } }, causes: { camera: null } });
});

test('[S2-43] choosing another device keeps it muted and stops the old one; one that cannot be had changes nothing', async () => {
  const devices = createDevices();
  const { tracks } = await devices.capture(none);
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
  await devices.capture(none);
  media.devices = media.devices.slice(0, 1);
  const changed = new Promise<void>((resolve) => {
    devices.subscribe(() => resolve());
  });
  media.dispatchEvent(new Event('devicechange'));
  await changed;
  expect(devices.get().available).toHaveLength(1);
  media.tracks.find(({ kind }) => kind === 'audio')?.unplug();
  expect(devices.get()).toMatchObject({
    tracks: { microphone: null },
    causes: { microphone: 'unplugged', camera: null },
  });
});

test("[S2-42] the screen ends with the browser's own button too; a refusal leaves the rest as it was", async () => {
  const devices = createDevices();
  await devices.capture(none);
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
  await devices.capture(none);
  await devices.captureScreen();
  const late = devices.choose('camera', 'c2');
  devices.close();
  await late;
  expect(media.tracks).toHaveLength(4);
  expect(live()).toEqual([]);
});
