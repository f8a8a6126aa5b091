import { hash, verify } from '@node-rs/argon2';
import { newSecret } from './secrets.ts';

// argon2id is the library's default; OWASP's cost for it: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), COST);

let stranger: Promise<string> | null = null;

/** Whether the password is the one of this hash. Takes the same time for nobody (`null`), who has none (trust T27). */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  stranger ??= hashPassword(newSecret());
  const isRight = await verify(passwordHash ?? (await stranger), password.normalize('NFC'));
  return isRight && passwordHash !== null;
}
