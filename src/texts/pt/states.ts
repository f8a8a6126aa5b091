import type { states as spanish } from '../es/states.ts';
import type { Translated } from '../translated.ts';

export const states: Translated<typeof spanish> = {
  agent: {
    online: 'On-line',
    offline: 'Off-line',
    resting: 'Em pausa',
    lunch: 'Almoçando',
    documenting: 'Documentando',
  },
  ticket: {
    scheduled: 'Agendado',
    bot: 'AO VIVO',
    outOfHours: 'Fora do horário',
    waiting: 'Aguardando',
    calling: 'Chamando',
    attending: 'Atendendo',
    paused: 'Pausado',
    closed: 'Fechado',
  },
  outcome: {
    finished: 'Finalizado',
    cancelled: 'Cancelado',
    noShow: 'Não compareceu',
    abandoned: 'Abandonado',
    serviceRequested: 'GEROU SERVIÇO TÉCNICO',
  },
  kind: {
    turn: 'Senha',
    appointment: 'Agendamento',
    virtual: 'Virtual',
    call: 'Ligação',
    chat: 'Chat',
    inquiry: 'Consulta',
  },
  priority: { normal: 'Normal', preferente: 'Preferencial' },
  role: { agent: 'Agente', supervisor: 'Supervisão', admin: 'Administração' },
  cause: {
    agent: 'Escolha sua',
    nextState: 'Próximo estado',
    noAnswer: 'Uma chamada ficou sem resposta',
    idle: 'Sem atividade neste computador',
    lock: 'Computador bloqueado',
    network: 'Sem conexão',
    supervisor: 'Alteração feita pela supervisão',
    crash: 'O aplicativo fechou de forma inesperada',
    signIn: 'Entrada',
    signOut: 'Saída',
  },
};
