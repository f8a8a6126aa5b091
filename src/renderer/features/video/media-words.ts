import type { TFunction } from 'i18next';
import type { MediaCause } from '../../../web/peer/media-cause.ts';

/** Why a device gives nothing, and what helps. */
export const mediaWords = (
  cause: MediaCause,
  source: 'camera' | 'microphone' | 'screen',
  t: TFunction<'videoCall'>,
): string => t(`cause.${cause}`, { device: t(`device.${source}`) });
