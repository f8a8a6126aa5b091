import type { outbox as spanish } from '../es/outbox.ts';
import type { Translated } from '../translated.ts';

export const outbox: Translated<typeof spanish> = {
  title: 'Pendentes de envio',
  refusedTitle: 'Não enviado',
  refusedDetail_one: '{{count}} · requer sua decisão',
  refusedDetail_other: '{{count}} · requerem sua decisão',
  waitingTitle: 'Serão enviados quando a conexão voltar',
  sendingTitle: 'Enviando',
  kept: 'Tudo fica guardado neste computador, mesmo que ele seja desligado. Você pode continuar atendendo no balcão.',
  empty: 'Nada pendente',
  emptyDetail: 'O que você fizer sem conexão esperará aqui até ser enviado.',
  edit: 'Editar',
  takenUp: 'Em correção: fica aqui até que envie o corrigido.',
  retry: 'Tentar novamente',
  retryAll: 'Tentar tudo novamente',
  copy: 'Copiar',
  discard: 'Descartar',
  discardDialog: {
    title: 'Descartar o que não foi enviado',
    detail: 'Será apagado deste computador e não poderá ser recuperado.',
    submit: 'Descartar',
  },
  onTicket: '{{act}} {{code}}',
  command: {
    status: {
      choose: 'Estado',
      chooseNext: 'Próximo estado',
      setManual: 'Atendimento manual',
    },
    note: { add: 'Nota' },
    topics: { choose: 'Temas' },
    contact: { edit: 'Dados do contato', link: 'Associar contato' },
    attention: {
      acknowledge: 'Aviso de chamada',
      touch: 'Aviso de atividade',
      begin: 'Atender',
      recall: 'Chamar novamente',
      noShow: 'Não compareceu',
      finish: 'Finalizar ticket',
      transfer: 'Transferir',
    },
    ticket: {
      create: 'Gerar ticket',
      call: 'Atender',
      transfer: 'Transferir',
      requeue: 'Recolocar na fila',
      cancel: 'Cancelar ticket',
      free: 'Liberar',
      attendNow: 'Atender agora',
    },
  },
};
