import { GuestToken } from '../../protocol/video/guest-link.ts';

const NAME = '__Host-guest';

/** A browser in which a guest has entered (trust T1): RFC 6265bis, sent to this server alone and read by no script. */
export const guestCookie = (browser: string): string =>
  `${NAME}=${browser}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=86400`;

/** What the browser shows of `Cookie`; null for nothing of ours. */
export function readGuestCookie(header: string | undefined): string | null {
  const found = header?.split('; ').find((pair) => pair.startsWith(`${NAME}=`));
  return GuestToken.safeParse(found?.slice(NAME.length + 1)).data ?? null;
}
