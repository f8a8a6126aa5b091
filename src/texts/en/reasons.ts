import type { reasons as spanish } from '../es/reasons.ts';
import type { Translated } from '../translated.ts';

export const reasons: Translated<typeof spanish> = {
  mainService: 'main service',
  supportService: 'support service, nobody waits for the main ones',
  appointmentOnTime: 'appointment {{hour}}, on time',
  appointmentLate: 'appointment {{hour}}, {{minutes}} min late',
  appointmentEarly: 'appointment {{hour}}, {{minutes}} min early',
  preferente: 'priority attention',
  requeued_one: 'requeued once',
  requeued_other: 'requeued {{count}} times',
  transferred: 'comes from another service',
  waited: 'wait {{wait}}',
  chosenByHand: 'chosen by hand',
  passedNotReady_one: '{{count}} customer who was not ready for video was passed over',
  passedNotReady_other: '{{count}} customers who were not ready for video were passed over',
};
