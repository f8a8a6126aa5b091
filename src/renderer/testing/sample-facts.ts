import type { Fact } from '../../bridge/contract.ts';
import type { HeldRow, TicketView, WaitingRow } from '../../bridge/facts.ts';
import { sampleId } from '../../domain/testing/sample-ids.ts';
import { CommandId, TicketId } from '../../protocol/ids.ts';
import { at, NOW, branchId, moduleId, ana, caja, reclamos, ventas } from './sample-office.ts';
import { mariasAppointment, waitingRows, heldRows, contact, closed } from './sample-tickets.ts';

export const lineUp: Fact<'line.changed'> = {
  state: 'up',
  since: at(8),
  nextTryAt: null,
  syncedAt: NOW,
  clockOffset: 0,
};
export const lineDown: Fact<'line.changed'> = {
  state: 'down',
  since: at(10, 31, 54),
  nextTryAt: NOW + 20_000,
  syncedAt: at(10, 31, 50),
  clockOffset: 0,
};

export const preferences: Fact<'preferences.changed'> = { theme: 'light', language: 'es', soundVolume: 0.6 };

export const status = (more: Partial<Fact<'status.changed'>['status']> = {}): Fact<'status.changed'> => ({
  status: {
    agentId: ana,
    state: 'online',
    nextState: 'online',
    isManual: false,
    since: at(10, 42, 52),
    cause: 'agent',
    branchId,
    moduleId,
    ...more,
  },
  isPending: false,
});

export function waiting(
  rows: readonly WaitingRow[] = waitingRows,
  more: Partial<Fact<'waiting.changed'>> = {},
): Fact<'waiting.changed'> {
  return {
    version: 1,
    count: rows.length,
    next: rows[0] ?? null,
    services: [caja, reclamos, ventas].map((serviceId) => {
      const mine = rows.filter((one) => one.header.serviceId === serviceId);
      return {
        serviceId,
        waiting: mine.length,
        oldestSince: mine.length === 0 ? null : Math.min(...mine.map((one) => one.header.waitingSince)),
      };
    }),
    tabs: { waiting: rows.length, attending: 0, paused: 0, outOfHours: 0 },
    ...more,
  };
}

export const held = (rows: readonly HeldRow[] = heldRows, version = 1): Fact<'held.changed'> => ({
  version,
  count: rows.length,
  silent: rows.filter(({ silentSince }) => silentSince !== null).length,
});

export const current = (
  ticket: TicketView | null,
  more: Partial<Fact<'current.changed'>> = {},
): Fact<'current.changed'> => ({
  ticket,
  recallFrom: NOW + 12_000,
  draft: '',
  writings: [],
  ...more,
});

export const handled: Fact<'handled.changed'> = {
  tickets: [
    closed(49, 'Patricia Lozano', at(10, 27), at(10, 33, 12)),
    closed(33, 'Alberto Gil Restrepo', at(10, 9), at(10, 21), { serviceId: reclamos, turnCode: 'R-033' }),
    closed(47, 'Sandra Milena Duque', at(10, 12), at(10, 14), { outcome: 'noShow', attendingSince: null }),
    closed(46, 'Wilson Arboleda', at(9, 54), at(10, 2)),
  ],
  drafts: [],
  writings: [],
};

export const shift: Fact<'shift.changed'> = {
  from: at(8, 2),
  segments: [
    { kind: 'attending', from: at(8, 2), until: at(8, 17) },
    { kind: 'online', from: at(8, 17), until: at(8, 22) },
    { kind: 'attending', from: at(8, 22), until: at(8, 45) },
    { kind: 'online', from: at(8, 45), until: at(8, 49) },
    { kind: 'attending', from: at(8, 49), until: at(9, 8) },
    { kind: 'resting', from: at(9, 8), until: at(9, 21) },
    { kind: 'attending', from: at(9, 21), until: at(9, 48) },
    { kind: 'documenting', from: at(9, 48), until: at(9, 55) },
    { kind: 'online', from: at(9, 55), until: at(9, 59) },
    { kind: 'attending', from: at(9, 59), until: at(10, 27) },
    { kind: 'online', from: at(10, 27), until: at(10, 34) },
    { kind: 'attending', from: at(10, 34), until: at(10, 46) },
    { kind: 'online', from: at(10, 46), until: null },
  ],
};

export const noOutbox: Fact<'outbox.changed'> = { pending: [], refused: [] };

const estebans = { ticketId: sampleId(TicketId, 1_035), turnCode: 'R-035', name: 'Esteban Quiroga' };

export const fullOutbox: Fact<'outbox.changed'> = {
  refused: [
    {
      id: sampleId(CommandId, 81),
      at: at(10, 30),
      subject: { ticketId: mariasAppointment.id, turnCode: 'R-034', name: 'María Fernanda Ospina' },
      act: { type: 'note.add', ticketId: mariasAppointment.id, text: 'Apague el equipo 30 segundos y enciéndalo.' },
      error: {
        code: 'NOT_FOUND',
        title: 'No se encontró, o no está a su alcance.',
        retryable: false,
        requestId: 'r-7',
      },
    },
  ],
  pending: [
    {
      id: sampleId(CommandId, 82),
      at: at(10, 40),
      subject: { ...estebans, turnCode: 'C-053' },
      act: { type: 'attention.finish', ticketId: estebans.ticketId },
    },
    {
      id: sampleId(CommandId, 83),
      at: at(10, 38),
      subject: { ...estebans, turnCode: 'C-053' },
      act: { type: 'note.add', ticketId: estebans.ticketId, text: 'Paga con tarjeta; se imprime recibo.' },
    },
    {
      id: sampleId(CommandId, 84),
      at: at(10, 37),
      subject: { ticketId: null, turnCode: null, name: 'Jorge Luis Cárdenas' },
      act: {
        type: 'contact.edit',
        ticketId: estebans.ticketId,
        contactId: contact.id,
        changes: { phone: { from: null, to: '+57 312 555 0119' } },
      },
    },
    {
      id: sampleId(CommandId, 85),
      at: at(10, 35),
      subject: { ticketId: null, turnCode: null, name: null },
      act: { type: 'status.chooseNext', state: 'lunch' },
    },
  ],
};
