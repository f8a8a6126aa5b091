import { z } from 'zod';

/** Longest description of one side, in bytes (trust T4). It is ASCII, so bytes are characters. */
export const MAXIMUM_SDP = 64 * 1024;

/** What a side can send, each on a track and a stream of its own. */
export const MediaSource = z.enum(['camera', 'microphone', 'screen']);
export type MediaSource = z.infer<typeof MediaSource>;

/** `stream` is the id of the stream that carries it (its msid); off is muted by hand, or held back by `isSaving`. */
const SentSource = z.strictObject({ stream: z.string().min(1).max(100), isOn: z.boolean() });

/** What a side sends now. `version` grows with each change within a session, so that an older word never undoes a newer. */
export const SentSources = z.strictObject({
  version: z.int().nonnegative(),
  camera: SentSource.nullable(),
  microphone: SentSource.nullable(),
  screen: SentSource.nullable(),
  /** The camera is held back because the line is too weak for it. */
  isSaving: z.boolean(),
});
export type SentSources = z.infer<typeof SentSources>;

const description = { sdp: z.string().min(1).max(MAXIMUM_SDP), sources: SentSources };

export const SignalData = z.discriminatedUnion('type', [
  /** Only the agent's side offers, only the guest's answers. */
  z.strictObject({ type: z.literal('offer'), ...description }),
  z.strictObject({ type: z.literal('answer'), ...description }),
  /** As `RTCIceCandidateInit`; an empty `candidate` says that there are no more. */
  z.strictObject({
    type: z.literal('candidate'),
    candidate: z.string().max(1024),
    sdpMid: z.string().max(64).nullable(),
    sdpMLineIndex: z.int().nonnegative().max(64).nullable(),
    usernameFragment: z.string().max(256).nullable().optional(),
  }),
  /** The guest asks for another offer: it has something new to send. */
  z.strictObject({ type: z.literal('renegotiate') }),
  z.strictObject({ type: z.literal('sources'), sources: SentSources }),
  /** The guest asks for a new session in place of this one; `session` 1 if it knows none. */
  z.strictObject({ type: z.literal('ask') }),
  /** The guest has refused an offer of an older session than this one. */
  z.strictObject({ type: z.literal('newer') }),
  /** The other side's key changed within this session: it is over for both (trust B70). By a side that saw it, or the server. */
  z.strictObject({ type: z.literal('keyChanged') }),
  /** The agent's word on a screen that the guest sends without having been asked for one (trust B80). */
  z.strictObject({ type: z.literal('screenAnswer'), isAllowed: z.boolean() }),
]);
export type SignalData = z.infer<typeof SignalData>;

/** What one peer says to the other, through the server. Each new connection between the two is a session with a greater number. */
export const Signal = z.strictObject({ session: z.int().positive(), data: SignalData });
export type Signal = z.infer<typeof Signal>;
