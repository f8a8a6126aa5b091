import { z } from 'zod';
import { ErrorBody } from '../protocol/error-codes.ts';

/** What crosses between renderer and main, the same over Electron's IPC and the browser desk's socket. JSON-safe. */
export const UpFrame = z.strictObject({
  t: z.literal('call'),
  id: z.int().nonnegative(),
  name: z.string().max(60),
  input: z.unknown(),
});
export type UpFrame = z.infer<typeof UpFrame>;

export const DownFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('answer'), id: z.int().nonnegative(), output: z.unknown() }),
  z.strictObject({ t: z.literal('failure'), id: z.int().nonnegative(), error: ErrorBody }),
  z.strictObject({ t: z.literal('fact'), name: z.string().max(60), fact: z.unknown() }),
  /** Another window took over this desk (browser desk only). */
  z.strictObject({ t: z.literal('replaced') }),
]);
export type DownFrame = z.infer<typeof DownFrame>;

/** The pipe that a host gives both sides: `window.desk` in Electron, a socket elsewhere. */
export interface Wire<Out, In> {
  post: (frame: Out) => void;
  listen: (take: (frame: In) => void) => () => void;
}
