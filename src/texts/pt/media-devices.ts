import type { mediaDevices as spanish } from '../es/media-devices.ts';
import type { Translated } from '../translated.ts';

export const mediaDevices: Translated<typeof spanish> = {
  camera: 'Câmera',
  microphone: 'Microfone',
  speaker: 'Alto-falante',
  none: 'Nenhum disponível',
  byDefault: 'O deste equipamento',
  unnamed: '{{device}} {{place}}',
  level: 'Nível do microfone',
  levelMuted: 'Seu microfone está desligado: não se ouve nada.',
  noChoice:
    'Este navegador não permite escolher o alto-falante: é usado o deste equipamento. Mude-o nas configurações de som.',
  test: 'Testar o alto-falante',
  playing: 'Estão tocando três notas.',
  played: 'Tocaram três notas. Se não as ouviu, escolha outro alto-falante ou aumente o volume.',
  failed: 'Não foi possível usar o alto-falante. Escolha outro.',
  gone: '{{name}} foi desconectado. Conecte-o ou escolha outro.',
  goneFor: '{{name}} foi desconectado. Agora está em uso {{used}}.',
  goneSpeaker: '{{name}} foi desconectado. Agora o som sai pelo alto-falante deste equipamento.',
  back: '{{name}} voltou e está em uso de novo.',
  another: 'outro dispositivo',
};
