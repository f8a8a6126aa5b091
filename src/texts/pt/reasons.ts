import type { reasons as spanish } from '../es/reasons.ts';
import type { Translated } from '../translated.ts';

export const reasons: Translated<typeof spanish> = {
  mainService: 'serviço principal',
  supportService: 'serviço de apoio, sem ninguém nos principais',
  appointmentOnTime: 'agendamento {{hour}}, na hora',
  appointmentLate: 'agendamento {{hour}}, {{minutes}} min de atraso',
  appointmentEarly: 'agendamento {{hour}}, {{minutes}} min antes',
  preferente: 'atendimento preferencial',
  requeued_one: 'voltou à fila {{count}} vez',
  requeued_other: 'voltou à fila {{count}} vezes',
  transferred: 'vem de outro serviço',
  waited: 'espera {{wait}}',
  chosenByHand: 'escolhido manualmente',
  passedNotReady_one: 'passou-se {{count}} cliente que não estava pronto para o vídeo',
  passedNotReady_other: 'passaram-se {{count}} clientes que não estavam prontos para o vídeo',
};
