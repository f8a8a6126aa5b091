import type { Session } from 'electron';

/** What the page may load: its own files, and what it makes itself. */
const ALLOWED = /^(?:app:\/\/ventanilla\/|blob:app:\/\/ventanilla\/|data:)/;

/** The page has no network: all that it knows comes from main. This holds even where a policy of content would fail. */
export function refuseNetwork(session: Session, hasDevTools: boolean): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !ALLOWED.test(url) && !(hasDevTools && url.startsWith('devtools://')) });
  });
}
