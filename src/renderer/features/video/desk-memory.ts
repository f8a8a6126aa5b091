import { nothingRemembered, type DeviceMemory } from '../../../web/peer/device-memory.ts';
import type { DeskClient } from '../../bridge/desk-client.ts';
import type { DeskStore } from '../../stores/create-desk-store.ts';

/** Names of the chosen devices, with the other preferences of this desk. They never leave it. */
export function deskMemory(desk: DeskClient, store: DeskStore): DeviceMemory {
  return {
    get: () => store.getState().preferences?.devices ?? nothingRemembered,
    keep: (devices) => {
      const { preferences } = store.getState();
      // Not kept: the device is used all the same.
      if (preferences) desk.call('preferences.set', { ...preferences, devices }).catch(() => undefined);
    },
  };
}
