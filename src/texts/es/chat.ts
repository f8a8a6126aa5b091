/** The chat of a video, at the desk. */
export const chat = {
  tab: 'Chat',
  log: 'Mensajes',
  field: 'Mensaje para {{name}}',
  send: 'Enviar',
  empty: 'Aún no hay mensajes',
  emptyDetail: 'Lo que escriba le llega al cliente dentro de la videollamada.',
  external: 'Escribe una persona externa. Las direcciones no se abren desde aquí.',
  offline: 'Sin conexión. Lo que escriba queda aquí y podrá enviarlo cuando vuelva.',
  draftsRefused: 'Este equipo no puede guardar lo que escribe. Envíelo antes de cerrar.',
  pending: 'Por enviar',
  sent: 'Enviado',
  read: 'Leído',
  refused: 'No enviado',
  /** Beside what somebody from outside wrote. */
  outsider: 'Externo',
  guest: '{{name}}, persona externa',
  own: 'Usted',
  below_one: '{{count}} mensaje nuevo',
  below_other: '{{count}} mensajes nuevos',
  unread_one: '{{count}} mensaje sin leer en el chat',
  unread_other: '{{count}} mensajes sin leer en el chat',
} as const;
