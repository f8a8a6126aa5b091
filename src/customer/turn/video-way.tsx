import { Video } from 'lucide-react';
import { useState } from 'react';
import { askForPage } from './ask-for-page.ts';
import styles from './turn-page.module.css';
import type { TurnWords } from './turn-words.ts';

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
  const [state, setState] = useState<'ready' | 'asking' | { failed: string }>('ready');
  const enter = async (): Promise<void> => {
    setState('asking');
    const asked = await askForPage(fetchFrom, '/v1/guest/invitations', { token });
    if ('url' in asked) return go(`${asked.url}.${token}`);
    setState({ failed: asked.failure === 'blocked' ? words.hopFailure.blocked : words.enterVideoFailed });
  };
  return (
    <>
      <button type="button" className={styles.enter} disabled={state === 'asking'} onClick={() => void enter()}>
        <Video size={22} aria-hidden="true" />
        {words.enterVideo}
      </button>
      <p role="status" className={styles.note}>
        {typeof state === 'object' && state.failed}
      </p>
    </>
  );
}
