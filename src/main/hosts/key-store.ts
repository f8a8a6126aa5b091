/** Where a host keeps the key that seals what a desk writes to disk. */
export interface KeyStore {
  /** 32 bytes, the same at every start; null where this host has no safe place for them. */
  key: () => Promise<Uint8Array | null>;
}
