import type { AttentionId } from '../../protocol/ids.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import { TEN_42 } from './sample-states.ts';

export const sampleGuest = (change: Partial<GuestState> = {}): GuestState => ({
  companyName: 'Demo Telecom',
  branchName: 'Central',
  isDemo: false,
  locale: 'es-CO',
  timeZone: 'America/Bogota',
  serverTime: TEN_42,
  code: 'A-007',
  serviceName: 'Asesoría virtual',
  phase: 'waiting',
  ahead: 1,
  range: { low: 5, high: 10 },
  agentName: null,
  attentionId: null,
  ...change,
});

/** What changes when Luis calls. */
export const called = (attentionId = '1'): Partial<GuestState> => ({
  phase: 'calling',
  ahead: null,
  range: null,
  agentName: 'Luis',
  attentionId: attentionId as AttentionId,
});
