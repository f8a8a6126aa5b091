import type { i18n } from 'i18next';
import type { QueueReason } from '../../../protocol/queue-reason.ts';
import type { Formats } from '../../../texts/create-formats.ts';

/** Why a ticket stands where it stands: "cita 10:30, 12 min tarde; servicio principal; espera 17 min". */
export function reasonWords(reasons: readonly QueueReason[], texts: i18n, formats: Formats): string {
  return reasons.map((reason) => oneReason(reason, texts, formats)).join('; ');
}

function oneReason(reason: QueueReason, texts: i18n, formats: Formats): string {
  const t = texts.getFixedT(null, 'reasons');
  switch (reason.type) {
    case 'appointment': {
      const hour = formats.hour(reason.at);
      if (reason.lateMinutes === 0) return t('appointmentOnTime', { hour });
      return reason.lateMinutes > 0
        ? t('appointmentLate', { hour, minutes: reason.lateMinutes })
        : t('appointmentEarly', { hour, minutes: -reason.lateMinutes });
    }
    case 'requeued':
      return t('requeued', { count: reason.times });
    case 'waited':
      return t('waited', { wait: formats.wait(reason.minutes * 60_000) });
    case 'passedNotReady':
      return t('passedNotReady', { count: reason.count });
    default:
      return t(reason.type);
  }
}
