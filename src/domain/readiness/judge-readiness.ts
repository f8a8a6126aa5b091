import type { Instant } from '../../protocol/instant.ts';
import type { DeviceFinding, Readiness, ReadinessCause, ReadinessReport } from '../../protocol/video/readiness.ts';

/**
 * What a line must give. Speech in Opus takes 24 to 40 kbit/s with its headers; below twice that much it breaks off whenever
 * anything else happens on the line. The least picture that a call sends takes 100 to 150 kbit/s beside it. The round trips are
 * those from which a call counts its line as poor, and as past use: ITU-T G.114 has 400 ms one way as the end of what is usable,
 * and a satellite's is 600. Of what is sent at the pace of speech, a call takes its picture back where 8 % are lost; a test of one or
 * two seconds is not surer than that of a tenth. Opus hides up to a third.
 */
export const lineNeeds = {
  sound: { kilobits: 64, roundTripMilliseconds: 2_000, loss: 1 / 3 },
  picture: { kilobits: 250, roundTripMilliseconds: 800, loss: 0.1 },
};

const microphoneCauses: Record<Exclude<DeviceFinding, 'ready'>, ReadinessCause> = {
  blocked: 'microphoneBlocked',
  missing: 'microphoneMissing',
  inUse: 'microphoneInUse',
  muted: 'microphoneMuted',
  failed: 'microphoneFailed',
};
const cameraCauses: Record<Exclude<ReadinessReport['camera'], 'ready'>, ReadinessCause> = {
  blocked: 'cameraBlocked',
  missing: 'cameraMissing',
  inUse: 'cameraInUse',
  failed: 'cameraFailed',
};

/** The verdict on what a guest reports [RD1] [RD2] [RD3], with the one cause that the guest should mend first. */
export function judgeReadiness({ camera, microphone, path }: ReadinessReport): Omit<Readiness, 'since'> {
  if (microphone !== 'ready') return { verdict: 'notReady', cause: microphoneCauses[microphone] };
  if (path.way === 'blocked') return { verdict: 'notReady', cause: 'noPath' };
  if (isBelow(path, lineNeeds.sound)) return { verdict: 'notReady', cause: 'tooSlow' };
  if (camera !== 'ready') return { verdict: 'audioOnly', cause: cameraCauses[camera] };
  if (!carriesPicture(path)) return { verdict: 'audioOnly', cause: 'slow' };
  return { verdict: 'ready', cause: null };
}

/** What is known after another report: with the same verdict the time runs on [RD4]. */
export function nextReadiness(before: Readiness | null, report: ReadinessReport, at: Instant): Readiness {
  const judged = judgeReadiness(report);
  return { ...judged, since: before?.verdict === judged.verdict ? before.since : at };
}

/** Whether a call over this line begins with pictures [RD3]. */
export const carriesPicture = (path: ReadinessReport['path']): boolean =>
  path.way !== 'blocked' && !isBelow(path, lineNeeds.picture);

/** The same of what agents are told. A camera that is missing hides what is known of the line; the call finds out. */
export const isLineWeak = (readiness: Pick<Readiness, 'cause'> | undefined): boolean =>
  readiness?.cause === 'slow' || readiness?.cause === 'tooSlow' || readiness?.cause === 'noPath';

/** What was not measured says nothing against the line. */
function isBelow(
  { kilobits, roundTripMilliseconds, loss = null }: ReadinessReport['path'],
  need: typeof lineNeeds.sound,
): boolean {
  return (
    (kilobits !== null && kilobits < need.kilobits) ||
    (roundTripMilliseconds !== null && roundTripMilliseconds >= need.roundTripMilliseconds) ||
    (loss !== null && loss >= need.loss)
  );
}
