import type { DisplayCall, DisplayState, IssuedTicket, KioskOffer, TurnState } from '../../protocol/http/public-api.ts';
import type { TicketId } from '../../protocol/ids.ts';

/** 23 July 2026, 10:42 in Bogotá. */
export const TEN_42 = Date.UTC(2026, 6, 23, 15, 42);

export const sampleCall = (id: string, code: string, change: Partial<DisplayCall> = {}): DisplayCall => ({
  id,
  code,
  moduleName: 'Módulo 2',
  name: null,
  at: TEN_42,
  ...change,
});

export const sampleDisplay = (change: Partial<DisplayState> = {}): DisplayState => ({
  branchName: 'Sucursal Centro',
  companyName: 'Demo Telecom',
  isDemo: true,
  locale: 'es-CO',
  timeZone: 'America/Bogota',
  serverTime: TEN_42,
  calls: [],
  waiting: { count: 0, codes: [] },
  ...change,
});

export const sampleTurn = (change: Partial<TurnState> = {}): TurnState => ({
  branchName: 'Sucursal Centro',
  companyName: 'Demo Telecom',
  isDemo: false,
  locale: 'es-CO',
  timeZone: 'America/Bogota',
  serverTime: TEN_42,
  code: 'R-036',
  number: 1234,
  serviceName: 'Reclamos',
  isVideo: false,
  state: 'waiting',
  ahead: 3,
  range: { low: 10, high: 20 },
  moduleName: null,
  callCount: 0,
  createdAt: TEN_42,
  ...change,
});

export const sampleOffer: KioskOffer = {
  branchName: 'Sucursal Centro',
  companyName: 'Demo Telecom',
  isDemo: true,
  locale: 'es-CO',
  timeZone: 'America/Bogota',
  serverTime: TEN_42,
  documentTypes: ['CC', 'CE', 'PASAPORTE'],
  services: [
    { slug: 'caja', name: 'Caja', kind: 'counter', waiting: 5, range: { low: 15, high: 25 } },
    { slug: 'reclamos', name: 'Reclamos', kind: 'counter', waiting: 0, range: null },
  ],
};

export const sampleTicket: IssuedTicket = {
  id: '0190c7a4-8f3e-7cc1-9a86-26a3b1f8d101' as TicketId,
  number: 1234,
  code: 'C-036',
  position: 4,
  turnUrl: 'https://turnos.example/turn#c2VjcmV0',
  range: { low: 10, high: 20 },
};
