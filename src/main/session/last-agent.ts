import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { SignedIn } from '../../protocol/http/desk-api.ts';
import { BranchId, ModuleId } from '../../protocol/ids.ts';

/** What a desk keeps, sealed, of an agent who worked at it: enough to come back without the line. */
export const LastAgent = z.object({
  /** argon2id of the password. */
  verifier: z.string(),
  /** With the end of the session, after which nobody comes back with it. */
  signedIn: SignedIn.omit({ device: true }),
  /** Null until the agent sat down. */
  seat: z.object({ branchId: BranchId, moduleId: ModuleId }).nullable(),
});
export type LastAgent = z.infer<typeof LastAgent>;

// As the server's own: 19 MiB, two passes (OWASP's password storage cheat sheet).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function makeVerifier(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

export function isPasswordOf(agent: LastAgent, password: string): Promise<boolean> {
  return verify(agent.verifier, password.normalize('NFC'));
}

export function isEmailOf(agent: LastAgent, email: string): boolean {
  return agent.signedIn.agent.email.toLowerCase() === email.trim().toLowerCase();
}
