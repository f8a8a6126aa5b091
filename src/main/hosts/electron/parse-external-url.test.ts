import { expect, test } from 'vitest';
import { parseExternalUrl } from './parse-external-url.ts';
import { externalUrls } from './testing/external-urls.ts';

const everything = { mayCall: true, mayMail: true };
const pagesOnly = { mayCall: false, mayMail: false };

test.each(externalUrls)('[E15] [T8] $title', ({ url, opens }) => {
  expect(parseExternalUrl(url, everything)?.url ?? null).toBe(opens);
});

test('[E15] telephone numbers and mail addresses are opened by policy only', () => {
  for (const url of ['tel:+573105550142', 'mailto:ana@demo.test']) {
    expect(parseExternalUrl(url, pagesOnly)).toBeNull();
    expect(parseExternalUrl(url, everything)).not.toBeNull();
  }
});

test('[E15] the host that is shown is the one that is opened, a look-alike name in its ASCII form', () => {
  expect(parseExternalUrl('https://b\u0430nco.example/pago', pagesOnly)).toEqual({
    kind: 'web',
    url: 'https://xn--bnco-53d.example/pago',
    host: 'xn--bnco-53d.example',
  });
});

test.each([undefined, null, 7, {}, ['https://example.com'], { toString: () => 'https://example.com' }])(
  '[E15] what is no text is not opened: %o',
  (value) => {
    expect(parseExternalUrl(value, everything)).toBeNull();
  },
);
