/** Where a host keeps the key that seals what a desk writes to disk. */
export interface KeyStore {
  /** 32 bytes, the same at every start until it is forgotten; null where this host has no safe place for them. */
  key: () => Promise<Uint8Array | null>;
  /** Removes the key for good; the next one asked for is another. */
  forget: () => Promise<void>;
}
