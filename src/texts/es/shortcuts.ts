/** The sheet of keys (F1). */
export const shortcuts = {
  title: 'Atajos',
  help: 'Ver los atajos',
  search: 'Buscar contacto, tiquete o acción',
  attend: 'Atender',
  finish: 'Finalizar ticket',
  terms: 'Enviar T&C',
  share: 'Compartir Pantalla, o dejar de compartirla',
  invite: 'Generar QR de la videollamada',
  allTickets: 'Mirar todos los tiquetes',
  addNote: 'Agregar nota',
  state: 'Cambiar a {{state}}',
  rows: 'Moverse por las filas',
  close: 'Cerrar lo que está abierto',
} as const;
