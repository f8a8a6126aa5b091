import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOfName } from '../../../domain/files/file-kinds.ts';
import * as sample from '../testing/sample-files.ts';
import { ContentRefusal } from './content-refusal.ts';
import { inspectFile, type Inspected } from './inspect-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ventanilla-inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const inspect = (name: string, bytes: Buffer): Promise<Inspected> => {
  const path = join(folder, crypto.randomUUID());
  writeFileSync(path, bytes);
  return inspectFile({ path, type: kindOfName(name)?.type ?? 'none' });
};
/** What it is refused for; null where it is taken. */
const refusalOf = (name: string, bytes: Buffer): Promise<Pick<ContentRefusal, 'code' | 'detected'> | null> =>
  inspect(name, bytes).then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof ContentRefusal)) throw error;
      const { code, detected } = error;
      return { code, detected };
    },
  );

describe('what is taken', () => {
  test.each([
    ['a.pdf', () => sample.pdf()],
    ['a.docx', () => sample.docx()],
    ['a.xlsx', () => sample.xlsx()],
    ['a.pptx', () => sample.pptx()],
    ['a.txt', () => Buffer.from('\ufeffCañón, “ñandú” 👩‍🦽\r\n')],
    ['a.csv', () => Buffer.from('nombre;saldo\nJosé;=1+1\n')],
    ['a.txt', () => sample.eicar],
    ['a.txt', () => sample.html],
  ])('[T6] %s as it is, byte by byte', async (name, bytes) => {
    const found = await inspect(name, bytes());
    expect(readFileSync(found.path)).toEqual(bytes());
    expect(found).toMatchObject({ bytes: bytes().length, wasCleaned: false, preview: null, width: null });
  });

  test.each([
    ['a.png', () => sample.plainPng(), 'png'],
    ['a.webp', () => sample.plainWebp(), 'webp'],
    ['a.gif', async () => sample.gifOfFrames(2), 'gif'],
    ['a.jpg', () => sample.photoWithPlace(), 'jpeg'],
  ])('[B28] the picture %s is made anew, with a small one beside it', async (name, make, format) => {
    const bytes = await make();
    const found = await inspect(name, bytes);
    expect(readFileSync(found.path).equals(bytes)).toBe(false);
    expect((await sharp(found.path).metadata()).format).toBe(format);
    const small = await sharp(found.preview!.path).metadata();
    expect(small.format).toBe('webp');
    expect(Math.max(small.width, small.height)).toBeLessThanOrEqual(320);
  });

  test('a moving picture still moves', async () => {
    const { path, width, height } = await inspect('a.gif', await sample.movingGif());
    expect((await sharp(path, { animated: true }).metadata()).pages).toBe(2);
    expect([width, height]).toEqual([16, 16]);
  });
});

test('[B31] of a photo the place and the camera are gone, and it stands upright', async () => {
  const photo = await sample.photoWithPlace();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const found = await inspect('foto.jpg', photo);
  const { exif, xmp, iptc, icc, orientation } = await sharp(found.path).metadata();
  expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
  expect(found).toMatchObject({ wasCleaned: true, width: 480, height: 640 });
  for (const path of [found.path, found.preview!.path]) expect(readFileSync(path).includes('Canario')).toBe(false);
});

test('a picture in which nothing is hidden is not said to have been cleaned', async () => {
  for (const [name, bytes] of [
    ['a.png', await sample.plainPng()],
    ['a.webp', await sample.plainWebp()],
    ['a.gif', await sample.movingGif()],
    [
      'a.jpg',
      await sharp(await sample.plainPng())
        .jpeg()
        .toBuffer(),
    ],
  ] as const) {
    expect([name, (await inspect(name, bytes)).wasCleaned]).toEqual([name, false]);
  }
});

test.each([
  ['GIF and script', 'a.gif', async () => sample.gifAndScript(), 'alert'],
  ['JPEG and PHP', 'a.jpg', () => sample.jpegAndPhp(), 'php'],
])('[B28] of %s the picture alone is left', async (_what, name, make, code) => {
  const bytes = await make();
  expect(bytes.includes(code)).toBe(true);
  const found = await inspect(name, bytes);
  expect(readFileSync(found.path).includes(code)).toBe(false);
  expect(found.wasCleaned).toBe(true);
});

