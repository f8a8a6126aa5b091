/** A track whose device the test pulls out or mutes. */
export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  readonly deviceId: string;
  enabled = true;
  muted = false;
  readyState: 'live' | 'ended' = 'live';

  constructor(kind: 'audio' | 'video', deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }

  getSettings(): MediaTrackSettings {
    const isScreen = ['window', 'monitor', 'browser'].includes(this.deviceId);
    return isScreen ? { displaySurface: this.deviceId } : { deviceId: this.deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  mute(isMuted: boolean): void {
    this.muted = isMuted;
    this.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
  }
}

class FakeStream {
  readonly #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = tracks;
  }

  getTracks = (): FakeTrack[] => this.#tracks;
  getVideoTracks = (): FakeTrack[] => this.#tracks.filter(({ kind }) => kind === 'video');
  getAudioTracks = (): FakeTrack[] => this.#tracks.filter(({ kind }) => kind === 'audio');
}

/** As the browser's `DOMException`, which in jsdom is no `Error`. */
export const mediaError = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

/** A browser with a camera and a microphone, in place of the one that jsdom lacks. Undo with `vi.unstubAllGlobals`. */
export class FakeMedia extends EventTarget {
  /** All that were ever given out. */
  readonly tracks: FakeTrack[] = [];
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Why a device cannot be had, as the browser says it. */
  fails: { camera?: Error; microphone?: Error } = {};
  devices = [
    { kind: 'videoinput', deviceId: 'front', label: 'Cámara frontal', groupId: '' },
    { kind: 'videoinput', deviceId: 'back', label: 'Cámara trasera', groupId: '' },
    { kind: 'audioinput', deviceId: 'inner', label: '', groupId: '' },
  ];

  enumerateDevices = (): Promise<object[]> => Promise.resolve(this.devices);

  getUserMedia = ({ video, audio }: MediaStreamConstraints): Promise<FakeStream> => {
    this.asked.push([video && 'camera', audio && 'microphone'].filter(Boolean).join('+'));
    const failure = (audio && this.fails.microphone) || (video && this.fails.camera);
    if (failure) return Promise.reject(failure);
    const idOf = (wanted: MediaTrackConstraints | boolean, other: string): string =>
      (typeof wanted === 'object' && (wanted.deviceId as { exact?: string } | undefined)?.exact) || other;
    const tracks = [
      ...(audio ? [new FakeTrack('audio', idOf(audio, 'inner'))] : []),
      ...(video ? [new FakeTrack('video', idOf(video, 'front'))] : []),
    ];
    this.tracks.push(...tracks);
    return Promise.resolve(new FakeStream(tracks));
  };

  /** What the person chooses in the browser's question, or was given by the host. */
  surface: 'window' | 'monitor' | 'browser' = 'window';
  getDisplayMedia = (): Promise<FakeStream> => {
    this.asked.push('screen');
    const track = new FakeTrack('video', this.surface);
    this.tracks.push(track);
    return Promise.resolve(new FakeStream([track]));
  };

  live(): FakeTrack[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live');
  }
}

export const fakeStream = (): MediaStream => new FakeStream() as unknown as MediaStream;
export const FakeMediaStream = FakeStream;
