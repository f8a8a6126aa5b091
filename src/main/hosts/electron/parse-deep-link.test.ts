import { expect, test } from 'vitest';
import { linkAmong, parseDeepLink } from './parse-deep-link.ts';

const id = '01900000-0000-7000-8000-700000000007';

test.each([`ventanilla://ticket/${id}`, `ventanilla://ticket/${id}/`, `VENTANILLA://TICKET/${id.toUpperCase()}`])(
  '[B88] %s names a ticket',
  (link) => {
    expect(parseDeepLink(link)).toEqual({ ticketId: id });
  },
);

test.each(['finish', 'cancel', 'attend', 'ticket.call', 'session.signOut'])(
  '[B88] a link that says %s only shows the ticket that it names',
  (act) => {
    expect(parseDeepLink(`ventanilla://${act}?id=${id}`)).toEqual({ ticketId: id });
  },
);

test.each([
  'ventanilla://finish?id=7',
  'ventanilla://ticket/7',
  'ventanilla://ticket/',
  `ventanilla://ticket/${id}/finish`,
  `ventanilla://ticket/../${id}`,
  `ventanilla://ticket/${id}%00`,
  `ventanilla://ticket/${id} `,
  'ventanilla:',
  'ventanilla://[',
  `ventanilla://ticket/${'a'.repeat(400)}`,
])('[B88] %s names no ticket: the window is shown and nothing more', (link) => {
  expect(parseDeepLink(link)).toEqual({ ticketId: null });
});

test.each([
  '',
  'https://ticket',
  `ventanillas://ticket/${id}`,
  ` ventanilla://ticket/${id}`,
  '--no-sandbox',
  undefined,
  7,
])('[B88] %s is no link of ours', (text) => {
  expect(parseDeepLink(text)).toBeNull();
});

test('[B88] the link is found among the arguments of the program', () => {
  expect(linkAmong(['ventanilla.exe', '--allow-file-access-from-files', `ventanilla://ticket/${id}`])).toEqual({
    ticketId: id,
  });
  expect(linkAmong(['ventanilla.exe', '/home/ana'])).toBeNull();
});
