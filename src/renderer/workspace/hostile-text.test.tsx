import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, renderDesk } from '../testing/render-desk.tsx';
import * as sample from '../testing/sample-facts.ts';
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
        ...sample.contact,
        firstName: payload,
        lastName: payload,
        email: payload,
        updatedByName: payload,
      };
      const header = { ...sample.attendingTicket.header, displayName: payload };
      const ticket = {
        ...sample.attendingTicket,
        header,
        contact,
        timeline: [
          sample.line(sample.at(10, 44), { type: 'note.added', text: payload }, { agentName: payload }),
          sample.line(sample.at(10, 45), {
            type: 'ticket.transferred',
            from: sample.caja,
            to: sample.ventas,
            comment: payload,
          }),
          sample.line(sample.at(10, 46), { type: 'ticket.freed', reason: payload }),
        ],
      };
      const rows = sample.waitingRows.map((row) => ({ ...row, header: { ...row.header, displayName: payload } }));
      const { tell } = await renderDesk((desk) => {
        work(desk, { ticket, rows });
        desk.tell('session.changed', {
          ...sample.working,
          companyName: payload,
          agent: { ...sample.working.agent, firstName: payload },
          services: sample.services.map((service) => ({
            ...service,
            name: payload,
            topics: service.topics.map((topic) => ({ ...topic, name: payload })),
          })),
        });
        desk.tell('current.changed', sample.current(ticket, { draft: payload }));
      });
      const before = document.querySelectorAll('script, iframe, img, svg[onload], style, a').length;
      expect(screen.getAllByText((_, element) => element?.textContent === payload).length).toBeGreaterThan(3);

      await tell(
        'current.changed',
        sample.current({
          ...sample.callingTicket,
          header: { ...sample.callingTicket.header, displayName: payload },
          contact,
        }),
      );
      await tell('notice.raised', { type: 'returned', turnCode: payload, cause: payload });
      await tell('outbox.changed', {
        pending: [],
        refused: [
          {
            ...sample.fullOutbox.refused[0]!,
            subject: { ticketId: header.id, turnCode: null, name: payload },
            act: { type: 'note.add', ticketId: header.id, text: payload },
            error: { code: 'ALREADY_HELD', title: payload, detail: payload, retryable: false, requestId: payload },
          },
        ],
      });
      await tell('current.changed', sample.current(null));
      await press('Atendiendo', { role: 'tab' });
      await act(async () => {});

      expect(document.querySelectorAll('script, iframe, img, svg[onload], style, a').length).toBe(before);
      expect((window as { hurt?: unknown }).hurt).toBeUndefined();
      expect(document.querySelectorAll('[onerror], [onload], [srcdoc]')).toHaveLength(0);
    },
  );
});
