import { LogController, type FastifyRequest } from 'fastify';
import { isAskerGone } from '../routes/asker-gone.ts';

/** Requests have lines of our own (`limitAndObserve`, `handleErrors`); an answer that breaks off after its head has this one. */
export class AnswerLog extends LogController {
  constructor() {
    super({ disableRequestLogging: true });
  }

  override streamError(error: Error, request: FastifyRequest): void {
    const told = { error, requestId: request.id, route: request.routeOptions.url };
    if (isAskerGone(error, request)) request.log.info(told, 'the asker went away');
    else request.log.error(told, 'an answer broke off');
  }
}
