import { useTranslation } from 'react-i18next';
import type { ShiftFact } from '../../../bridge/facts.ts';
import { classNames } from '../../../web/ui/class-names.ts';
import { Panel } from '../../../web/ui/panel.tsx';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import styles from './idle-view.module.css';

type Kind = ShiftFact['segments'][number]['kind'];

const KINDS: readonly Kind[] = ['attending', 'online', 'resting', 'lunch', 'documenting', 'offline'];

const HOUR_MS = 3_600_000;
const MOST_HOURS = 6;
/** Share of the strip that the words at either end take. */
const ROOM_OF_ENDS = 0.12;

/** "Mi jornada": the ledger of states as one strip (S2-12). */
export function MyDay() {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const formats = useFormats();
  const now = useNow();
  const shift = useDeskState((state) => state.shift);
  if (shift === null || shift.from === null || shift.segments.length === 0) return null;

  const segments = shift.segments.map(({ kind, from, until }) => ({
    kind,
    from,
    length: Math.max(0, (until ?? now) - from),
  }));
  const start = shift.from;
  const total = (kind: Kind): number =>
    segments.filter((segment) => segment.kind === kind).reduce((sum, { length }) => sum + length, 0);
  const attended = shift.segments.filter(({ kind, until }) => kind === 'attending' && until !== null);
  const average = attended.length === 0 ? 0 : total('attending') / attended.length;
  const name = (kind: Kind): string =>
    kind === 'attending'
      ? stateName('ticket.attending')
      : kind === 'online'
        ? t('idle.free')
        : stateName(`agent.${kind}`);
  const summary =
    attended.length === 0
      ? t('idle.myDaySince', { hour: formats.hour(shift.from) })
      : t('idle.myDaySummary', {
          hour: formats.hour(shift.from),
          count: attended.length,
          average: formats.minutesAndSeconds(average),
        });
  return (
    <Panel title={t('idle.myDay')} aside={summary}>
      <div className={styles.strip} aria-hidden="true">
        {segments.map(({ kind, from, length }) => (
          <div key={from} className={classNames(styles.segment, styles[kind])} style={{ flexGrow: length }} />
        ))}
      </div>
      <div className={styles.hours} aria-hidden="true">
        <span>{formats.hour(shift.from)}</span>
        {fullHours(shift.from, now).map((at) => (
          <span key={at} className={styles.fullHour} style={{ left: `${((at - start) / (now - start)) * 100}%` }}>
            {formats.hour(at)}
          </span>
        ))}
        <span>{t('idle.now')}</span>
      </div>
      <ul className={styles.legend}>
        {KINDS.filter((kind) => total(kind) > 0).map((kind) => (
          <li key={kind}>
            <span className={classNames(styles.mark, styles[kind])} aria-hidden="true" />
            {name(kind)} <strong>{formats.hours(total(kind))}</strong>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The full hours between both ends that leave room for the words of the ends; every second or third one of a long day. */
function fullHours(from: number, until: number): number[] {
  const step = Math.ceil((until - from) / HOUR_MS / MOST_HOURS) * HOUR_MS;
  const margin = (until - from) * ROOM_OF_ENDS;
  const hours: number[] = [];
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at < until - margin; at += step) {
    if (at > from + margin) hours.push(at);
  }
  return hours;
}
