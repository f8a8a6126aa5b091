import type { Logger } from 'pino';
import { calls, type Handlers } from '../../bridge/contract.ts';
import type { SessionFact } from '../../bridge/facts.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { Language } from '../../texts/create-texts.ts';
import { createErrorWords } from '../bridge/error-body.ts';
import { createPublisher } from '../bridge/publisher.ts';
import { serveWindow } from '../bridge/serve-window.ts';
import { DeskError } from '../desk-error.ts';
import type { Desk } from './desk.ts';

interface StandInOptions {
  fact: SessionFact;
  code: ErrorCode;
  language: Language;
  log: Logger;
}

/** In the place of a desk that cannot be: says why, refuses everything, touches no file. */
export function createStandInDesk({ fact, code, language, log }: StandInOptions): Desk {
  const publisher = createPublisher();
  publisher.publish('session.changed', fact);
  const refuse = (): never => {
    throw new DeskError(code);
  };
  const handlers = Object.fromEntries(Object.keys(calls).map((name) => [name, refuse])) as unknown as Handlers;
  const errorBody = createErrorWords(() => language);
  return {
    attach: (wire) => serveWindow(wire, { handlers, publisher, errorBody, log, monotonic: () => performance.now() }),
    showLinkedTicket: () => undefined,
    machineLocked: () => undefined,
    isInVideo: () => false,
    isTryingDevices: () => false,
    language: () => language,
    stop: () => Promise.resolve(),
  };
}
