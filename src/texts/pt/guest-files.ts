import type { guestFiles as spanish } from '../es/guest-files.ts';
import type { Translated } from '../translated.ts';

export const guestFiles: Translated<typeof spanish> = {
  open: 'Arquivos',
  heading: 'Arquivos do seu atendimento',
  close: 'Fechar os arquivos',
  attach: 'Enviar um arquivo',
  hint: 'Fotos e documentos: {{extensions}}. Máximo de 100 MB cada um.',
  list: 'Arquivos compartilhados',
  empty: 'Ainda não há arquivos.',
  own: 'Você',
  cleaned: 'dados ocultos foram removidos',
  downloadOf: 'Baixar {{name}}',
  preview: 'Prévia de {{name}}',
  cancelOf: 'Cancelar o envio de {{name}}',
  removeOf: 'Tirar {{name}} da lista',
  queued: 'Na fila: será enviado depois do anterior',
  sending: 'Enviando, {{percent}} %',
  waiting: {
    offline: 'Sem conexão. Continua sozinho a partir de {{percent}} %.',
    tooMany: 'Envios demais em sequência. Continua sozinho a partir de {{percent}} %.',
    busy: 'A central não consegue recebê-lo agora. Continua sozinho a partir de {{percent}} %.',
  },
  checking: 'Verificando o arquivo',
  refused: 'Não enviado.',
  closed: 'O atendimento já não está aberto.',
  unread: 'Não foi possível ler o arquivo. Escolha-o de novo.',
  arrived: '{{name}} enviou um arquivo',
  unseen: 'Novos: {{count}}',
};
