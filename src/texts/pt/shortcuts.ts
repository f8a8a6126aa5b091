import type { shortcuts as spanish } from '../es/shortcuts.ts';
import type { Translated } from '../translated.ts';

export const shortcuts: Translated<typeof spanish> = {
  title: 'Atalhos',
  help: 'Ver os atalhos',
  search: 'Buscar contato, ticket ou ação',
  attend: 'Atender',
  finish: 'Finalizar ticket',
  terms: 'Enviar T&C',
  share: 'Compartilhar a tela, ou deixar de compartilhar',
  invite: 'Gerar o QR da videochamada',
  allTickets: 'Ver todos os tickets',
  addNote: 'Adicionar nota',
  state: 'Mudar para {{state}}',
  rows: 'Percorrer as linhas',
  close: 'Fechar o que está aberto',
};
