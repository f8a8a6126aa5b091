import { deflateSync, deflateRawSync, crc32 } from 'node:zlib';
import sharp from 'sharp';

/** Real bytes of the kinds that people send, and of those that nobody should. */

const noise = (width: number, height: number) => ({
  create: {
    width,
    height,
    channels: 3 as const,
    noise: { type: 'gaussian' as const, mean: 128, sigma: 30 },
    background: '#888',
  },
});

/** A photo of a phone that was held upright: rotated, with the place where it was taken. */
export const photoWithPlace = (): Promise<Buffer> =>
  sharp(noise(640, 480))
    .jpeg({ quality: 80 })
    .withExif({
      IFD0: { Make: 'Canario', Model: 'Canario 12' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '4/1 35/1 5600/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '74/1 4/1 5100/100',
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

export const plainPng = (width = 40, height = 30): Promise<Buffer> =>
  sharp(noise(width, height)).png({ compressionLevel: 1 }).toBuffer();
export const plainWebp = (): Promise<Buffer> => sharp(noise(64, 48)).webp().toBuffer();

/** Two frames, one of each colour. */
export async function movingGif(): Promise<Buffer> {
  const frames = await Promise.all(
    ['#f00', '#00f'].map((background) =>
      sharp({ create: { width: 16, height: 16, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer();
}

/** The head of a picture of any size; what would follow is not there. */
export function pixelFlood(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A GIF of 1 × 1 pixels with as many frames. */
export function gifOfFrames(count: number): Buffer {
  const head = Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff', 'latin1');
  const frame = Buffer.from(
    '\x21\xf9\x04\x00\x0a\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00',
    'latin1',
  );
  return Buffer.concat([head, ...Array<Buffer>(count).fill(frame), Buffer.from(';')]);
}

/** A GIF that a browser would run as a script: a comment over the picture, and code behind it. */
export const gifAndScript = (): Buffer => Buffer.concat([gifOfFrames(1), Buffer.from('*/=1;alert(document.domain)//')]);

/** A photo that a server might run: code in a comment, and behind the picture. */
export async function jpegAndPhp(): Promise<Buffer> {
  const jpeg = await sharp(noise(32, 32)).jpeg().toBuffer();
  const code = Buffer.from('<?php system($_GET["c"]); ?>');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(code.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, code, jpeg.subarray(2), code]);
}

export const svg = Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
export const html = Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>');
export const hta = Buffer.from(
  '<html><head><hta:application id="x"></head><script>new ActiveXObject("WScript.Shell")</script>',
);
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-'),
);
export const script = Buffer.from('var shell = new ActiveXObject("WScript.Shell"); shell.Run("calc");\n');

/** As much of a program of Windows as its loader looks at first. */
export function program(): Buffer {
  const bytes = Buffer.alloc(1_024);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  return bytes;
}

export const shortcut = (): Buffer =>
  Buffer.concat([Buffer.from('4c0000000114020000000000c000000000000046', 'hex'), Buffer.alloc(200)]);

export function discImage(): Buffer {
  const bytes = Buffer.alloc(0x8000 + 4_096);
  bytes.write('\x01CD001\x01', 0x8000, 'latin1');
  return bytes;
}

/** An archive as programs write it. */
export function zip(files: Record<string, string>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [title, data] = [Buffer.from(name), Buffer.from(text)];
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(title.length, 22);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), common, title, packed);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, more, title);
    at += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

const contentTypes = (main: string, type: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="${main}" ContentType="${type}.main+xml"/></Types>`;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const docx = (more: Record<string, string> = {}): Buffer =>
  zip({
    '[Content_Types].xml': contentTypes('/word/document.xml', WORD),
    '_rels/.rels': '<Relationships/>',
    'word/document.xml': '<w:document/>',
    ...more,
  });
export const docm = (): Buffer =>
  zip({
    '[Content_Types].xml': contentTypes('/word/document.xml', 'application/vnd.ms-word.document.macroEnabled'),
    'word/document.xml': '<w:document/>',
    'word/vbaProject.bin': 'Sub AutoOpen()',
  });
export const xlsx = (): Buffer =>
  zip({
    '[Content_Types].xml': contentTypes(
      '/xl/workbook.xml',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ),
    'xl/workbook.xml': '<workbook/>',
  });
export const pptx = (): Buffer =>
  zip({
    '[Content_Types].xml': contentTypes(
      '/ppt/presentation.xml',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ),
    'ppt/presentation.xml': '<p:presentation/>',
  });

/** A PDF of one empty page; `catalog` is added to its catalog, `objects` to its objects. */
export const pdf = (catalog = '', objects: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n`),
    Buffer.from('2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n'),
    Buffer.from('3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n'),
    objects,
    Buffer.from('trailer\n<< /Root 1 0 R /Size 4 >>\n%%EOF\n'),
  ]);

/** Objects of a PDF in a packed stream, where a search for words finds nothing. */
export function packedObjects(text: string): Buffer {
  const packed = deflateSync(Buffer.from(`9 0 ${text}`));
  return Buffer.concat([
    Buffer.from(`8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}
