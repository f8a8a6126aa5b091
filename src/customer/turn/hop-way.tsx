import { Store, Video } from 'lucide-react';
import { useId } from 'react';
import type { TurnState } from '../../protocol/http/public-api.ts';
import type { VideoObstacle } from '../video/video-obstacle.ts';
import { hopTurn } from './ask-for-page.ts';
import styles from './turn-page.module.css';
import type { TurnWords } from './turn-words.ts';
import { useAsk } from './use-ask.ts';

export interface HopWayProps {
  /** Of this turn. */
  token: string;
  state: Pick<TurnState, 'canHop' | 'isVideo'>;
  /** The line is down. */
  isOld: boolean;
  /** What keeps this browser from a video; null for nothing. */
  obstacle: VideoObstacle | null;
  words: TurnWords;
  fetchFrom?: typeof fetch;
  /** Shows another page. */
  go?: (url: string) => void;
}

/** "Atenderme por video", and "Volver a la sucursal": the same turn, attended elsewhere (SPEC PT1). */
export function HopWay({
  token,
  state: { canHop = false, isVideo = false },
  isOld,
  obstacle,
  words,
  fetchFrom = fetch,
  go = (url) => location.assign(url),
}: HopWayProps) {
  const noteId = useId();
  const to = isVideo ? 'counter' : 'video';
  const hindrance = isOld ? words.hopOffline : to === 'video' && obstacle ? words.videoObstacle[obstacle] : null;
  const { isAsking, failure, ask } = useAsk(
    () => hopTurn(fetchFrom, { token, to }),
    (url) => {
      // Of the counter this is the page: its line says the rest.
      if (to === 'video') go(url);
    },
  );

  return (
    <>
      {canHop && (
        <>
          <button
            type="button"
            className={styles.hop}
            disabled={isAsking || hindrance !== null}
            aria-describedby={noteId}
            onClick={() => void ask()}
          >
            {to === 'video' ? <Video size={22} aria-hidden="true" /> : <Store size={22} aria-hidden="true" />}
            {to === 'video' ? words.toVideo : words.toCounter}
          </button>
          <p id={noteId} className={styles.note}>
            {hindrance ?? (to === 'video' ? words.toVideoNote : words.toCounterNote)}
          </p>
        </>
      )}
      {(canHop || failure !== null) && (
        <p role="status" className={styles.note}>
          {failure !== null && words.hopFailure[failure]}
        </p>
      )}
    </>
  );
}
