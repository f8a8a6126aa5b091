import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FAKE_DEVICES = '--use-fake-device-for-media-stream';
const FROM_FILE = '--use-file-for-fake-video-capture=';
const FILE = join(import.meta.dirname, '../../.cache/camera.y4m');
const [width, height, pictures] = [320, 180, 30];

/**
 * Flags for Chromium: one camera, whose picture is small. A machine has no more than two cores for six pictures of 1280 × 720
 * that are coded and decoded at once, and then the tests measure the machine.
 */
export function smallCamera(): string[] {
  if (!existsSync(FILE)) {
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(FILE, movingPicture());
  }
  return [FAKE_DEVICES, FROM_FILE + FILE];
}

/** The same flags with three cameras of Chromium's own; the second one gives depth, which no call sends. */
export const threeCameras = (flags: string[] = []): string[] =>
  flags
    .filter((flag) => !flag.startsWith(FROM_FILE))
    .map((flag) => (flag === FAKE_DEVICES ? `${flag}=device-count=3` : flag));

/** YUV4MPEG2: grey bands that go round in two seconds. */
function movingPicture(): Buffer {
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\n`)];
  for (let picture = 0; picture < pictures; picture += 1) {
    const luma = Buffer.alloc(width * height);
    for (let at = 0; at < luma.length; at += 1) luma[at] = (at % width) + Math.floor(at / width) + picture * 8;
    parts.push(Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128));
  }
  return Buffer.concat(parts);
}
