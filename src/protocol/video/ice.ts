import { z } from 'zod';
import { Instant } from '../instant.ts';

/** How the two browsers of a call may reach each other (RFC 8825). */
export const Ice = z.object({
  /** `relay`: only through the TURN servers, so that neither side learns the other's address (trust T4). */
  policy: z.enum(['all', 'relay']),
  servers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /** Of the credentials; others come before. Null where there are none. */
  expiresAt: Instant.nullable(),
});
export type Ice = z.infer<typeof Ice>;
