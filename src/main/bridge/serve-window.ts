import type { Logger } from 'pino';
import { calls, type CallName, type Handlers } from '../../bridge/contract.ts';
import { UpFrame, type DownFrame, type Wire } from '../../bridge/frame.ts';
import { DeskError } from '../desk-error.ts';
import { createCallLimit } from './call-limit.ts';
import type { ErrorWords } from './error-body.ts';
import type { Publisher } from './publisher.ts';

const LIMIT = { burst: 60, perSecond: 30 };
/** Parts of a file come one after the other, each when the one before it has its answer: as fast as the line is. */
const LIMITS: Partial<Record<CallName, typeof LIMIT>> = { 'files.chunk': { burst: 1_000, perSecond: 1_000 } };

interface ServeOptions {
  handlers: Handlers;
  publisher: Publisher;
  errorBody: ErrorWords;
  log: Logger;
  monotonic: () => number;
}

/**
 * The one door between a window and the desk: every frame is parsed, every call looked up by its own name only, its input
 * parsed, its rate held, its failure put into words. What is no frame of ours is dropped.
 */
export function serveWindow(wire: Wire<DownFrame, unknown>, options: ServeOptions): () => void {
  const { handlers, publisher, errorBody, log, monotonic } = options;
  const limits = new Map<CallName, ReturnType<typeof createCallLimit>>();
  let isAttached = true;

  const allows = (name: CallName): boolean => {
    const limit = limits.get(name) ?? createCallLimit(LIMITS[name] ?? LIMIT, monotonic);
    limits.set(name, limit);
    return limit.allows();
  };

  const answer = async ({ name, input }: UpFrame): Promise<unknown> => {
    if (!isCallName(name)) throw new DeskError('NOT_FOUND', { field: 'name' });
    if (!allows(name)) throw new DeskError('TOO_MANY_REQUESTS');
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.');
      throw new DeskError('BAD_REQUEST', field === undefined || field === '' ? {} : { field });
    }
    const handle = handlers[name] as (input: unknown) => unknown;
    return await handle(parsed.data);
  };

  const post = (frame: DownFrame): void => {
    if (isAttached) wire.post(frame);
  };

  const take = async (frame: unknown): Promise<void> => {
    const parsed = UpFrame.safeParse(frame);
    if (!parsed.success) {
      log.warn('a frame that is none of ours');
      return;
    }
    const { id, name } = parsed.data;
    try {
      const output = await answer(parsed.data);
      publisher.flush();
      post({ t: 'answer', id, output });
    } catch (error) {
      const body = errorBody(error);
      if (body.code === 'INTERNAL') log.error({ err: error, name, requestId: body.requestId }, 'a call failed');
      post({ t: 'failure', id, error: body });
    }
  };

  const stopListening = wire.listen((frame) => void take(frame));
  const detach = publisher.attach(post);
  return () => {
    isAttached = false;
    stopListening();
    detach();
  };
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}
