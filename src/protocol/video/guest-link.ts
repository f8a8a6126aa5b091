import { z } from 'zod';
import { GuestLinkId } from '../ids.ts';
import { Instant } from '../instant.ts';

/** 256 bits in base64url: the fragment of a guest's link. */
export const GuestToken = z.string().regex(/^[\w-]{43}$/);

/**
 * POST /v1/desk/tickets/:ticket/guest-links (S2-44, trust T1). `url` carries the token in its fragment and is told this once; the
 * link dies at `expiresAt` unless somebody has entered by then, and with the ticket's end.
 */
export const GuestLink = z.object({ id: GuestLinkId, url: z.string(), expiresAt: Instant });
export type GuestLink = z.infer<typeof GuestLink>;

/** `isReplacing`: whoever came in by the link before is to be out; without it that is refused with LINK_USED. */
export const InviteGuest = z.strictObject({ isReplacing: z.boolean().default(false) });
export type InviteGuest = z.infer<typeof InviteGuest>;

/** POST /v1/guest/entries: somebody pressed "Entrar" on the page of a link. */
export const EnterVideo = z.strictObject({ token: z.string().max(100) });
export type EnterVideo = z.infer<typeof EnterVideo>;

/** POST /v1/guest/invitations, with the token of a turn's page. */
export const GuestInvitation = z.object({ url: z.string() });
export type GuestInvitation = z.infer<typeof GuestInvitation>;
