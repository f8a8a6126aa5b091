import type { TFunction } from 'i18next';
import { ArrowRight } from 'lucide-react';
import type { DisplayCall } from '../../protocol/http/public-api.ts';
import { StatusGlyph } from '../../web/ui/status-glyph.tsx';
import styles from './called-now.module.css';

export interface CalledNowProps {
  called: DisplayCall | null;
  /** The line is down: it may no longer be the call of now. */
  isOld: boolean;
  t: TFunction<'display'>;
}

const LONG_MODULE_NAME = 12;

/** The called code, large on yellow. Each call and recall is told to assistive technology. */
export function CalledNow({ called, isOld, t }: CalledNowProps) {
  if (called === null) {
    return (
      <section className={styles.nobody} aria-live="assertive">
        <h1>{t('nobody')}</h1>
        <p>{t('nobodyDetail')}</p>
      </section>
    );
  }
  const { id, code, moduleName, name } = called;
  return (
    <section className={styles.called} data-old={isOld || undefined} aria-live="assertive" aria-atomic="true">
      {/* A new key for a recall of the same code: the region changes, so it is told again. */}
      <div key={id} className={styles.call}>
        <p className={styles.calledWord}>
          <StatusGlyph status="calling" isPlain />
          {t('called')}
        </p>
        <h1 className={styles.code} data-digits={code.length - 2}>
          {code}
        </h1>
        {name !== null && <p className={styles.name}>{name}</p>}
        <p className={styles.module} data-long={moduleName.length > LONG_MODULE_NAME || undefined}>
          <ArrowRight aria-hidden="true" strokeWidth={2.4} />
          <span>{moduleName}</span>
        </p>
      </div>
    </section>
  );
}
