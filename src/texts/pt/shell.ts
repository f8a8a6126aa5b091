import type { shell as spanish } from '../es/shell.ts';
import type { Translated } from '../translated.ts';

export const shell: Translated<typeof spanish> = {
  signedOut: 'Sem sessão',
  tray: {
    tooltip: 'Ventanilla: {{state}}',
    noLine: 'Sem conexão',
    state: 'Estado',
    show: 'Mostrar',
    updateNow: 'Atualizar e reiniciar',
    updateAfterTicket: 'Atualizar ao terminar o atendimento',
    updatePlanned: 'Será atualizado ao terminar o atendimento',
    quit: 'Sair',
    hintTitle: 'Ventanilla continua aberta',
    hint: 'Fechar a janela a deixa na bandeja do sistema. Para fechar de vez, escolha Sair.',
  },
  call: 'Nova senha {{code}}',
  external: {
    title: 'Este link sai de Ventanilla',
    stay: 'Ficar aqui',
    open: 'Abrir {{place}}',
  },
  quit: {
    title: 'Há um atendimento em andamento: {{code}}',
    detail: 'Se sair, o atendimento continua em seu nome até você voltar ou a supervisão liberá-lo.',
    stay: 'Continuar atendendo',
    leave: 'Sair mesmo assim',
  },
  key: {
    title: 'Não é possível ler a chave deste equipamento',
    changed: 'Os dados foram guardados com o chaveiro {{before}} e agora o sistema oferece {{now}}. Nada foi apagado.',
    unreadable: 'O chaveiro do sistema não devolve a chave com que os dados foram guardados. Nada foi apagado.',
    advice: 'Se continuar sem guardar, poderá atender com conexão e nada ficará neste equipamento ao sair.',
    quit: 'Sair',
    withoutStore: 'Continuar sem guardar',
    startOver: 'Criar uma chave nova',
    startOverTitle: 'Criar uma chave nova',
    startOverDetail:
      'O que estava por enviar fica separado neste equipamento e não será enviado, a menos que a chave anterior seja recuperada.',
    back: 'Voltar',
  },
  start: { title: 'Ventanilla não pôde iniciar' },
};
