import { z } from 'zod';

/** A window or a whole screen that the agent can share. */
export const ScreenSource = z.object({
  /** Of the host, good as long as what it names is there. */
  id: z.string().regex(/^(?:window|screen):[\w-]{1,60}:\d{1,10}$/),
  kind: z.enum(['window', 'screen']),
  /** As the system calls it; may be empty. */
  name: z.string(),
  /** A window of this desk itself. */
  isOwn: z.boolean(),
  /** What it shows now, small, as a `data:` address; null where there is none. */
  picture: z.string().startsWith('data:image/').nullable(),
});
export type ScreenSource = z.infer<typeof ScreenSource>;
