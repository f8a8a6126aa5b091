import type { TicketId } from '../../../protocol/ids.ts';
import type { Devices } from '../../../web/peer/devices.ts';
import type { DeskClient } from '../../bridge/desk-client.ts';

/** What was called is in hand within this time, or went elsewhere at once. */
const ARRIVES_MS = 10_000;

interface Options {
  createDevices: () => Devices;
  /** Whether the video that is open has these: they are no longer ours to let go. */
  isInUse: (devices: Devices) => boolean;
}

/** Devices that are captured at the press that calls, before the server has answered: a refused call lets them go. */
export interface PreparedDevices {
  /** `called` resolves with whether the ticket is called now. */
  prepare: (ticketId: TicketId, called: Promise<boolean>) => void;
  /** Those of this ticket; those of another are let go. Null where there are none. */
  take: (ticketId: TicketId) => Devices | null;
  drop: () => void;
}

export function createPreparedDevices(desk: DeskClient, { createDevices, isInUse }: Options): PreparedDevices {
  let prepared: { ticketId: TicketId; devices: Devices } | null = null;

  const drop = (): void => {
    prepared?.devices.close();
    prepared = null;
  };

  return {
    prepare: (ticketId, called) => {
      if (prepared) return;
      const devices = createDevices();
      const own = { ticketId, devices };
      prepared = own;
      const dropOwn = (): void => {
        if (prepared === own) drop();
      };
      const capture = async (): Promise<void> => {
        // A host that gives devices out in a video alone hears of it first.
        const isHeard = await desk.call('video.prepare', { ticketId }).then(
          () => true,
          () => false,
        );
        // The video that has them by now was told of too.
        if (isInUse(devices)) await devices.capture();
        else if (!isHeard) dropOwn();
        else if (prepared === own) await devices.capture();
      };
      // What the devices refuse stands in their view.
      capture().catch(() => undefined);
      called.then((isCalled) => (isCalled ? setTimeout(dropOwn, ARRIVES_MS) : dropOwn()), dropOwn);
    },
    take: (ticketId) => {
      if (prepared?.ticketId !== ticketId) drop();
      const devices = prepared?.devices ?? null;
      prepared = null;
      return devices;
    },
    drop,
  };
}
