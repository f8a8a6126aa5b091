import { act, cleanup, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Fact } from '../../../bridge/contract.ts';
import type { TicketView } from '../../../bridge/facts.ts';
import { sampleId } from '../../../domain/testing/sample-ids.ts';
import { CommandId, GuestLinkId, TicketId, type AttentionId } from '../../../protocol/ids.ts';
import { TransferOffer } from '../../../protocol/video/transfer-offer.ts';
import { attending, drawn, openVideo, pageText, share, ticketId, withFakeMedia } from '../../testing/open-video.ts';
import { press, region, renderDesk, write } from '../../testing/render-desk.tsx';
import * as facts from '../../testing/sample-facts.ts';
import { ana, asesoria, at, NOW, topicIds } from '../../testing/sample-office.ts';
import * as tickets from '../../testing/sample-tickets.ts';
import { work } from '../../testing/scenes.ts';
import type { OpenDialog } from '../../stores/screen-slice.ts';
import type { OpenVideo } from '../video/video.ts';

withFakeMedia();

const showTab = (name: string) => press(name, { role: 'tab' });
const PHONE = '310 555 0199';
const attentionId = attending.header.holder?.attentionId as AttentionId;

async function openAttended(ticket: TicketView = attending) {
  const desk = await openVideo(ticket);
  await press('Abrir la videollamada');
  return desk;
}

describe('what was written of the customer who looks on', () => {
  const line = tickets.line;
  const told: TicketView = {
    ...attending,
    timeline: [
      ...(attending.timeline ?? []),
      line(at(10, 45), { type: 'mark.added', momentMs: 61_000, text: `Llamar al ${PHONE}` }),
      line(at(10, 45), { type: 'note.added', text: `Llamar al ${PHONE}` }),
      line(at(10, 46), { type: 'transfer.declined', reason: `Llamar al ${PHONE}` }),
    ],
  };

  test('[MK2] [T32] a telephone number in a mark, a note and any other fact is masked while the screen is shared', async () => {
    await openAttended(told);
    await press('Cronología', { role: 'tab' });
    const mark = () => region('Atención').getByText(/Tag 01:01/);
    expect(mark().textContent).toContain(`Llamar al ${PHONE}`);
    await share();
    expect(pageText()).not.toContain(PHONE);
    expect(mark().textContent).toContain('Llamar al •••');
    await press('Dejar de compartir');
    expect(pageText().split(PHONE)).toHaveLength(4);
  });

  test('[MK2] [T32] one in a note or mark that is being written is masked until its eye is pressed, and never kept masked', async () => {
    const { fake, tell } = await openAttended();
    const mark = { kind: 'mark', attentionId, momentMs: 61_000, text: `Tel ${PHONE}` } as const;
    await tell('current.changed', facts.current(attending, { draft: `Tel ${PHONE}`, writings: [mark] }));
    await press('Nota', { role: 'tab' });
    await share();
    expect(pageText()).not.toContain(PHONE);
    const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
    for (const name of ['Nota del tiquete', 'Tag']) {
      expect([field(name).value, field(name).readOnly]).toEqual(['Tel •••', true]);
      await press(`Mostrar ${name}`);
      expect([field(name).value, field(name).readOnly]).toEqual([`Tel ${PHONE}`, false]);
    }
    // Shared anew, masked anew; and what is added is what was written.
    await press('Dejar de compartir');
    await share();
    expect(field('Tag').value).toBe('Tel •••');
    await press('Marcar');
    expect(fake.seenOf('act').at(-1)).toMatchObject({ type: 'mark.add', text: `Tel ${PHONE}` });
    // What is written while others look on is in view of whoever writes it.
    await write('Tag', 'Tel 310555');
    await write('Tag', 'Tel 3105550199');
    expect(field('Tag').value).toBe('Tel 3105550199');
  });
});

