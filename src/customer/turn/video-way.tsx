import { Video } from 'lucide-react';
import { useState } from 'react';
import { isRecord } from '../live/frame-checks.ts';
import styles from './turn-page.module.css';
import type { TurnWords } from './turn-words.ts';

const PATIENCE_MS = 10_000;

export interface VideoWayProps {
  /** Of this turn. */
  token: string;
  words: TurnWords;
  fetchFrom?: typeof fetch;
  /** Shows another page. */
  go?: (url: string) => void;
}

/** From the turn's own page into its video. */
export function VideoWay({ token, words, fetchFrom = fetch, go = (url) => location.assign(url) }: VideoWayProps) {
  const [state, setState] = useState<'ready' | 'asking' | 'failed'>('ready');
  const enter = async (): Promise<void> => {
    setState('asking');
    const url = await invite(token, fetchFrom);
    if (url === null) setState('failed');
    else go(url);
  };
  return (
    <>
      <button type="button" className={styles.enter} disabled={state === 'asking'} onClick={() => void enter()}>
        <Video size={22} aria-hidden="true" />
        {words.enterVideo}
      </button>
      <p role="status" className={styles.note}>
        {state === 'failed' && words.enterVideoFailed}
      </p>
    </>
  );
}

async function invite(token: string, fetchFrom: typeof fetch): Promise<string | null> {
  try {
    const response = await fetchFrom('/v1/guest/invitations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await response.json();
    const url = response.ok && isRecord(answer) ? answer['url'] : null;
    return typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}
