import type { TFunction } from 'i18next';
import { Accessibility, Check, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { Formats } from '../../texts/create-formats.ts';
import type { Kiosk } from './create-kiosk.ts';
import type { KioskState, OfferedService } from './kiosk-state.ts';
import { Notice } from './notice.tsx';
import { Question } from './question.tsx';
import styles from './services-step.module.css';
import { TouchButton } from './touch-button.tsx';

export interface ServicesStepProps {
  state: KioskState;
  kiosk: Kiosk;
  t: TFunction<'kiosk'>;
  common: TFunction;
  formats: Formats;
}

const ONE_COLUMN = 6;

/** The first question: one button per service. */
export function ServicesStep({ state, kiosk, t, common, formats }: ServicesStepProps) {
  const { offer, trouble, isPreferente } = state;
  if (trouble === 'unpaired') return <Notice title={t('unpaired')} detail={t('unpairedDetail')} />;
  if (trouble === 'offline') return <Notice title={t('offline')} detail={t('offlineDetail')} />;
  if (offer === null) return <Notice title={common('loading')} isLoading />;
  if (offer.services.length === 0) return <Notice title={t('noServices')} detail={t('noServicesDetail')} />;
  return (
    <div className={styles.step}>
      <Question title={t('question')} hint={t('hint')} />
      <ul className={styles.services} data-many={offer.services.length > ONE_COLUMN || undefined}>
        {offer.services.map((service) => (
          <li key={service.slug}>
            <ServiceButton
              service={service}
              range={service.range && formats.range(service.range)}
              waiting={t('waiting', { count: service.waiting })}
              onChoose={() => kiosk.chooseService(service.slug)}
            />
          </li>
        ))}
      </ul>
      <div className={styles.wish}>
        <TouchButton
          look="outlined"
          className={styles.preferente}
          aria-pressed={isPreferente}
          onClick={kiosk.togglePreferente}
        >
          {isPreferente ? <Check aria-hidden="true" /> : <Accessibility aria-hidden="true" />}
          {t('preferente')}
        </TouchButton>
        <p className={styles.note}>{t('preferenteNote')}</p>
      </div>
    </div>
  );
}

interface ServiceButtonProps {
  service: OfferedService;
  /** Null while nobody can say. */
  range: string | null;
  waiting: string;
  onChoose: () => void;
}

/** Named as the service alone; the wait is its description. */
function ServiceButton({ service, range, waiting, onChoose }: ServiceButtonProps) {
  const id = useId();
  return (
    <TouchButton className={styles.service} aria-describedby={id} onClick={onChoose}>
      <span className={styles.name}>{service.name}</span>
      <span id={id} aria-hidden="true" className={styles.wait}>
        {range !== null && <strong>{range}</strong>}
        <span>{waiting}</span>
      </span>
      <ChevronRight aria-hidden="true" />
    </TouchButton>
  );
}
