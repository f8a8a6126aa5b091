/**
 * Draws the pictures that the system shows (icon, tray, badge) from vectors, with the Chromium of this machine. What it makes
 * is kept in the project: run it again only when a vector changes. Usage: `node build/draw-pictures.ts`
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Coffee, FilePenLine, Utensils, type LucideIcon } from 'lucide-react';
import { chromium } from 'playwright-core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { findChromium } from '../tools/find-chromium.ts';

const root = dirname(import.meta.dirname);
const ICON_SIDES = [16, 24, 32, 48, 64, 128, 256];
const TRAY_SCALES = { '': 1, '@1.25x': 1.25, '@1.5x': 1.5, '@2x': 2 };
const SIDE = 16;

const shape = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">${inner}</svg>`;
const icon = (component: LucideIcon): string =>
  renderToStaticMarkup(createElement(component, { strokeWidth: 2.6, xmlns: 'http://www.w3.org/2000/svg' }));

const square = '<rect x="2" y="2" width="12" height="12" rx="2" fill="none" stroke="currentColor" stroke-width="2"/>';
const trayShapes: Record<string, string> = {
  'signed-out': shape(`${square}<path d="M5 8h6" stroke="currentColor" stroke-width="2"/>`),
  online: shape('<circle cx="8" cy="8" r="6.5" fill="currentColor"/>'),
  offline: shape(square),
  resting: icon(Coffee),
  lunch: icon(Utensils),
  documenting: icon(FilePenLine),
  calling: shape('<path d="M8 1.2 15.2 14H.8Z" fill="currentColor"/>'),
  attending: shape(
    '<path d="M2.5 1h11A1.5 1.5 0 0 1 15 2.5v7.6a1.5 1.5 0 0 1-1.5 1.5H8.6L4.4 15.4v-3.8H2.5A1.5 1.5 0 0 1 1 10.1V2.5A1.5 1.5 0 0 1 2.5 1Z" fill="currentColor"/>',
  ),
};
/** Tones of the states on a light and on a dark taskbar. */
const tones: Record<string, Record<string, string>> = {
  light: { online: '#0d7442', attending: '#0d7442', calling: '#6b4a00', other: '#445361' },
  dark: { online: '#4dcb91', attending: '#4dcb91', calling: '#f7cf45', other: '#e7edf2' },
};

const badge = (figure: string): string =>
  shape(
    `<circle cx="8" cy="8" r="8" fill="#f2b91d"/><text x="8" y="8" dy="0.36em" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${figure.length > 1 ? 9 : 12}" fill="#1e1600">${figure}</text>`,
  );

const browser = await chromium.launch({ executablePath: findChromium() ?? 'chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();

async function draw(svg: string, side: number, colour = '#000'): Promise<Buffer> {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:${side}px;height:${side}px;color:${colour}}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: side, height: side } });
}

function save(path: string, data: Buffer): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, data);
}

for (const [theme, colours] of Object.entries(tones)) {
  for (const [name, svg] of Object.entries(trayShapes)) {
    for (const [suffix, scale] of Object.entries(TRAY_SCALES)) {
      const drawn = await draw(svg, SIDE * scale, colours[name] ?? colours['other']);
      save(`resources/tray/${theme}/${name}${suffix}.png`, drawn);
    }
  }
}
for (const figure of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9+']) {
  const name = figure.replace('+', '-plus');
  save(`resources/badge/${name}.png`, await draw(badge(figure), SIDE));
  save(`resources/badge/${name}@2x.png`, await draw(badge(figure), SIDE * 2));
}

const mark = readFileSync(join(root, 'resources', 'icon.svg'), 'utf8');
const drawn = new Map<number, Buffer>();
for (const side of [...ICON_SIDES, 512, 1024]) drawn.set(side, await draw(mark, side));
for (const side of [16, 32, 48, 64, 128, 256, 512]) save(`build/icons/${side}x${side}.png`, drawn.get(side) as Buffer);
save('build/icon.png', drawn.get(1024) as Buffer);
save('resources/icon.png', drawn.get(256) as Buffer);
save('build/icon.ico', windowsIcon(ICON_SIDES.map((side) => ({ side, png: drawn.get(side) as Buffer }))));
await browser.close();

/** An ICO file: a header, one entry of 16 bytes for each picture, then the pictures as PNG. */
function windowsIcon(pictures: { side: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { side, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(side === 256 ? 0 : side, at);
    head.writeUInt8(side === 256 ? 0 : side, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}
