import { z } from 'zod';
import { Instant } from '../instant.ts';

/** What the guest's browser says of a device. */
export const DeviceFinding = z.enum([
  'ready',
  /** By the person, the browser or the system. */
  'blocked',
  'missing',
  /** Another program has it. */
  'inUse',
  /** It is there and sends silence: its system or a key of it has it muted. */
  'muted',
  'failed',
]);
export type DeviceFinding = z.infer<typeof DeviceFinding>;

/** What the guest's page has measured of the way that its media will take: a connection to itself, through the relay where one is. */
export const PathFinding = z.strictObject({
  /** `direct`: no relay is configured, and the browser can connect; `blocked`: no connection came up. */
  way: z.enum(['relay', 'direct', 'blocked']),
  roundTripMilliseconds: z.int().nonnegative().max(60_000).nullable(),
  /** Kilobits a second that came through, up to what was tried. */
  kilobits: z.int().nonnegative().max(10_000_000).nullable(),
  /** Share of what was sent at the pace of speech that did not come through, 0 to 1. Absent from pages of before it was measured. */
  loss: z.number().min(0).max(1).nullable().optional(),
});
export type PathFinding = z.infer<typeof PathFinding>;

/** What a guest who waits says of their own equipment. Nobody but the guest knows, and it decides nothing but who is told what. */
export const ReadinessReport = z.strictObject({
  camera: DeviceFinding.exclude(['muted']),
  microphone: DeviceFinding,
  path: PathFinding,
});
export type ReadinessReport = z.infer<typeof ReadinessReport>;

/** What weighs most of what is wrong. */
export const ReadinessCause = z.enum([
  'microphoneBlocked',
  'microphoneMissing',
  'microphoneInUse',
  'microphoneMuted',
  'microphoneFailed',
  'noPath',
  'tooSlow',
  'cameraBlocked',
  'cameraMissing',
  'cameraInUse',
  'cameraFailed',
  'slow',
]);
export type ReadinessCause = z.infer<typeof ReadinessCause>;

export const ReadinessVerdict = z.enum(['ready', 'audioOnly', 'notReady']);
export type ReadinessVerdict = z.infer<typeof ReadinessVerdict>;

/** In which mode a video with this guest would begin now, told before it does (`domain/readiness`). */
export const Readiness = z.object({
  verdict: ReadinessVerdict,
  /** Null for `ready`, and never else. */
  cause: ReadinessCause.nullable(),
  /** From when on the verdict has been this one, whatever its cause. */
  since: Instant,
});
export type Readiness = z.infer<typeof Readiness>;
