import type { SayDevices } from '../../web/ui/words/device-words.ts';
import { filled } from '../turn/turn-words.ts';
import type { VideoWords } from './video-words.ts';

export const sayDevices =
  ({ mediaDevices }: VideoWords): SayDevices =>
  (word, values = {}) =>
    filled(mediaDevices[word], values);
