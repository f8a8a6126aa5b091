import { sampleId } from '../../domain/testing/sample-ids.ts';
import { AttentionId, ConsentId, TermsId } from '../../protocol/ids.ts';
import type { Consent, Terms } from '../../protocol/video/consent.ts';
import type { TicketView } from '../../bridge/facts.ts';
import { asesoria, at, NOW, working } from './sample-office.ts';
import * as tickets from './sample-tickets.ts';

const template = (number: number, title: string, more: Partial<Terms> = {}): Terms => ({
  id: sampleId(TermsId, 900 + number),
  service: 'asesoria',
  version: 4,
  language: 'es',
  title,
  text: `1. ${title}.\n2. Puede retractarse dentro de los 5 días hábiles siguientes.`,
  isRequired: true,
  ...more,
});

export const plan = template(1, 'Cambio de plan hogar');
export const data = template(2, 'Tratamiento de datos personales', { service: null, version: 2, isRequired: false });
const elsewhere = template(3, 'Contrato de la caja', { service: 'caja' });

export const withTerms = { ...working, terms: [plan, data, elsewhere] };

const header = {
  ...tickets.attendingTicket.header,
  kind: 'virtual',
  serviceId: asesoria,
  turnCode: 'A-007',
  appointmentAt: null,
} as const;

/** A video in hand, with what was asked in it. */
export const attended = (consents: readonly Consent[] = []): TicketView => ({
  ...tickets.attendingTicket,
  header,
  consents: [...consents],
});

export const consent = (more: Partial<Consent> = {}): Consent => ({
  id: sampleId(ConsentId, 950),
  ticketId: header.id,
  attentionId: header.holder?.attentionId ?? sampleId(AttentionId, 1),
  termsId: plan.id,
  title: plan.title,
  text: plan.text,
  version: '4',
  language: 'es',
  sha256: 'a'.repeat(64),
  isRequired: true,
  isEdited: false,
  agentName: 'Ana Morales',
  state: 'asked',
  askedAt: NOW - 34_000,
  openedAt: null,
  readAt: null,
  answeredAt: null,
  folio: null,
  withdrawnAt: null,
  withdrawalFolio: null,
  receiptUrl: null,
  ...more,
});

export const accepted = (more: Partial<Consent> = {}): Consent =>
  consent({
    state: 'accepted',
    openedAt: at(10, 48, 40),
    readAt: at(10, 48, 50),
    answeredAt: at(10, 49),
    folio: '7K3Q-9M2H-4TXD',
    receiptUrl: 'https://centro.test/receipt#token',
    ...more,
  });
