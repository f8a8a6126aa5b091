import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceFinding, ReadinessReport, ReadinessVerdict } from '../../protocol/video/readiness.ts';
import { carriesPicture, isLineWeak, judgeReadiness, lineNeeds, nextReadiness } from './judge-readiness.ts';

const good: ReadinessReport = {
  camera: 'ready',
  microphone: 'ready',
  path: { way: 'relay', roundTripMilliseconds: 80, kilobits: 4_000 },
};
const onLine = (path: Partial<ReadinessReport['path']>): ReadinessReport => ({
  ...good,
  path: { ...good.path, ...path },
});

const reports: fc.Arbitrary<ReadinessReport> = fc.record({
  camera: fc.constantFrom(...ReadinessReport.shape.camera.options),
  microphone: fc.constantFrom(...DeviceFinding.options),
  path: fc.record({
    way: fc.constantFrom('relay' as const, 'direct' as const, 'blocked' as const),
    roundTripMilliseconds: fc.option(fc.nat(3_000)),
    kilobits: fc.option(fc.nat(1_000)),
    loss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
});
const worse = (a: ReadinessReport): number => ReadinessVerdict.options.indexOf(judgeReadiness(a).verdict);

describe('judgeReadiness', () => {
  it('[RD1] is ready with camera, microphone and a line that carries both, whichever way it goes', () => {
    for (const way of ['relay', 'direct'] as const) {
      expect(judgeReadiness(onLine({ way }))).toEqual({ verdict: 'ready', cause: null });
    }
  });

  it.each([
    ['blocked', 'microphoneBlocked'],
    ['missing', 'microphoneMissing'],
    ['inUse', 'microphoneInUse'],
    ['muted', 'microphoneMuted'],
    ['failed', 'microphoneFailed'],
  ] as const)('[RD2] is not ready without a voice: %s', (microphone, cause) => {
    expect(judgeReadiness({ ...good, microphone })).toEqual({ verdict: 'notReady', cause });
  });

  it('[RD2] is not ready where no connection comes up, or the line is too slow for speech', () => {
    const { kilobits, roundTripMilliseconds } = lineNeeds.sound;
    expect(judgeReadiness(onLine({ way: 'blocked', kilobits: null, roundTripMilliseconds: null })).cause).toBe(
      'noPath',
    );
    expect(judgeReadiness(onLine({ kilobits: kilobits - 1 }))).toEqual({ verdict: 'notReady', cause: 'tooSlow' });
    expect(judgeReadiness(onLine({ roundTripMilliseconds })).cause).toBe('tooSlow');
    expect(judgeReadiness(onLine({ kilobits })).verdict).toBe('audioOnly');
  });

  it.each([
    ['blocked', 'cameraBlocked'],
    ['missing', 'cameraMissing'],
    ['inUse', 'cameraInUse'],
    ['failed', 'cameraFailed'],
  ] as const)('[RD3] is ready for sound alone without a camera: %s', (camera, cause) => {
    expect(judgeReadiness({ ...good, camera })).toEqual({ verdict: 'audioOnly', cause });
  });

  it('[RD3] is ready for sound alone on a line that does not carry a picture', () => {
    const { kilobits, roundTripMilliseconds } = lineNeeds.picture;
    expect(judgeReadiness(onLine({ kilobits: kilobits - 1 }))).toEqual({ verdict: 'audioOnly', cause: 'slow' });
    expect(judgeReadiness(onLine({ roundTripMilliseconds }))).toEqual({ verdict: 'audioOnly', cause: 'slow' });
    expect(judgeReadiness(onLine({ kilobits })).verdict).toBe('ready');
    expect(judgeReadiness(onLine({ roundTripMilliseconds: roundTripMilliseconds - 1 })).verdict).toBe('ready');
  });

  it('[RD2] [RD3] names first what the guest must mend first: the voice, then the line, then the picture', () => {
    const path = { way: 'blocked', roundTripMilliseconds: null, kilobits: null } as const;
    expect(judgeReadiness({ camera: 'missing', microphone: 'blocked', path }).cause).toBe('microphoneBlocked');
    expect(judgeReadiness({ ...good, camera: 'missing', path }).cause).toBe('noPath');
  });

  it('[RD2] [RD3] loses what the line loses: the picture from a tenth on, the voice from a third on', () => {
    expect(judgeReadiness(onLine({ loss: lineNeeds.picture.loss - 0.01 })).verdict).toBe('ready');
    expect(judgeReadiness(onLine({ loss: lineNeeds.picture.loss }))).toEqual({ verdict: 'audioOnly', cause: 'slow' });
    expect(judgeReadiness(onLine({ loss: lineNeeds.sound.loss }))).toEqual({ verdict: 'notReady', cause: 'tooSlow' });
  });

  it('[RD3] says of the line alone whether a call over it begins with pictures', () => {
    expect(carriesPicture(good.path)).toBe(true);
    expect(carriesPicture({ ...good.path, kilobits: lineNeeds.picture.kilobits - 1 })).toBe(false);
    expect(carriesPicture({ way: 'blocked', roundTripMilliseconds: null, kilobits: null })).toBe(false);
  });

  it('[RD3] the two sides of a call say the same of the line, where the devices are good', () => {
    fc.assert(
      fc.property(reports, ({ path }) => {
        const report: ReadinessReport = { camera: 'ready', microphone: 'ready', path };
        expect(isLineWeak(judgeReadiness(report))).toBe(!carriesPicture(path));
      }),
    );
    expect(isLineWeak(undefined)).toBe(false);
  });

  it('[RD1] what was not measured says nothing against the line', () => {
    expect(judgeReadiness(onLine({ roundTripMilliseconds: null, kilobits: null })).verdict).toBe('ready');
  });

  it('[RD1] has a cause exactly where it is not ready, and a better line is never a worse verdict', () => {
    fc.assert(
      fc.property(reports, fc.nat(500), (report, more) => {
        const { verdict, cause } = judgeReadiness(report);
        expect(cause === null).toBe(verdict === 'ready');
        const { kilobits, roundTripMilliseconds, loss = null } = report.path;
        const path = {
          ...report.path,
          kilobits: kilobits === null ? null : kilobits + more,
          roundTripMilliseconds: roundTripMilliseconds === null ? null : Math.max(0, roundTripMilliseconds - more),
          loss: loss === null ? null : Math.max(0, loss - more / 500),
        };
        expect(worse({ ...report, path })).toBeLessThanOrEqual(worse(report));
      }),
    );
  });
});

describe('nextReadiness', () => {
  it('[RD4] keeps the hour of a verdict as long as it is the same, whatever its cause', () => {
    const red = nextReadiness(null, { ...good, microphone: 'blocked' }, 1_000);
    expect(red).toEqual({ verdict: 'notReady', cause: 'microphoneBlocked', since: 1_000 });
    expect(nextReadiness(red, onLine({ way: 'blocked' }), 2_000)).toMatchObject({ cause: 'noPath', since: 1_000 });
    expect(nextReadiness(red, good, 3_000)).toEqual({ verdict: 'ready', cause: null, since: 3_000 });
  });
});
