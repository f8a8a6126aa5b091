import { z } from 'zod';

/** Why a video call is over. */
export const CallEnd = z.enum([
  'finished', // the agent ended the attention
  'left', // the guest left
  'transferred', // another agent has the guest now
  'noShow', // the guest was called and did not come
  'revoked', // the link was taken back
  'moved', // the guest goes on in another tab
  'connectionChanged', // the other side's key changed within a session (trust B70)
  'lost', // the media stopped and did not come back in time
  'unreachable', // no way between the two was found
]);
export type CallEnd = z.infer<typeof CallEnd>;
