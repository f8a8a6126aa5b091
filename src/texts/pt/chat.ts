import type { chat as spanish } from '../es/chat.ts';
import type { Translated } from '../translated.ts';

export const chat: Translated<typeof spanish> = {
  tab: 'Chat',
  log: 'Mensagens',
  field: 'Mensagem para {{name}}',
  send: 'Enviar',
  empty: 'Ainda não há mensagens',
  emptyDetail: 'O que você escrever chega ao cliente dentro da videochamada.',
  external: 'Quem escreve é uma pessoa externa. Os endereços não se abrem daqui.',
  offline: 'Sem conexão. O que você escrever fica aqui e poderá ser enviado quando ela voltar.',
  draftsRefused: 'Este equipamento não consegue guardar o que você escreve. Envie antes de fechar.',
  pending: 'A enviar',
  sent: 'Enviada',
  read: 'Lida',
  refused: 'Não enviada',
  /** Beside what somebody from outside wrote. */
  outsider: 'Externo',
  guest: '{{name}}, pessoa externa',
  own: 'Você',
  below_one: '{{count}} mensagem nova',
  below_other: '{{count}} mensagens novas',
  unread_one: '{{count}} mensagem não lida no chat',
  unread_other: '{{count}} mensagens não lidas no chat',
};
