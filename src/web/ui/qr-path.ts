import QRCode from 'qrcode';

/** Modules of quiet zone around a code, by its standard. */
const QUIET = 4;

/** A QR code as an SVG path of unit squares, drawn here: the address that it holds goes nowhere. */
export function qrPath(text: string): { side: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const squares = Array.from(modules.data).flatMap((isDark, place) =>
    isDark ? [`M${(place % modules.size) + QUIET} ${Math.floor(place / modules.size) + QUIET}h1v1h-1z`] : [],
  );
  return { side: modules.size + 2 * QUIET, path: squares.join('') };
}
