import { useEffect, useSyncExternalStore } from 'react';
import { createFormats } from '../../texts/create-formats.ts';
import { textsIn } from '../texts-in.ts';
import { ConfirmingStep } from './confirming-step.tsx';
import type { Kiosk } from './create-kiosk.ts';
import { DocumentStep } from './document-step.tsx';
import { KioskFoot } from './kiosk-foot.tsx';
import { KioskHead } from './kiosk-head.tsx';
import styles from './kiosk-page.module.css';
import { ServicesStep } from './services-step.tsx';
import { StillThere } from './still-there.tsx';
import { TicketStep } from './ticket-step.tsx';

export interface KioskPageProps {
  kiosk: Kiosk;
  /** IANA name of the kiosk's own zone, until the branch has said its own. */
  timeZone: string;
}

/** Where customers take a turn: service, document, ticket, and what stands between while the line is lost. */
export function KioskPage({ kiosk, timeZone }: KioskPageProps) {
  const state = useSyncExternalStore(kiosk.subscribe, kiosk.get);
  const { offer, step, language, isHighContrast, secondsLeft } = state;
  const texts = textsIn(language);
  const t = texts.getFixedT(language, 'kiosk');
  const common = texts.getFixedT(language, 'common');
  const errors = texts.getFixedT(language, 'errors');
  const formats = createFormats({ locale: offer?.locale ?? language, timeZone: offer?.timeZone ?? timeZone, language });

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = offer === null ? common('product') : `${offer.branchName} · ${offer.companyName}`;
  }, [language, offer, common]);

  useEffect(() => {
    document.documentElement.toggleAttribute('data-high-contrast', isHighContrast);
  }, [isHighContrast]);

  const isLeaving = step.name !== 'ticket' && secondsLeft !== null;
  return (
    <div className={styles.page}>
      <div className={styles.content} inert={isLeaving}>
        <KioskHead offer={offer} formats={formats} demo={common('demo')} />
        <main key={step.name} className={styles.main}>
          {step.name === 'services' && (
            <ServicesStep state={state} kiosk={kiosk} t={t} common={common} formats={formats} />
          )}
          {step.name === 'document' && (
            <DocumentStep
              step={step}
              documentTypes={offer?.documentTypes ?? []}
              kiosk={kiosk}
              t={t}
              common={common}
              errors={errors}
            />
          )}
          {step.name === 'confirming' && <ConfirmingStep serviceName={step.serviceName} kiosk={kiosk} t={t} />}
          {step.name === 'ticket' && (
            <TicketStep step={step} secondsLeft={secondsLeft} kiosk={kiosk} t={t} common={common} formats={formats} />
          )}
        </main>
        {step.name !== 'ticket' && <KioskFoot state={state} kiosk={kiosk} t={t} common={common} />}
      </div>
      {isLeaving && <StillThere secondsLeft={secondsLeft} onStay={kiosk.touch} t={t} />}
    </div>
  );
}
