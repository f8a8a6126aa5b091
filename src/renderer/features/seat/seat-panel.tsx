import { useTranslation } from 'react-i18next';
import type { ServiceId } from '../../../protocol/ids.ts';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import styles from './seat-panel.module.css';

/** "Mi puesto": the module, the services of this agent and how many wait in each (S2-06 to S2-08). */
export function SeatPanel() {
  const { t } = useTranslation('workspace');
  const { module, mainServices, supportServices } = useWorking();
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <h2>{t('seat.title')}</h2>
        <span>{module.name}</span>
      </header>
      <div className={styles.body}>
        <Services title={t('seat.mainServices')} ids={mainServices} />
        {supportServices.length > 0 && (
          <>
            <Services title={t('seat.supportServices')} ids={supportServices} />
            <p className={styles.note}>{t('seat.supportNote')}</p>
          </>
        )}
      </div>
    </div>
  );
}

function Services({ title, ids }: { title: string; ids: readonly ServiceId[] }) {
  const { t } = useTranslation('workspace');
  const formats = useFormats();
  const now = useNow();
  const { services } = useWorking();
  const waiting = useDeskState((state) => state.waiting?.services);
  return (
    <section className={styles.services}>
      <h3 className={styles.title}>{title}</h3>
      {ids.length === 0 ? (
        <p className={styles.note}>{t('seat.noServices')}</p>
      ) : (
        <ul>
          {ids.map((id) => {
            const line = waiting?.find(({ serviceId }) => serviceId === id);
            return (
              <li key={id} className={styles.service}>
                <strong>{services.find((service) => service.id === id)?.name}</strong>
                <span>
                  {line === undefined || line.waiting === 0
                    ? t('seat.nobody')
                    : t('seat.waiting', { count: line.waiting, wait: formats.wait(now - (line.oldestSince ?? now)) })}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
