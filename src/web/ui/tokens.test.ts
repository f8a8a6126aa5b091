import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

function block(opening: string): Record<string, string> {
  const from = css.indexOf(opening);
  if (from < 0) throw new Error(`no ${opening} in tokens.css`);
  const body = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries([...body.matchAll(/--color-([\w-]+): (#[\da-f]{6})/g)].map(([, name, hex]) => [name, hex]));
}

const light = block(':root {');
const bySystem = block(":root:not([data-theme='light']) {");
const dark = { ...light, ...block(":root[data-theme='dark'] {") };

/** WCAG 2 contrast of two #rrggbb colours. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
      const part = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

test('the dark theme is the same by the system and by choice', () => {
  expect(block(":root[data-theme='dark'] {")).toEqual(bySystem);
});

const TEXT: [string, string][] = [
  ...['background', 'surface', 'sunken', 'accent-soft', 'hover', 'calling-soft'].flatMap(
    (ground): [string, string][] => [
      ['text', ground],
      ['text-2', ground],
    ],
  ),
  ...['text-3', 'accent-text'].flatMap((text): [string, string][] => [
    [text, 'surface'],
    [text, 'sunken'],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['on-calling', 'calling'],
  ['on-signal', 'signal'],
  ['on-ficha', 'ficha'],
  ['on-portrait', 'portrait'],
  ['frame-text', 'frame'],
  ['frame-text-2', 'frame'],
  ['frame-text', 'frame-2'],
  ['frame-text-2', 'frame-2'],
  ['out-of-hours-text', 'surface'],
  ...['waiting', 'calling', 'attending', 'paused', 'out-of-hours', 'neutral'].map((status): [string, string] => [
    `${status}-text`,
    `${status}-soft`,
  ]),
];

const SHAPES: [string, string][] = [
  ['waiting', 'surface'],
  ['calling-glyph', 'surface'],
  ['attending', 'surface'],
  ['paused', 'surface'],
  ['out-of-hours', 'surface'],
  ['neutral', 'surface'],
  ['line-strong', 'surface'],
  ['line-strong', 'sunken'],
  ['focus', 'surface'],
  ['focus', 'background'],
  ['frame-line', 'frame'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('theme %s', (_name, theme) => {
  const of = (name: string): string => theme[name] ?? '';

  test.each(TEXT)('%s on %s can be read (4.5)', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SHAPES)('%s on %s can be seen (3)', (shape, ground) => {
    expect(contrast(of(shape), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
