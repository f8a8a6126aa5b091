import { z } from 'zod';
import { AttentionId, FileId, TicketId } from '../ids.ts';
import { Instant } from '../instant.ts';

/** Who shared a file: the agent, or the guest of a video, who is nobody that we know. */
export const FileSender = z.enum(['agent', 'guest']);
export type FileSender = z.infer<typeof FileSender>;

const described = {
  id: FileId,
  from: FileSender,
  /** For the eye, never a path: no folders, no control or bidirectional characters, at most 120 characters, its true extension. */
  name: z.string(),
  /** Media type, as found in the bytes and not as declared, such as `image/jpeg`. */
  kind: z.string(),
  /** As it is stored: a picture is another file than the one that was sent. */
  bytes: z.int().positive(),
  /** Of a picture, in pixels as it is seen; null for anything else. */
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /** There is a small picture of it, made by the server. */
  hasPreview: z.boolean(),
  /** Something that was hidden in it is gone: where a photo was taken, another program behind the picture (trust B28, B31). */
  wasCleaned: z.boolean(),
  sharedAt: Instant,
};

/** A file that was shared in an attention, as the agent sees it. */
export const SharedFile = z.object({
  ...described,
  ticketId: TicketId,
  /** Null for what the guest sent before anybody attended. */
  attentionId: AttentionId.nullable(),
  /** Who sent it; null for the guest. */
  agentName: z.string().nullable(),
  /** Of the stored bytes, hex. */
  sha256: z.string(),
});
export type SharedFile = z.infer<typeof SharedFile>;

/** The same as the guest sees it (trust T2). */
export const GuestFile = z.object(described);
export type GuestFile = z.infer<typeof GuestFile>;
