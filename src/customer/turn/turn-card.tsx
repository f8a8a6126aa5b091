import { ArrowRight, User } from 'lucide-react';
import type { TurnState } from '../../protocol/http/public-api.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { Chip } from '../../web/ui/chip.tsx';
import type { Status } from '../../web/ui/status-glyph.tsx';
import styles from './turn-card.module.css';
import { filled, type TurnWords } from './turn-words.ts';

export interface TurnCardProps {
  state: TurnState;
  /** The line is down: what is said may be old. */
  isOld: boolean;
  words: TurnWords;
  formats: Formats;
}

const GLYPHS: Record<TurnState['state'], Status> = {
  waiting: 'waiting',
  calling: 'calling',
  attending: 'attending',
  finished: 'offline',
  cancelled: 'offline',
  noShow: 'offline',
};

/** Where the turn stands, in one card; told aloud when it changes. */
export function TurnCard({ state, isOld, words, formats }: TurnCardProps) {
  return (
    <section
      className={styles.card}
      data-state={state.state}
      data-old={isOld || undefined}
      aria-live={state.state === 'calling' ? 'assertive' : 'polite'}
      aria-atomic="true"
    >
      <Chip status={GLYPHS[state.state]}>{words.state[state.state]}</Chip>
      <Place state={state} words={words} formats={formats} />
      {state.state === 'waiting' && !isOld && (
        <p className={styles.updated} aria-hidden="true">
          {filled(words.updated, { hour: formats.hour(state.serverTime) })}
        </p>
      )}
    </section>
  );
}

function Place({ state, words, formats }: Omit<TurnCardProps, 'isOld'>) {
  const { ahead, range, isVideo } = state;
  const moduleName = isVideo ? null : state.moduleName;
  switch (state.state) {
    case 'waiting':
      return (
        <>
          <h2>{ahead === null ? words.unknown : words.ahead(ahead)}</h2>
          {state.requeued && <p className={styles.detail}>{words.requeued[state.requeued]}</p>}
          <p className={styles.wait}>
            {range === null ? (
              words.noRange
            ) : (
              <>
                {words.wait} <strong>{formats.range(range)}</strong>
              </>
            )}
          </p>
          {ahead !== null && <Line ahead={ahead} />}
        </>
      );
    case 'calling':
      return (
        <>
          <h2>{isVideo ? words.enterVideoNow : words.goNow}</h2>
          {moduleName !== null && (
            <p className={styles.module}>
              <ArrowRight size={30} strokeWidth={2.4} aria-hidden="true" />
              {filled(words.goTo, { module: moduleName })}
            </p>
          )}
        </>
      );
    case 'attending':
      if (isVideo) return <h2>{words.inVideo}</h2>;
      return <h2>{moduleName === null ? words.attendingNow : filled(words.attending, { module: moduleName })}</h2>;
    case 'finished':
    case 'cancelled':
    case 'noShow':
      return (
        <>
          <h2>{words[state.state]}</h2>
          <p className={styles.detail}>{state.canRenew ? words.renewDetail : words[`${state.state}Detail`]}</p>
        </>
      );
  }
}

const MOST_DRAWN = 7;

/** The people before, as the words have said already. */
function Line({ ahead }: { ahead: number }) {
  return (
    <div className={styles.line} aria-hidden="true">
      {ahead > MOST_DRAWN && <span className={styles.more}>…</span>}
      {Array.from({ length: Math.min(ahead, MOST_DRAWN) }, (_, place) => (
        <span key={place} className={styles.person} />
      ))}
      <span className={styles.self}>
        <User size={18} />
      </span>
    </div>
  );
}
