/** Names of the devices to use if they are there, as the browser tells them; null for its own choice. Ids change, names do not. */
export type RememberedDevices = { camera: string | null; microphone: string | null; speaker: string | null };

/** Where the names are kept: on this machine, nowhere else. */
export type DeviceMemory = { get: () => RememberedDevices; keep: (devices: RememberedDevices) => void };

export const nothingRemembered: RememberedDevices = { camera: null, microphone: null, speaker: null };

/** Remembers for as long as it lives. */
export function shortMemory(): DeviceMemory {
  let kept = nothingRemembered;
  return {
    get: () => kept,
    keep: (devices) => {
      kept = devices;
    },
  };
}

const KEY = 'ventanilla.devices';

/** In the browser's own storage, read and written anew each time; where it keeps nothing, nothing is remembered. */
export function browserMemory(storage: () => Storage): DeviceMemory {
  const nameOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    get: () => {
      try {
        const kept = JSON.parse(storage().getItem(KEY) ?? '{}') as Partial<Record<string, unknown>>;
        const { camera, microphone, speaker } = kept;
        return { camera: nameOf(camera), microphone: nameOf(microphone), speaker: nameOf(speaker) };
      } catch {
        return nothingRemembered;
      }
    },
    keep: (devices) => {
      try {
        storage().setItem(KEY, JSON.stringify(devices));
      } catch {
        // Private windows and full disks: this visit goes on with what was chosen.
      }
    },
  };
}
