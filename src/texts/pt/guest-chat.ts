import type { guestChat as spanish } from '../es/guest-chat.ts';
import type { Translated } from '../translated.ts';

export const guestChat: Translated<typeof spanish> = {
  open: 'Chat',
  heading: 'Chat com {{name}}',
  close: 'Fechar o chat',
  log: 'Mensagens',
  field: 'Escreva uma mensagem',
  send: 'Enviar',
  empty: 'Ainda não há mensagens. O que você escrever chega ao atendente.',
  own: 'Você',
  arrived: '{{name}}: {{text}}',
  below: 'Ver o que há de novo',
  unread: 'Não lidas: {{count}}',
  status: { sending: 'Enviando', sent: 'Enviada', read: 'Lida' },
  problem: {
    offline: 'Não enviada: não há conexão. Sai sozinha quando ela voltar.',
    unavailable: 'Não enviada: a central não respondeu. Sai sozinha quando ela voltar.',
    tooMany: 'Não enviada: há mensagens demais em sequência. Sai sozinha em um momento.',
    closed: 'Não enviada: o atendimento já não está aberto.',
    rejected: 'Não enviada: o texto tem caracteres que não podem ser enviados.',
  },
  retry: 'Tentar de novo',
  edit: 'Editar',
};
