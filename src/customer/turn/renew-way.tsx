import { TicketPlus } from 'lucide-react';
import { useId } from 'react';
import { renewalFailure, renewTurn } from './ask-for-page.ts';
import styles from './turn-page.module.css';
import { filled, type TurnWords } from './turn-words.ts';
import { useAsk } from './use-ask.ts';

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
  const { isAsking, failure, ask } = useAsk(() => renewTurn(fetchFrom, { token, page: 'turn' }), go);
  return (
    <>
      <button
        type="button"
        className={styles.enter}
        disabled={isOld || isAsking}
        aria-describedby={noteId}
        onClick={() => void ask()}
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
