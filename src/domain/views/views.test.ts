import { describe, expect, it } from 'vitest';
import { TicketState } from '../../protocol/ticket.ts';
import { ana, luis, sampleHolder, sampleTicket } from '../testing/sample-ticket.ts';
import { callState } from './call-state.ts';
import { consoleTab } from './console-tab.ts';
import { tableState } from './table-state.ts';

const held = (state: TicketState) => sampleTicket(1, { state, epoch: 1, holder: { ...sampleHolder(ana), epoch: 1 } });
const free = (state: TicketState) => sampleTicket(1, { state });

describe('consoleTab', () => {
  it('[S3-02] [S3-03] [S3-09] [VW1] shows Esperando and Fuera de horario to everybody', () => {
    for (const viewer of [ana, luis]) {
      expect(consoleTab(free('waiting'), viewer)).toBe('waiting');
      expect(consoleTab(free('outOfHours'), viewer)).toBe('outOfHours');
    }
  });

  it('[S3-05] [S3-06] [VW1] shows Atendiendo and Pausado to the holder only', () => {
    expect((['calling', 'attending', 'paused'] as const).map((state) => consoleTab(held(state), ana))).toEqual([
      'attending',
      'attending',
      'paused',
    ]);
    for (const state of ['calling', 'attending', 'paused'] as const) expect(consoleTab(held(state), luis)).toBeNull();
  });

  it('[VW1] shows the rest in no tab', () => {
    for (const state of ['scheduled', 'bot', 'closed'] as const) expect(consoleTab(free(state), ana)).toBeNull();
  });
});

describe('tableState', () => {
  const by = (agentId: typeof ana, hasAttended = false) => ({ agentId, hasAttended });

  it('[S0-07] [VW2] is ABIERTO, CERRADO or EN VIVO', () => {
    const openness = Object.fromEntries(
      TicketState.options.map((state) => [state, tableState(free(state), by(ana)).openness]),
    );
    expect(openness).toEqual({
      scheduled: 'open',
      bot: 'live',
      outOfHours: 'open',
      waiting: 'open',
      calling: 'open',
      attending: 'open',
      paused: 'open',
      closed: 'closed',
    });
  });

  it('[S0-08] [VW2] is LIBRE, TOMADO or MIO for who looks', () => {
    expect(tableState(free('waiting'), by(ana)).taking).toBe('free');
    expect(tableState(held('attending'), by(ana)).taking).toBe('mine');
    expect(tableState(held('attending'), by(luis)).taking).toBe('taken');
    expect(tableState({ ...free('waiting'), epoch: 2 }, by(luis, true)).taking).toBe('free');
  });

  it('[S0-08] [VW2] remembers who took a closed one', () => {
    const closed = { ...free('closed'), epoch: 1 };
    expect(tableState(closed, by(ana, true)).taking).toBe('mine');
    expect(tableState(closed, by(luis)).taking).toBe('taken');
    expect(tableState(free('closed'), by(luis)).taking).toBe('free');
  });
});

describe('callState', () => {
  it('[S2-26] [VW3] is llamando, then atendiendo, else nothing', () => {
    expect(TicketState.options.map((state) => callState({ state })).filter((state) => state !== null)).toEqual([
      'calling',
      'attending',
    ]);
  });
});
