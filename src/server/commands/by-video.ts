import type { TicketHeader } from '../../protocol/ticket.ts';

/** What a call says of itself when it is one to a video: the waiting room is not told of it, then or later. */
export const byVideo = ({ kind }: TicketHeader): { isVideo?: true } => (kind === 'virtual' ? { isVideo: true } : {});
