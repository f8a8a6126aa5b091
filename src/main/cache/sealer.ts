import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** Seals JSON values for one file at rest: AES-256-GCM, a fresh IV each, bound to the place where the row belongs. */
export interface Sealer {
  seal: (place: string, value: unknown) => Buffer;
  /** @throws Error when the key is another, the row was moved or its bytes were changed */
  unseal: (place: string, sealed: Uint8Array) => unknown;
}

/** `bytes`: the key, 32 of them. The sealed form is IV (12), tag (16), ciphertext. */
export function createSealer(bytes: Uint8Array): Sealer {
  // Made once: preparing it costs more than sealing a row.
  const key = createSecretKey(bytes);
  return {
    seal: (place, value) => {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]);
    },
    unseal: (place, sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_LENGTH))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(IV_LENGTH, IV_LENGTH + TAG_LENGTH));
      const text = Buffer.concat([decipher.update(sealed.subarray(IV_LENGTH + TAG_LENGTH)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as unknown;
    },
  };
}
