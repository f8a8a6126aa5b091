import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, renderDesk } from '../testing/render-desk.tsx';
import * as facts from '../testing/sample-facts.ts';
import * as office from '../testing/sample-office.ts';
import * as tickets from '../testing/sample-tickets.ts';
import { work } from '../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const payloads = [
  '<img src=x onerror="window.hurt=1">',
  '<script>window.hurt=1</script>',
  '<svg onload="window.hurt=1">',
  '<a href="javascript:window.hurt=1">x</a>',
  '"><iframe srcdoc="<script>parent.hurt=1</script>">',
  '{{constructor.constructor("window.hurt=1")()}}',
  '$t(common.demo) {{name}} {{- name}}',
  "';window.hurt=1;//",
  '<style>*{display:none}</style>',
  '\u202egnp.exe',
];

describe('hostile text', () => {
  test.each(payloads)(
    '[T7] %s is only text in rows, cards, timeline, contact, outbox, toasts and title',
    async (payload) => {
      const contact = {
        ...tickets.contact,
        firstName: payload,
        lastName: payload,
        email: payload,
        updatedByName: payload,
      };
      const header = { ...tickets.attendingTicket.header, displayName: payload };
      const ticket = {
        ...tickets.attendingTicket,
        header,
        contact,
        timeline: [
          tickets.line(office.at(10, 44), { type: 'note.added', text: payload }, { agentName: payload }),
          tickets.line(office.at(10, 45), {
            type: 'ticket.transferred',
            from: office.caja,
            to: office.ventas,
            comment: payload,
          }),
          tickets.line(office.at(10, 46), { type: 'ticket.freed', reason: payload }),
        ],
      };
      const rows = tickets.waitingRows.map((row) => ({ ...row, header: { ...row.header, displayName: payload } }));
      const { tell } = await renderDesk((desk) => {
        work(desk, { ticket, rows });
        desk.tell('session.changed', {
          ...office.working,
          companyName: payload,
          agent: { ...office.working.agent, firstName: payload },
          services: office.services.map((service) => ({
            ...service,
            name: payload,
            topics: service.topics.map((topic) => ({ ...topic, name: payload })),
          })),
        });
        desk.tell('current.changed', facts.current(ticket, { draft: payload }));
      });
      const before = document.querySelectorAll('script, iframe, img, svg[onload], style, a').length;
      expect(screen.getAllByText((_, element) => element?.textContent === payload).length).toBeGreaterThan(3);

      await tell(
        'current.changed',
        facts.current({
          ...tickets.callingTicket,
          header: { ...tickets.callingTicket.header, displayName: payload },
          contact,
        }),
      );
      await tell('notice.raised', { type: 'returned', turnCode: payload, cause: payload });
      await tell('outbox.changed', {
        pending: [],
        refused: [
          {
            ...facts.fullOutbox.refused[0]!,
            subject: { ticketId: header.id, turnCode: null, name: payload },
            act: { type: 'note.add', ticketId: header.id, text: payload },
            error: { code: 'ALREADY_HELD', title: payload, detail: payload, retryable: false, requestId: payload },
          },
        ],
      });
      await tell('current.changed', facts.current(null));
      await press('Atendiendo', { role: 'tab' });
      await act(async () => {});

      expect(document.querySelectorAll('script, iframe, img, svg[onload], style, a').length).toBe(before);
      expect((window as { hurt?: unknown }).hurt).toBeUndefined();
      expect(document.querySelectorAll('[onerror], [onload], [srcdoc]')).toHaveLength(0);
    },
  );
});
