import type { Ice } from '../../protocol/video/ice.ts';
import type { ServerContext } from '../start/server-context.ts';
import { makeIce } from './make-ice.ts';

/** Gives a side of a call what it needs to reach the other, now and always before it expires (trust B76). Returns how to stop. */
export function keepIce(
  { turn, clock }: Pick<ServerContext, 'turn' | 'clock'>,
  user: string,
  give: (ice: Ice) => void,
): () => void {
  const tell = (): void => give(makeIce(turn, user, clock()));
  tell();
  if (!turn) return () => undefined;
  const timer = setInterval(tell, turn.lifetimeMs / 2);
  return () => clearInterval(timer);
}
