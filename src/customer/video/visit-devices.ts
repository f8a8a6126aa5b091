import type { Devices } from '../../web/peer/devices.ts';
import { OWN_SOURCES, type OwnSource } from './visit-state.ts';
import { noDevices } from '../../web/peer/devices-view.ts';
import type { VisitStore } from './visit-store.ts';

interface Options {
  store: VisitStore;
  openDevices: () => Devices;
  /** The calls of now get the tracks of now. */
  sendTracks: () => void;
  sendOn: (source: OwnSource, isOn: boolean) => void;
  /** What can be seen or heard of the guest is another. */
  changed: () => void;
}

/** Camera and microphone of a visit: asked for once the guest is in, and let go at its end (trust T25). */
export function createVisitDevices({ store, openDevices, sendTracks, sendOn, changed }: Options) {
  const { show } = store;
  let devices: Devices | null = null;

  const hearMicrophone = (): void => {
    const { devices: seen, isMicrophoneMuted: before } = store.get();
    const isMicrophoneMuted = seen.tracks.microphone?.muted ?? false;
    if (isMicrophoneMuted === before) return;
    show({ isMicrophoneMuted });
    changed();
  };

  const follow = (opened: Devices): void => {
    const { devices: seen, isWanted } = store.get();
    const before = seen.tracks.microphone;
    const view = opened.get();
    const { microphone } = view.tracks;
    for (const source of OWN_SOURCES) {
      const track = view.tracks[source];
      if (track) track.enabled = isWanted[source];
    }
    if (before !== microphone) {
      for (const change of ['mute', 'unmute']) {
        before?.removeEventListener(change, hearMicrophone);
        microphone?.addEventListener(change, hearMicrophone);
      }
    }
    show({ devices: view });
    hearMicrophone();
    sendTracks();
    changed();
  };

  const capture = async (): Promise<void> => {
    const asked = devices;
    if (asked === null || store.get().isAsking) return;
    show({ isAsking: true });
    await asked.capture();
    if (devices !== asked) return;
    show({ isAsking: false });
    changed();
  };

  return {
    open: (): void => {
      const own = openDevices();
      devices = own;
      own.subscribe(() => devices === own && follow(own));
      void capture();
    },
    close: (): void => {
      devices?.close();
      devices = null;
      show({ devices: noDevices, isAsking: false });
    },
    capture,
    choose: (source: OwnSource, deviceId: string): void => void devices?.choose(source, deviceId),
    chooseSpeaker: (speakerId: string): void => devices?.chooseSpeaker(speakerId),
    turn: (source: OwnSource, isOn: boolean): void => {
      const { devices: seen, isWanted } = store.get();
      const track = seen.tracks[source];
      if (track) track.enabled = isOn;
      sendOn(source, isOn);
      show({ isWanted: { ...isWanted, [source]: isOn } });
    },
  };
}
