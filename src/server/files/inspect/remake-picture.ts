import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { MAXIMUM_PIXELS } from '../../../protocol/files/file-limits.ts';
import { ContentRefusal } from './content-refusal.ts';
import { pictureParts } from './picture-parts.ts';

/** Of a moving picture; each costs time, however small. */
const MAXIMUM_FRAMES = 1_000;
const PREVIEW_EDGE = 320;
/** As sharp calls them, with what it may be read by. */
const FORMATS: Record<string, { format: 'jpeg' | 'png' | 'webp' | 'gif'; loader: string }> = {
  'image/jpeg': { format: 'jpeg', loader: 'VipsForeignLoadJpegFile' },
  'image/png': { format: 'png', loader: 'VipsForeignLoadPngFile' },
  'image/webp': { format: 'webp', loader: 'VipsForeignLoadWebpFile' },
  'image/gif': { format: 'gif', loader: 'VipsForeignLoadNsgifFile' },
};

/** For the whole process: one picture at a time and nothing kept; formats that nobody may send are not even tried. */
export function decodeOnlyOurs(): void {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: Object.values(FORMATS).map(({ loader }) => loader) });
}

export interface RemadePicture {
  width: number;
  height: number;
  /** Something was in the file that is no picture. */
  wasCleaned: boolean;
}

/**
 * Decodes a picture and writes it anew, upright, without anything but its pixels (trust B28, B31), and a small one beside it.
 * @throws ContentRefusal IMAGE_TOO_LARGE before anything is decoded, FILE_DAMAGED
 */
export async function remakePicture(
  type: string,
  path: string,
  to: { picture: string; preview: string },
): Promise<RemadePicture> {
  const known = FORMATS[type];
  if (!known) throw new Error(`${type} is no picture of ours`);
  const { format } = known;
  const bytes = await readFile(path);
  const parts = pictureParts(type, bytes);
  const wasCleaned = parts === null || parts.hasHidden || parts.end < bytes.length;
  // Sharp's own limit counts the frame that it decodes; ours all of them, before it does.
  const options = { failOn: 'error', limitInputPixels: MAXIMUM_PIXELS, animated: true, sequentialRead: true } as const;
  const head = await sharp(path, { ...options, limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw new ContentRefusal('FILE_DAMAGED', { cause: error });
    });
  if (head.format !== format) throw new ContentRefusal('FILE_DAMAGED');
  const frames = head.pages ?? 1;
  if (frames > MAXIMUM_FRAMES || head.width * (head.pageHeight ?? head.height) * frames > MAXIMUM_PIXELS) {
    throw new ContentRefusal('IMAGE_TOO_LARGE');
  }
  try {
    const picture = sharp(path, options);
    if (frames === 1) picture.autoOrient();
    const { width, height, pageHeight } = await picture
      .toFormat(format, format === 'jpeg' || format === 'webp' ? { quality: 90 } : {})
      .toFile(to.picture);
    await sharp(to.picture, { limitInputPixels: MAXIMUM_PIXELS, pages: 1 })
      .resize({ width: PREVIEW_EDGE, height: PREVIEW_EDGE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toFile(to.preview);
    return { width, height: pageHeight ?? height, wasCleaned };
  } catch (error) {
    throw new ContentRefusal('FILE_DAMAGED', { cause: error });
  }
}
