export interface DeviceTokenPlaces {
  /** `#token=…` of the address that pairs this browser. */
  hash: string;
  /** Throws where the browser has been told to store nothing. */
  storage: () => Pick<Storage, 'getItem' | 'setItem'>;
  /** Takes the fragment out of the address and of the history. */
  clearHash: () => void;
}

/** The token of this kiosk: from the pairing address, else from an earlier pairing of this browser; null when unpaired. */
export function deviceToken(branch: string, { hash, storage, clearHash }: DeviceTokenPlaces): string | null {
  const key = `ventanilla.kiosk.${branch}.token`;
  const given = new URLSearchParams(hash.slice(1)).get('token');
  if (given) {
    clearHash();
    try {
      storage().setItem(key, given);
    } catch {
      // A browser without storage stays paired until it is closed.
    }
    return given;
  }
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}
