import type { GuestConsent } from '../../protocol/video/consent.ts';
import { TEN_42 } from './sample-states.ts';

export const sampleConsent = (change: Partial<GuestConsent> = {}): GuestConsent => ({
  id: '0198f0d0-0000-7000-8000-0000000000c1' as GuestConsent['id'],
  title: 'Cambio de plan hogar',
  text: '1. Acepto el cambio.\n2. <b>Sin</b> permanencia.',
  version: '4',
  language: 'es',
  sha256: 'a'.repeat(64),
  isRequired: true,
  state: 'asked',
  askedAt: TEN_42,
  openedAt: null,
  readAt: null,
  answeredAt: null,
  folio: null,
  withdrawnAt: null,
  withdrawalFolio: null,
  receiptUrl: null,
  ...change,
});

export const sampleAccepted = (change: Partial<GuestConsent> = {}): GuestConsent =>
  sampleConsent({
    state: 'accepted',
    openedAt: TEN_42,
    answeredAt: TEN_42,
    folio: '7K3Q-9M2H-4TXD',
    receiptUrl: 'https://centro.test/receipt#token',
    ...change,
  });
