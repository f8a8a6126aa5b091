/** The chat of a guest's page. */
export const guestChat = {
  open: 'Chat',
  heading: 'Chat con {{name}}',
  close: 'Cerrar el chat',
  log: 'Mensajes',
  field: 'Escriba un mensaje',
  send: 'Enviar',
  empty: 'Aún no hay mensajes. Lo que escriba le llega al asesor.',
  own: 'Usted',
  arrived: '{{name}}: {{text}}',
  below: 'Ver lo nuevo',
  unread: 'Sin leer: {{count}}',
  status: { sending: 'Enviando', sent: 'Enviado', read: 'Leído' },
  problem: {
    offline: 'No se envió: no hay conexión. Sale por sí solo cuando vuelva.',
    unavailable: 'No se envió: la central no respondió. Sale por sí solo cuando vuelva.',
    tooMany: 'No se envió: hay demasiados mensajes seguidos. Sale por sí solo en un momento.',
    closed: 'No se envió: la atención ya no está abierta.',
    rejected: 'No se envió: el texto tiene caracteres que no se pueden enviar.',
  },
  retry: 'Reintentar',
  edit: 'Editar',
} as const;
