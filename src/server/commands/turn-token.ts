import { createHmac } from 'node:crypto';

/**
 * The token of a turn's link, made from the ticket and from what the device that issued it alone knows: the same request
 * repeated gives the same link, though the database keeps only hashes of either.
 */
export const turnToken = (deviceToken: string, ticketId: string): string =>
  createHmac('sha256', deviceToken).update(`turn ${ticketId}`).digest('base64url');
