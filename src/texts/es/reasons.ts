/** Why a ticket stands where it stands in the line. Lower case: they are joined by semicolons. */
export const reasons = {
  mainService: 'servicio principal',
  supportService: 'servicio de soporte, sin nadie en los principales',
  appointmentOnTime: 'cita {{hour}}, a tiempo',
  appointmentLate: 'cita {{hour}}, {{minutes}} min tarde',
  appointmentEarly: 'cita {{hour}}, {{minutes}} min antes',
  preferente: 'atención preferente',
  requeued_one: 'se reencoló una vez',
  requeued_other: 'se reencoló {{count}} veces',
  transferred: 'viene de otro servicio',
  waited: 'espera {{wait}}',
  chosenByHand: 'se eligió a mano',
  passedNotReady_one: 'se pasó a {{count}} cliente que no estaba listo para el video',
  passedNotReady_other: 'se pasó a {{count}} clientes que no estaban listos para el video',
} as const;