describe('what is of other customers', () => {
  const CANARY = /canari|9173|555 ?0173/i;
  const other = { displayName: 'Canario Fila', documentLast4: '9173' };
  const rows = tickets.waitingRows.map((row) => ({ ...row, header: { ...row.header, ...other } }));
  const heldRows = tickets.heldRows.map((row) => ({ ...row, header: { ...row.header, ...other } }));
  const handled = facts.handled.tickets.map((header) => ({ ...header, ...other }));
  const [first, second, third, fourth] = handled.map(({ id, turnCode }) => ({ ticketId: id, turnCode }));
  const contact = {
    ...tickets.contact,
    firstName: 'Canario',
    lastName: 'Ajeno',
    documentNumber: '10209173',
    phone: '+573105550173',
    email: 'canario@correo.co',
  };
  const begun: Fact<'handled.changed'> = {
    tickets: handled,
    drafts: [{ ...first!, text: 'canario: nota' }],
    writings: [
      { ...second!, writing: { kind: 'mark', attentionId, momentMs: 1_000, text: 'canario: tag' } },
      { ...third!, writing: { kind: 'message', text: 'canario: mensaje' } },
      { ...fourth!, writing: { kind: 'terms', termsId: null, title: 'Canario', text: 'canario: términos' } },
    ],
  };
  const subject = { ticketId: first!.ticketId, turnCode: null, name: 'Canario Ajeno' };
  const customer = { type: 'new', contact: { firstName: 'Canario', phone: '+57 310 555 0173' } } as const;
  const outbox: Fact<'outbox.changed'> = {
    pending: [
      {
        id: sampleId(CommandId, 91),
        at: NOW,
        subject,
        act: { type: 'note.add', ticketId: first!.ticketId, text: 'canario' },
      },
    ],
    refused: [
      {
        id: sampleId(CommandId, 92),
        at: NOW,
        subject,
        act: { type: 'ticket.attendNow', serviceId: asesoria, customer },
        error: { code: 'DUPLICATE_CONTACT', title: 'Ya existe', retryable: false, requestId: 'r' },
      },
    ],
  };
  const offered = TransferOffer.parse({
    id: '0198f0d0-0000-7000-8000-000000000001',
    ticketId: sampleId(TicketId, 9_001),
    attentionId: '0198f0d0-0000-7000-8000-000000000002',
    epoch: 1,
    nextAttentionId: '0198f0d0-0000-7000-8000-000000000003',
    from: { agentId: '0198f0d0-0000-7000-8000-000000000901', agentName: 'Luis Peña' },
    to: { agentId: ana, agentName: 'Ana Morales' },
    state: 'offered',
    comment: 'canario: comentario',
    reason: '',
    failure: null,
    dueAt: NOW + 24_000,
    card: {
      turnCode: 'A-099',
      serviceId: asesoria,
      customerName: 'Canario Ofrecido',
      attendingSince: NOW,
      topics: 0,
      notes: 0,
    },
  });
  const opened = (id: TicketId): TicketView => {
    const header =
      [...rows, ...heldRows].find((row) => row.header.id === id)?.header ?? handled.find((h) => h.id === id);
    if (!header) throw new Error(`no ticket ${id}`);
    return {
      header,
      reasons: [],
      contact: id === fourth?.ticketId ? null : contact,
      topicIds: topicIds.slice(0, 1),
      timeline: [tickets.line(NOW, { type: 'note.added', text: 'canario: nota' })],
      files: [],
      pendingFields: [],
      isPending: false,
    };
  };
  const about = { ticketId: rows[0]!.header.id, turnCode: rows[0]!.header.turnCode };
  const dialogs: OpenDialog[] = [
    { type: 'inviteGuest', ...about },
    { type: 'attendNow', serviceId: asesoria, customer, replaces: [] },
    { type: 'transfer', ...about, serviceId: asesoria, isInHand: false },
    { type: 'cancelTicket', ...about },
    { type: 'requeueTicket', ...about },
    { type: 'callNotReady', ...about, cause: null },
    { type: 'freeTicket', ...about, attentionId, holderName: 'Camila Torres', silentSince: null },
    { type: 'finishWithNote', ticketId, turnCode: 'A-007' },
    { type: 'shortcuts' },
    { type: 'preferences' },
    { type: 'signOut' },
  ];

  async function openAmongOthers() {
    const desk = await openAttended();
    const { fake, tell, store } = desk;
    fake.handle('waiting.window', ({ from, to }) => ({ version: 2, rows: rows.slice(from, to) }));
    fake.handle('held.window', ({ from, to }) => ({ version: 2, rows: heldRows.slice(from, to) }));
    fake.handle('ticket.open', ({ ticketId: id }) => opened(id) as never);
    fake.handle('contacts.search', () => ({
      matches: [
        { id: contact.id, name: 'Canario Buscado', documentType: 'CC', documentLast4: '9173', phoneLast4: '0173' },
      ],
    }));
    await tell('waiting.changed', facts.waiting(rows, { version: 2 }));
    await tell('held.changed', facts.held(heldRows, 2));
    await tell('handled.changed', begun);
    await tell('outbox.changed', outbox);
    await tell('transfer.changed', { own: null, toMe: offered });
    await act(async () => {
      store.getState().newContactWritten(fourth!.ticketId, { firstName: 'Canario', phone: '310 555 0173' });
      const link = {
        id: sampleId(GuestLinkId, 1),
        url: 'https://turnos.example/video#canario',
        expiresAt: NOW + 60_000,
      };
      store.getState().invited({ ticketId: about.ticketId, link });
    });
    return desk;
  }

  test('[MK3] [T32] canaries: nothing on the whole desk names or quotes another customer while the screen is shared', async () => {
    const { store, toasts } = await openAmongOthers();
    await act(async () => toasts.show({ message: 'Canario Ajeno aceptó “canario”' }));
    /** Every place of the desk that shows tickets: what is read in each. */
    const walk = async (): Promise<Record<string, string>> => {
      const read: Record<string, string> = {};
      const look = (place: string): void => void (read[place] = pageText());
      look('the video');
      await showTab('Atendiendo');
      await showTab('Mis tickets');
      look('my tickets');
      await showTab('En atención');
      look('in attention');
      await showTab('Esperando');
      look('waiting');
      for (const header of [rows[0]!.header, heldRows[0]!.header, ...handled]) {
        await act(async () => store.getState().openTicket(header.id));
        look(`opened ${header.turnCode}`);
      }
      await act(async () => store.getState().openTicket(null));
      for (const isShown of [true, false]) {
        await act(async () => store.getState().showOutbox(isShown));
        if (isShown) look('outbox');
      }
      await act(async () => store.getState().showRefused(true));
      look('refused');
      for (const dialog of dialogs) {
        await act(async () => store.getState().openDialog(dialog));
        look(`dialog ${dialog.type}`);
        await act(async () => store.getState().closeDialog());
      }
      await act(async () => store.getState().openDialog({ type: 'createTicket' }));
      await press('Contacto existente', { role: 'radio' });
      await write('Buscar contacto', 'Can');
      await act(async () => void (await vi.advanceTimersByTimeAsync(300)));
      look('dialog of a contact');
      await act(async () => store.getState().closeDialog());
      return read;
    };
    const named = (read: Record<string, string>): string[] =>
      Object.entries(read).flatMap(([place, text]) => (CANARY.test(text) ? [place] : []));

    const before = named(await walk());
    for (const place of ['the video', 'my tickets', 'in attention', 'waiting', 'outbox', 'refused']) {
      expect(before).toContain(place);
    }
    for (const place of [
      `opened ${handled[3]!.turnCode}`,
      'dialog inviteGuest',
      'dialog attendNow',
      'dialog of a contact',
    ])
      expect(before).toContain(place);
    await act(async () => toasts.show({ message: 'Canario Ajeno aceptó “canario”' }));
    await share();
    expect(named(await walk())).toEqual([]);
  });

  test('[MK3] [T32] the agent may look all the same, by a press in each place', async () => {
    const { store } = await openAmongOthers();
    await share();
    await act(async () => store.getState().openTicket(rows[0]!.header.id));
    expect(pageText()).not.toMatch(CANARY);
    // What was not sent stands above the customer.
    const shows = region('Cliente').getAllByRole('button', { name: 'Mostrar' });
    await act(async () => shows.at(-1)?.click());
    expect(region('Cliente').getByRole('heading', { name: 'Canario Ajeno' })).toBeDefined();
  });

  test('[MK3] [T32] between two customers, should a screen still be shared, neither the next, the last nor the called are named', async () => {
    const tellAll = async ({ tell }: Awaited<ReturnType<typeof renderDesk>>): Promise<void> => {
      await tell('handled.changed', begun);
      await tell('waiting.changed', facts.waiting(rows, { version: 3 }));
    };
    await tellAll(await renderDesk((fake) => work(fake, { rows: [] })));
    for (const name of ['Siguiente en la fila', 'Últimas atenciones', 'Notas sin agregar']) {
      expect(region(name).getAllByText(/canari/i).length).toBeGreaterThan(0);
    }
    cleanup();
    const later = await renderDesk((fake) => work(fake, { rows: [] }));
    const shared = { ticketId, shared: { kind: 'screen', name: null } } as OpenVideo;
    vi.spyOn(later.video, 'get').mockReturnValue(shared);
    await tellAll(later);
    expect(region('Siguiente en la fila').getByText('Nombre oculto')).toBeDefined();
    expect(pageText()).not.toMatch(CANARY);
    const called = { ...opened(rows[0]!.header.id), header: { ...rows[0]!.header, state: 'calling' as const } };
    await later.tell('current.changed', facts.current(called));
    expect(screen.getByText(/^Llamando C-051/).textContent).toContain('Nombre oculto');
  });
});

describe('the order of things', () => {
  test('[T32] the screen is given to the call only once the desk has been drawn masked, and taken from it at once', async () => {
    const { call } = await openAttended();
    const others = tickets.waitingRows[0]!.header.displayName ?? '';
    const pages: (string | null)[] = [];
    call().setTrack = (source, track) => {
      if (source === 'screen') pages.push(track === null ? null : pageText());
    };
    expect(pageText()).toContain(others);
    await press('Menú de opciones');
    await press('Compartir Pantalla', { role: 'menuitem' });
    // Masked, and not sent yet.
    expect(screen.getByText('Está compartiendo su pantalla')).toBeDefined();
    expect(pages).toEqual([]);
    await drawn();
    expect(pages).toHaveLength(1);
    expect(pages[0]).not.toContain(others);
    await press('Dejar de compartir');
    expect(pages.at(-1)).toBeNull();
  });

  test('[T32] stopped before it was drawn, it is never sent', async () => {
    const { call } = await openAttended();
    await press('Menú de opciones');
    await press('Compartir Pantalla', { role: 'menuitem' });
    await press('Dejar de compartir');
    await drawn();
    expect(call().tracks['screen'] ?? null).toBeNull();
  });
});
