import QRCode from 'qrcode';
import { expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

it('[S2-44] draws each dark module of a code of level M once, within a quiet zone of four modules', () => {
  const address = `https://turnos.example/turn#${'a'.repeat(43)}`;
  const { side, path } = qrPath(address);
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
  const drawn = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  expect(side).toBe(modules.size + 8);
  expect(drawn.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join('')).toBe(path);
  expect(new Set(drawn.map(String)).size).toBe(drawn.length);
  expect(drawn).toHaveLength(modules.data.reduce((count, isDark) => count + isDark, 0));
  expect(drawn.every(([x, y]) => modules.get(y - 4, x - 4) === 1)).toBe(true);
});
