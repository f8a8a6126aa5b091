import type { refusals as spanish } from '../es/refusals.ts';
import type { Translated } from '../translated.ts';

export const refusals: Translated<typeof spanish> = {
  fileType: 'Foi detectado {{detected}}. São aceitos: {{allowed}}.',
};
