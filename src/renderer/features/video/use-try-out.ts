import { useEffect, useState } from 'react';
import type { Devices } from '../../../web/peer/devices.ts';
import type { DevicesView } from '../../../web/peer/devices-view.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import type { Video } from './video.ts';

/** Devices as a screen shows them, with the own picture for a media element. */
export interface TryOut {
  view: DevicesView;
  picture: MediaStream | null;
  control: Pick<Video, 'choose' | 'chooseSpeaker'>;
}

/**
 * Camera and microphone outside of a video: captured by a press (trust T25), and let go of when the screen that shows them closes
 * or a video begins.
 */
export function useTryOut(isAllowed: boolean): { used: TryOut | null; begin: () => void } {
  const { desk, video } = useDeskServices();
  const [devices, setDevices] = useState<Devices | null>(null);
  const [view, setView] = useState<DevicesView | null>(null);
  const [picture, setPicture] = useState<MediaStream | null>(null);
  const camera = view?.tracks.camera ?? null;
  useEffect(() => setPicture(camera && new MediaStream([camera])), [camera]);

  useEffect(() => {
    if (!isAllowed) setDevices(null);
  }, [isAllowed]);
  useEffect(() => {
    if (devices === null) return;
    const stop = devices.subscribe(() => setView(devices.get()));
    // A host that gives devices out only for a reason hears of it first; one that does not answer gives them, or says no itself.
    desk.call('devices.tryOut', { isOn: true }).catch(() => undefined);
    devices.capture().catch(() => undefined);
    return () => {
      stop();
      devices.close();
      setView(null);
      desk.call('devices.tryOut', { isOn: false }).catch(() => undefined);
    };
  }, [devices, desk]);

  return {
    used:
      devices && view && isAllowed
        ? {
            view,
            picture,
            control: {
              choose: (source, deviceId) => void devices.choose(source, deviceId),
              chooseSpeaker: devices.chooseSpeaker,
            },
          }
        : null,
    begin: () => setDevices(video.openTryOut()),
  };
}
