import type { FastifyRequest } from 'fastify';

/**
 * Whether what went wrong is that the asker's own connection was closed before all was said: the very error of its request, or an
 * answer that has nobody to go to. A connection of ours that broke, to the database or elsewhere, is another error.
 */
export const isAskerGone = (error: Error & { code?: string }, { raw }: Pick<FastifyRequest, 'raw'>): boolean =>
  raw.errored === error || (error.code === 'ERR_STREAM_PREMATURE_CLOSE' && raw.socket.destroyed);
