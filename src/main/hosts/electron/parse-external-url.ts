/** Which addresses other than web pages may leave the desk. */
export interface ExternalUrlPolicy {
  mayCall: boolean;
  mayMail: boolean;
}

/** An address that may be handed to the system; `url` is canonical, so that what is shown is what is opened. */
export type ExternalUrl =
  /** `host` in its ASCII form: a look-alike name shows as `xn--…`. */
  | { kind: 'web'; url: string; host: string }
  | { kind: 'call'; url: string; number: string }
  | { kind: 'mail'; url: string; address: string };

/** Windows refuses longer ones, and cuts them in ways of its own. */
const MOST_CHARACTERS = 2081;

/** Whatever a link says, parsed: null is never opened. Only https pages, and by policy telephone numbers and mail addresses. */
export function parseExternalUrl(raw: unknown, policy: ExternalUrlPolicy): ExternalUrl | null {
  // No white space, no control, format or lone surrogate character, no backslash: parsers differ about them.
  if (typeof raw !== 'string' || raw.length > MOST_CHARACTERS || /[\s\p{C}\\]/u.test(raw)) return null;
  if (/^https:/i.test(raw)) return webPage(raw);
  if (policy.mayCall && /^tel:/i.test(raw)) return telephone(raw);
  if (policy.mayMail && /^mailto:/i.test(raw)) return mailbox(raw);
  return null;
}

function webPage(raw: string): ExternalUrl | null {
  // The parser would accept other numbers of slashes; other programs read such an address in another way.
  if (!/^https:\/\/[^/?#]/i.test(raw) || !URL.canParse(raw)) return null;
  const { href, host, username, password, protocol } = new URL(raw);
  if (protocol !== 'https:' || host === '' || username !== '' || password !== '') return null;
  // `https://@host` has no user name and yet an at sign.
  if (/^https:\/\/[^/?#]*@/i.test(raw) || href.length > MOST_CHARACTERS) return null;
  return { kind: 'web', url: href, host };
}

function telephone(raw: string): ExternalUrl | null {
  const number = /^tel:(\+?[0-9][0-9().-]{1,30})$/i.exec(raw)?.[1];
  return number === undefined ? null : { kind: 'call', url: `tel:${number}`, number };
}

/** One address and no headers: they could attach files or fill in a message. */
function mailbox(raw: string): ExternalUrl | null {
  const address = /^mailto:([\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63})$/i.exec(raw)?.[1];
  return address === undefined ? null : { kind: 'mail', url: `mailto:${address}`, address };
}
