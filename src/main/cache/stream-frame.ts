import { z } from 'zod';
import { ChangeBody, StreamName } from '../../protocol/change.ts';

/** The frames that move a stream, their bodies not yet judged one by one. */
export const StreamFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('changes'),
    stream: StreamName,
    changes: z.array(z.object({ seq: z.int().positive(), body: z.unknown() })).min(1),
  }),
  z.object({
    type: z.literal('snapshot'),
    stream: StreamName,
    seq: z.int().nonnegative(),
    isFirst: z.boolean(),
    isLast: z.boolean(),
    bodies: z.array(z.unknown()),
  }),
]);
export type StreamFrame = z.infer<typeof StreamFrame>;

const knownTypes: ReadonlySet<string> = new Set(ChangeBody.options.map((option) => option.shape.type.value));
const Typed = z.object({ type: z.string() });

/**
 * A change that this desk understands; `unknown` for one of a newer server, which is passed over; `broken` for one of a known
 * type in another shape, passed over as well but worth a line in the log: one bad row must not stop the rest.
 */
export function readBody(body: unknown): ChangeBody | 'unknown' | 'broken' {
  const parsed = ChangeBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const typed = Typed.safeParse(body);
  return typed.success && !knownTypes.has(typed.data.type) ? 'unknown' : 'broken';
}
