import { createHash } from 'node:crypto';
import type { EvidenceKey, SignedStatement } from '../../protocol/video/receipt.ts';

/** JSON that may stand in a page: no end of its element is in it. */
const inPage = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const page = (head: string, keys: EvidenceKey[], rest: string): string =>
  `<!doctype html>
<html lang="es">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <title>Ventanilla</title>
    ${head}
  </head>
  <body>
    <div id="page"></div>
    <script type="application/json" id="keys">${inPage(keys)}</script>
    ${rest}
  </body>
</html>
`;

/** The page that checks what its fragment says, with the keys of this server. Once it is there it needs no network. */
export const servedCheckPage = (keys: EvidenceKey[]): string =>
  page('', keys, '<script src="/check.js" defer></script>');

/** The same as one file that holds the receipt: its own policy lets it run this script and fetch nothing. */
export function savedCheckPage(
  key: EvidenceKey,
  content: { signed: SignedStatement; text: string },
  script: string,
): string {
  // Nothing in it may end its element, whatever a build makes of the source.
  const inline = script.replaceAll('</', '<\\/');
  const hash = createHash('sha256').update(inline, 'utf8').digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return page(
    `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    [key],
    `<script type="application/json" id="receipt">${inPage(content)}</script>\n    <script>${inline}</script>`,
  );
}