describe('what is refused', () => {
  test.each([
    ['SVG with onload', 'a.png', sample.svg, /svg\+xml|xml/],
    ['HTML', 'a.png', sample.html, 'text/html'],
    ['HTML', 'a.pdf', sample.html, 'text/html'],
    ['a program', 'a.pdf', sample.program(), /msdownload|executable/],
    ['a shortcut', 'a.docx', sample.shortcut(), /lnk|shortcut/],
    ['a script', 'a.jpg', sample.script, 'text/plain'],
    ['an application of HTML', 'a.gif', sample.hta, 'text/html'],
    ['a disc', 'a.xlsx', sample.discImage(), /./],
    ['a document with macros', 'a.docx', sample.docm(), /macroenabled/],
    ['macros in another document', 'a.docx', sample.docx({ 'word/vbaProject.bin': 'x' }), /\+ macros$/],
    ['a program in a document', 'a.docx', sample.docx({ 'word/embeddings/a.exe': 'MZ' }), /\+ program$/],
    ['a control in a document', 'a.docx', sample.docx({ 'word/activeX/activeX1.bin': 'x' }), /\+ ActiveX$/],
    ['a plain archive', 'a.docx', sample.zip({ 'a.txt': 'x' }), 'application/zip'],
    ['bytes', 'a.txt', Buffer.from([0x61, 0x00, 0x62]), 'application/octet-stream'],
    ['text that is not UTF-8', 'a.csv', Buffer.from('Jos\xe9', 'latin1'), 'application/octet-stream'],
    ['a program', 'a.txt', sample.program(), /msdownload|executable/],
  ])('[B20] [B22] %s as %s', async (_what, name, bytes, detected) => {
    const refusal = await refusalOf(name, bytes);
    expect(refusal?.code).toBe('FILE_TYPE');
    expect(refusal?.detected).toMatch(detected);
  });

  test('[B20] a picture under the name of another kind', async () => {
    expect(await refusalOf('a.jpg', await sample.plainPng())).toEqual({ code: 'FILE_TYPE', detected: 'image/png' });
  });

  test.each([
    ['JavaScript', sample.pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'JavaScript'],
    ['JavaScript by number', sample.pdf('/OpenAction << /S /J#61va#53cript /JS (x) >>'), 'JavaScript'],
    [
      'JavaScript in a packed stream',
      sample.pdf('', sample.packedObjects('<< /S /JavaScript /JS (x) >>')),
      'JavaScript',
    ],
    ['a program to start', sample.pdf('/OpenAction << /S /Launch /F (cmd.exe) >>'), 'Launch'],
    [
      'a file in it',
      sample.pdf('/Names << /EmbeddedFiles 4 0 R >>', Buffer.from('5 0 obj << /Type /EmbeddedFile >> endobj\n')),
      'EmbeddedFile',
    ],
    ['a password', sample.pdf('', Buffer.from('6 0 obj << /Encrypt 7 0 R >> endobj\n')), 'Encrypt'],
  ])('[T6] a PDF with %s', async (_what, bytes, detected) => {
    expect(await refusalOf('a.pdf', bytes)).toEqual({ code: 'FILE_TYPE', detected: `application/pdf + ${detected}` });
  });

  test('[T6] packed objects that are harmless, or packed in a way that nobody can look into', async () => {
    expect(await refusalOf('a.pdf', sample.pdf('', sample.packedObjects('<< /Type /Annot >>')))).toBeNull();
    const other = Buffer.from(
      '8 0 obj << /Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n00>\nendstream\n',
    );
    expect(await refusalOf('a.pdf', sample.pdf('', other))).toMatchObject({ code: 'FILE_TYPE' });
  });

  test.each([
    ['begins', '/Filter /FlateDecode /X (obj) /Type /ObjStm'],
    ['ends', '/Type /ObjStm /X (stream) /Filter /FlateDecode'],
  ])('[T6] packed objects whose dictionary seems to be shorter, by a string in which one %s', async (_what, words) => {
    const content = deflateSync(Buffer.from('9 0 << /S /JavaScript /JS (x) >>'));
    const objects = Buffer.concat([
      Buffer.from(`8 0 obj\n<< ${words} /N 1 /First 4 /Length ${content.length} >>\nstream\n`),
      content,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
    expect(await refusalOf('a.pdf', sample.pdf('', objects))).toEqual({
      code: 'FILE_TYPE',
      detected: 'application/pdf + ObjStm',
    });
  });

  test.each([
    ['the stream', (far: string) => `/Type /ObjStm /Filter /FlateDecode ${far}`],
    ['its filter', (far: string) => `/Filter /FlateDecode ${far} /Type /ObjStm`],
  ])('[T6] packed objects whose dictionary is so long that %s lies far off', async (_what, words) => {
    const content = deflateSync(Buffer.from('9 0 << /S /JavaScript /JS (x) >>'));
    const far = `/Far (${'x'.repeat(5_000)})`;
    const objects = Buffer.concat([
      Buffer.from(`8 0 obj\n<< ${words(far)} /N 1 /First 4 /Length ${content.length} >>\nstream\n`),
      content,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
    expect(await refusalOf('a.pdf', sample.pdf('', objects))).toEqual({
      code: 'FILE_TYPE',
      detected: 'application/pdf + ObjStm',
    });
  });

  test('[B23] a picture of too many pixels, before it is decoded, and one of too many frames', async () => {
    expect(await refusalOf('a.png', sample.pixelFlood(30_000, 30_000))).toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(await refusalOf('a.png', sample.pixelFlood(8_000, 5_001))).toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    expect(await refusalOf('a.gif', sample.gifOfFrames(10_000))).toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  test('a picture and a document that break off', async () => {
    const photo = await sample.photoWithPlace();
    expect(await refusalOf('a.jpg', photo.subarray(0, photo.length / 2))).toMatchObject({ code: 'FILE_DAMAGED' });
    const document = sample.docx();
    expect(await refusalOf('a.docx', document.subarray(0, document.length - 10))).not.toBeNull();
  });
});

test('what is made lies beside the file, under its name', async () => {
  const { path } = await inspect('a.png', await sample.plainPng());
  const own = path.slice(folder.length + 1, -'.picture'.length);
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith(own))
      .toSorted(),
  ).toEqual([own, `${own}.picture`, `${own}.preview`]);
});
