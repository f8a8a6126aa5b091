import type { HopTurn, RenewTurn } from '../../protocol/http/turn-api.ts';
import { askServer } from '../video/ask-server.ts';

/** Why the customer does not go on elsewhere; what is to be said of it depends on what was asked for. */
export type TurnFailure =
  | 'called' // the turn was called or is over, or there is none to be had
  | 'used' // another browser is in
  | 'blocked' // it was reported
  | 'tooMany' // too much was asked in a minute
  | 'often' // the turn has passed over too often
  | 'invalid' // the link is none, or none any more
  | 'unavailable' // the server answered, and could not
  | 'failed'; // nothing came back

/** A renewal passes over nothing. */
export const renewalFailure = (failure: TurnFailure): Exclude<TurnFailure, 'often'> =>
  failure === 'often' ? 'unavailable' : failure;

export type AskedPage = { url: string } | { failure: TurnFailure };

const FAILURES: Record<string, TurnFailure> = {
  WRONG_STATE: 'called',
  LINK_USED: 'used',
  GUEST_BLOCKED: 'blocked',
  TOO_MANY_REQUESTS: 'tooMany',
  TOO_MANY_HOPS: 'often',
  LINK_INVALID: 'invalid',
  NOT_FOUND: 'invalid',
  TIMEOUT: 'failed',
};

/** Passes a turn to the video, or back to the counter. */
export const hopTurn = (fetchFrom: typeof fetch, input: HopTurn): Promise<AskedPage> =>
  askForPage(fetchFrom, '/v1/turns/hops', input);

/** Another turn in the place of one that is over. */
export const renewTurn = (fetchFrom: typeof fetch, input: RenewTurn): Promise<AskedPage> =>
  askForPage(fetchFrom, '/v1/turns/renewals', input);

/** Asks the server on which page this customer goes on. Never throws. */
export async function askForPage(fetchFrom: typeof fetch, path: string, json: object): Promise<AskedPage> {
  const { status, body } = await askServer(fetchFrom, { method: 'POST', path, json });
  const url = body?.['url'];
  if (status >= 200 && status < 300 && typeof url === 'string') return { url };
  const code = body?.['code'];
  // Without a code it was no answer of our server's.
  return { failure: typeof code === 'string' ? (FAILURES[code] ?? 'unavailable') : 'failed' };
}
