import type { CallPhase } from '../../../domain/call/call.ts';
import type { Signal } from '../../../protocol/video/signal.ts';
import type { CallView } from '../call-view.ts';
import type { PeerCall } from '../peer-call.ts';

/** A call whose other side is the test. */
export class FakeCall implements PeerCall {
  readonly send: (signal: Signal) => void;
  /** That of a new connection. */
  readonly configuration: () => RTCConfiguration;
  readonly isLineWeak: boolean;
  /** Those that came while it was open. */
  readonly configurations: RTCConfiguration[] = [];
  /** What was done with it, in order. */
  readonly told: string[] = [];
  readonly tracks: Partial<Record<string, MediaStreamTrack | null>> = {};
  readonly received: Signal[] = [];
  readonly #listeners = new Set<() => void>();
  #view: CallView = {
    phase: { name: 'waiting', since: 0 },
    session: 0,
    isPeerHere: false,
    isLineUp: true,
    remote: { camera: null, microphone: null, screen: null },
    isRemoteOn: { camera: false, microphone: false, screen: false },
    isRefused: { camera: false, microphone: false, screen: false },
    isDeclined: { camera: false, microphone: false, screen: false },
    screenAnswer: null,
    isOn: { camera: false, microphone: false, screen: false },
    isSaving: false,
    quality: null,
    stats: null,
    relay: 'none',
    isHard: false,
    linkCause: null,
  };

  constructor(send: (signal: Signal) => void, configuration: () => RTCConfiguration, isLineWeak = false) {
    this.send = send;
    this.configuration = configuration;
    this.isLineWeak = isLineWeak;
  }

  get = (): CallView => this.#view;
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(change: Partial<CallView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }

  phase(phase: { name: CallPhase['name']; cause?: string }): void {
    this.show({ phase: { since: 0, ...phase } as CallPhase });
  }

  start = (): void => {
    this.told.push('start');
    this.phase({ name: 'ringing' });
  };
  peerCame = (): void => void this.told.push('peerCame');
  peerLeft = (): void => void this.told.push('peerLeft');
  receive = (signal: Signal): void => void this.received.push(signal);
  setTrack: PeerCall['setTrack'] = (source, track) => {
    this.tracks[source] = track;
  };
  setOn: PeerCall['setOn'] = (source, isOn) => void this.told.push(`${source} ${isOn ? 'on' : 'off'}`);
  accept: PeerCall['accept'] = (source) => void this.told.push(`accept ${source}`);
  decline: PeerCall['decline'] = (source) => void this.told.push(`decline ${source}`);
  lineUp = (isUp: boolean): void => {
    this.told.push(isUp ? 'line up' : 'line down');
    this.show({ isLineUp: isUp });
  };
  setConfiguration = (next: RTCConfiguration): void => void this.configurations.push(next);
  end = (cause: string): void => void this.told.push(`end ${cause}`);
  close = (): void => {
    this.told.push('close');
    this.#listeners.clear();
  };
}
