import type { display as spanish } from '../es/display.ts';
import type { Translated } from '../translated.ts';

export const display: Translated<typeof spanish> = {
  called: 'Senha chamada',
  earlier: 'Senhas anteriores',
  goTo: 'Dirija-se a',
  waiting_zero: 'Ninguém aguardando',
  waiting_one: '{{count}} aguardando',
  waiting_other: '{{count}} aguardando',
  nobody: 'Ainda não há chamadas',
  nobodyDetail: 'Seu código aparecerá aqui.',
  message: 'Tenha seu documento em mãos.',
  scan: 'Não pode esperar? Escaneie sua senha.',
  next: 'Próximas',
  turnOnSound: 'Ativar som',
  unknownBranch: 'Esta tela não corresponde a uma agência',
  unknownBranchDetail: 'Confira o endereço entregue pela administração.',
  offlineAlone: 'Sem conexão',
  soundOff: 'Toque na tela para ativar a voz.',
  offline: 'Sem conexão desde {{hour}}. Atenda à chamada nos guichês.',
};
