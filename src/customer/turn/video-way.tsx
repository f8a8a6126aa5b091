import { Video } from 'lucide-react';
import { askForPage } from './ask-for-page.ts';
import styles from './turn-page.module.css';
import type { TurnWords } from './turn-words.ts';
import { useAsk } from './use-ask.ts';

export interface VideoWayProps {
  /** Of this turn. */
  token: string;
  words: TurnWords;
  fetchFrom?: typeof fetch;
  /** Shows another page. */
  go?: (url: string) => void;
}

/** From the turn's own page into its video, which knows the way back. */
export function VideoWay({ token, words, fetchFrom = fetch, go = (url) => location.assign(url) }: VideoWayProps) {
  const { isAsking, failure, ask } = useAsk(
    () => askForPage(fetchFrom, '/v1/guest/invitations', { token }),
    (url) => go(`${url}.${token}`),
  );
  return (
    <>
      <button type="button" className={styles.enter} disabled={isAsking} onClick={() => void ask()}>
        <Video size={22} aria-hidden="true" />
        {words.enterVideo}
      </button>
      <p role="status" className={styles.note}>
        {failure !== null && (failure === 'blocked' ? words.hopFailure.blocked : words.enterVideoFailed)}
      </p>
    </>
  );
}
