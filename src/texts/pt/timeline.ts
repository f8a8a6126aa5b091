import type { timeline as spanish } from '../es/timeline.ts';
import type { Translated } from '../translated.ts';

export const timeline: Translated<typeof spanish> = {
  created: {
    kiosk: 'Senha retirada no totem',
    agent: 'gerou o ticket',
    api: 'Ticket recebido de outro sistema',
    desk: 'gerou o ticket com Atender agora',
  },
  called: 'Chamada na tela e por voz, chamada {{attempt}}',
  recalled: 'Chamada repetida na tela e por voz, chamada {{attempt}}',
  attended: 'Atendimento iniciado',
  attendedAt: 'Atendimento iniciado em {{module}}',
  returned: 'Voltou para a fila',
  returnedCause: {
    noAnswer: 'A chamada ficou sem resposta no guichê',
    notAcknowledged: 'O computador não mostrou a chamada',
    deskSilent: 'O computador perdeu a conexão enquanto chamava',
    signedOut: 'A sessão do guichê foi encerrada',
    supervisor: 'Devolvido pela supervisão',
  },
  requeued: 'recolocou o ticket na fila',
  transferred: 'transferiu de {{from}} para {{to}}',
  closed: {
    finished: 'finalizou o ticket',
    cancelled: 'cancelou o ticket',
    noShow: 'fechou o ticket: Não compareceu',
    abandoned: 'fechou o ticket: o cliente foi embora',
    serviceRequested: 'fechou o ticket: GEROU SERVIÇO TÉCNICO',
  },
  closedBySystem: {
    finished: 'Ticket finalizado',
    cancelled: 'Ticket cancelado',
    noShow: 'Ticket fechado: Não compareceu',
    abandoned: 'Ticket fechado: o cliente foi embora',
    serviceRequested: 'Ticket fechado: GEROU SERVIÇO TÉCNICO',
  },
  freed: 'liberou o ticket',
  superseded: 'terminou seu atendimento depois que o ticket passou para outra pessoa',
  noteAdded: 'adicionou uma nota',
  topicsChosen: 'escolheu temas',
  topicsCleared: 'retirou os temas',
  contactLinked: 'associou o contato',
  contactEdited: 'editou os dados do contato',
  unknownAgent: 'Agente',
  suspectClock: 'Hora da central: o relógio do computador não era confiável',
};
