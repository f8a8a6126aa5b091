/** What a picture file holds beside its picture. */
export interface PictureParts {
  /** First byte behind the picture. */
  end: number;
  /** Texts, places, names of cameras: parts that no viewer shows. */
  hasHidden: boolean;
}

/** Reads the parts of a picture without decoding it; null where it is not built as its kind is. */
export function pictureParts(type: string, bytes: Buffer): PictureParts | null {
  try {
    if (type === 'image/jpeg') return ofJpeg(bytes);
    if (type === 'image/png') return ofPng(bytes);
    if (type === 'image/gif') return ofGif(bytes);
    return ofWebp(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const JPEG = { start: 0xd8, end: 0xd9, scan: 0xda, comment: 0xfe, firstApp: 0xe0, lastApp: 0xef };
/** JFIF, the colour profile, Adobe's colour transform. */
const PLAIN_APPS = [0xe0, 0xe2, 0xee];

function ofJpeg(bytes: Buffer): PictureParts | null {
  let at = 2;
  let hasHidden = false;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    at += marker === 0xff ? 1 : 2;
    if (marker === JPEG.end) return { end: at, hasHidden };
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= JPEG.start)) continue;
    const isApp = marker >= JPEG.firstApp && marker <= JPEG.lastApp;
    if (marker === JPEG.comment || (isApp && !PLAIN_APPS.includes(marker))) hasHidden = true;
    at += bytes.readUInt16BE(at);
    if (marker === JPEG.scan) at = endOfScan(bytes, at);
  }
}

/** A scan ends at the first marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new RangeError('the scan has no end');
}

const PNG_HIDDEN = ['tEXt', 'zTXt', 'iTXt', 'eXIf'];

function ofPng(bytes: Buffer): PictureParts {
  let at = 8;
  let hasHidden = false;
  for (;;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (PNG_HIDDEN.includes(type)) hasHidden = true;
    at += length + 12;
    if (at > bytes.length) throw new RangeError('a chunk has no end');
    if (type === 'IEND') return { end: at, hasHidden };
  }
}

/** Repetition of the frames: NETSCAPE2.0 and what came after it. */
const GIF_PLAIN = /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/;

function ofGif(bytes: Buffer): PictureParts | null {
  const tableAt = (flagsAt: number): number => {
    const flags = bytes.readUInt8(flagsAt);
    return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
  };
  let at = 13 + tableAt(10);
  let hasHidden = false;
  for (;;) {
    const block = bytes.readUInt8(at);
    if (block === 0x3b) return { end: at + 1, hasHidden };
    if (block === 0x21) {
      const label = bytes.readUInt8(at + 1);
      const isPlain = label === 0xf9 || (label === 0xff && GIF_PLAIN.test(bytes.toString('latin1', at + 3, at + 14)));
      if (!isPlain) hasHidden = true;
      at += 2;
    } else if (block === 0x2c) at += 11 + tableAt(at + 9);
    else return null;
    for (let size = bytes.readUInt8(at); size !== 0; size = bytes.readUInt8(at)) at += size + 1;
    at += 1;
  }
}

function ofWebp(bytes: Buffer): PictureParts | null {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) return null;
  let hasHidden = false;
  for (let at = 12; at + 8 <= end;) {
    const type = bytes.toString('latin1', at, at + 4);
    if (type === 'EXIF' || type === 'XMP ') hasHidden = true;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return { end, hasHidden };
}
