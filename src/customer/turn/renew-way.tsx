import { TicketPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { renewalFailure, renewTurn, type TurnFailure } from './ask-for-page.ts';
import styles from './turn-page.module.css';
import { filled, type TurnWords } from './turn-words.ts';

export interface RenewWayProps {
  /** Of the turn that is over. */
  token: string;
  serviceName: string;
  /** The line is down. */
  isOld: boolean;
  words: TurnWords;
  fetchFrom?: typeof fetch;
  /** Shows another page. */
  go?: (url: string) => void;
}

/** Another turn in the place of one that was closed without an attention (S2-35). */
export function RenewWay({
  token,
  serviceName,
  isOld,
  words,
  fetchFrom = fetch,
  go = (url) => location.assign(url),
}: RenewWayProps) {
  const noteId = useId();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<TurnFailure | null>(null);
  const renew = async (): Promise<void> => {
    setIsAsking(true);
    setFailure(null);
    const asked = await renewTurn(fetchFrom, { token, page: 'turn' });
    setIsAsking(false);
    if ('url' in asked) go(asked.url);
    else setFailure(asked.failure);
  };
  return (
    <>
      <button
        type="button"
        className={styles.enter}
        disabled={isOld || isAsking}
        aria-describedby={noteId}
        onClick={() => void renew()}
      >
        <TicketPlus size={22} aria-hidden="true" />
        {words.renew}
      </button>
      <p id={noteId} className={styles.note}>
        {isOld ? words.offline : filled(words.renewNote, { service: serviceName })}
      </p>
      <p role="status" className={styles.note}>
        {failure !== null && words.renewFailure[renewalFailure(failure)]}
      </p>
    </>
  );
}
