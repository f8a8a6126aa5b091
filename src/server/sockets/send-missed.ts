import type { ChangeBody } from '../../protocol/change.ts';
import type { DeskDown, Image } from '../../protocol/socket/down.ts';
import { readSnapshot } from '../queries/read-snapshot.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readChanges } from '../store/change-rows.ts';
import { readStreamBounds } from '../store/stream-rows.ts';

const BODIES_A_PART = 1_000;
const CHANGES_A_FRAME = 500;

/** Instead of rows, a ready image of the branch of this stream; null where there is none. */
type OfferImage = (stream: string) => Promise<Omit<Image, 'type'> | null>;
type Send = (frame: DeskDown) => Promise<void>;

/**
 * Sends what a desk missed of a stream: the changes after its cursor, or the whole state when it has no cursor or the log
 * does not reach back to it. Returns the `seq` at which the desk stands then; null when an image was offered in place of the
 * state, with which the desk comes back.
 */
export async function sendMissed(
  context: Pick<ServerContext, 'store' | 'clock' | 'headersKept'>,
  stream: string,
  cursor: number | undefined,
  send: Send,
  offerImage: OfferImage,
): Promise<number | null> {
  const startOver = async (): Promise<number | null> => {
    const image = await offerImage(stream);
    if (!image) return sendSnapshot(context, stream, send);
    await send({ type: 'image', ...image });
    return null;
  };
  const { first, last } = await readStreamBounds(context.store.db, stream);
  if (cursor === undefined || cursor > last || cursor + 1 < first) return startOver();
  let seq = cursor;
  while (seq < last) {
    const page = await readChanges(context.store.db, [[stream, seq]], CHANGES_A_FRAME);
    const changes = page.get(stream) ?? [];
    // The log was shortened meanwhile, or has a hole, over which no cursor would ever pass (trust B95).
    if (changes.length === 0 || changes.some((change, index) => change.seq !== seq + 1 + index)) {
      return startOver();
    }
    await send({ type: 'changes', stream, changes });
    seq = changes.at(-1)?.seq ?? seq;
  }
  return seq;
}

async function sendSnapshot(
  { store, clock, headersKept }: Pick<ServerContext, 'store' | 'clock' | 'headersKept'>,
  stream: string,
  send: Send,
): Promise<number> {
  const { seq, bodies } = await readSnapshot(store, stream, clock(), headersKept);
  const parts: ChangeBody[][] = [];
  for (let from = 0; from < bodies.length; from += BODIES_A_PART) parts.push(bodies.slice(from, from + BODIES_A_PART));
  if (parts.length === 0) parts.push([]);
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    await send({ type: 'snapshot', stream, seq, isFirst: index === 0, isLast, bodies: part });
  }
  return seq;
}
