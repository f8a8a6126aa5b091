import { createHash, randomBytes } from 'node:crypto';

/** 256 bits of chance, in base64url. Whoever shows it later is known by its hash; the secret itself is not kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
