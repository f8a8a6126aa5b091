import { describe, expect, test } from 'vitest';
import { TicketFact } from '../../../protocol/event.ts';
import { FileId, ServiceId, TopicId } from '../../../protocol/ids.ts';
import { createFormats } from '../../../texts/create-formats.ts';
import { createTexts } from '../../../texts/create-texts.ts';
import { formatPhone } from './format-phone.ts';
import { reasonWords } from './reason-words.ts';
import { timelineWords } from './timeline-words.ts';

const caja = ServiceId.parse('0198c0de-0000-7000-8000-000000000001');
const reclamos = ServiceId.parse('0198c0de-0000-7000-8000-000000000002');
const invoice = TopicId.parse('0198c0de-0000-7000-8000-000000000003');
const names = {
  service: (id: ServiceId) => (id === caja ? 'Caja' : 'Reclamos'),
  topic: () => 'Factura con error',
};
const texts = createTexts('es');
const formats = createFormats({ locale: 'es-CO', timeZone: 'America/Bogota', language: 'es' });
const half10 = Date.parse('2026-07-23T15:30:00Z');

const words = (fact: TicketFact, agentName: string | null = 'Ana Morales') =>
  timelineWords({ agentName, fact }, names, texts, formats);

test('[S2-44] a guest’s link is told by who asked for it', () => {
  const consentId = '01a201af-003b-77c0-846d-33e6673a5b62' as never;
  const of = { consentId, title: 'Contrato', folio: '7K3Q-9M2H-4TXD' };
  expect(words({ type: 'consent.asked', consentId, title: 'Contrato', version: '2' })).toMatchObject({
    fact: 'envió T&C',
    detail: 'Contrato · versión 2',
  });
  expect(words({ type: 'consent.accepted', ...of }, null)).toMatchObject({
    fact: 'T&C: el cliente aceptó',
    detail: 'Contrato · folio 7K3Q-9M2H-4TXD',
  });
  expect(words({ type: 'consent.unanswered', ...of, cause: 'retracted' }, null)).toMatchObject({
    fact: 'T&C: se retiró sin respuesta',
  });
  expect(words({ type: 'guestLink.created' })).toMatchObject({
    who: 'Ana Morales',
    fact: 'generó el enlace de la videollamada',
  });
  expect(words({ type: 'guestLink.created' }, null)).toMatchObject({
    who: null,
    fact: 'El cliente pidió entrar desde la página de su turno',
  });
});

test('[PT1] [PT4] a hop is told by where the customer went, and a call to a video names no module', () => {
  expect(words({ type: 'ticket.hopped', to: 'video' }, null)).toMatchObject({
    who: null,
    fact: 'El cliente pasó a video',
    detail: 'Mismo código y mismo lugar en la fila',
  });
  expect(words({ type: 'ticket.hopped', to: 'counter' }, null).fact).toBe('El cliente volvió a la sucursal');
  expect(words({ type: 'ticket.recalled', moduleName: 'Módulo 2', attempt: 2, isVideo: true }).detail).toBe(
    'por video',
  );
});

test('[S2-35] [PT5] another turn is told on both', () => {
  expect(words({ type: 'ticket.renewed', number: 1235, turnCode: 'C-014' }, null).fact).toBe(
    'El cliente pidió otro turno: C-014',
  );
  const serviceId = caja as never;
  expect(words({ type: 'ticket.created', origin: 'kiosk', serviceId, renews: 12 }, null)).toMatchObject({
    who: null,
    fact: 'El cliente pidió otro turno en lugar del trámite 12',
  });
});

test('[S2-45] a mark says its moment of the call, its words as they are, and who wrote them', () => {
  expect(words({ type: 'mark.added', momentMs: 767_000, text: 'Pide $t(called) {{x}}' })).toEqual({
    who: null,
    fact: 'Tag 12:47 — Pide $t(called) {{x}}',
    detail: 'Ana Morales',
  });
});

test.each(['agent', 'guest'] as const)(
  '[B70] a changed key is told with where it was noticed, and with nobody as its owner: %s',
  (side) => {
    const said = { es: 'no indica en cuál', pt: 'não indica em qual', en: 'does not tell which' } as const;
    for (const language of ['es', 'pt', 'en'] as const) {
      const event = { agentName: null, fact: { type: 'call.keyChanged', side } } as const;
      expect(timelineWords(event, names, createTexts(language), formats).detail).toContain(said[language]);
    }
  },
);

test('[S2-42] [CL12] a shared screen says who shared it and what of it, and its end how long it lasted', () => {
  const line = (fact: TicketFact) => Object.values(words(fact));
  expect(line({ type: 'call.screenShared', side: 'agent', kind: 'window' })).toEqual([
    'Ana Morales',
    'empezó a compartir su pantalla',
    'Una ventana',
  ]);
  expect(line({ type: 'call.screenEnded', side: 'agent', lastedMs: 61_000 })).toEqual([
    'Ana Morales',
    'dejó de compartir su pantalla',
    'Duró 01:01',
  ]);
  expect(line({ type: 'call.screenShared', side: 'guest', kind: 'unknown' })).toEqual([
    null,
    'El cliente empezó a compartir su pantalla',
    null,
  ]);
});

test('[B31] a file says who sent it, and what was taken out of it', () => {
  const file = { type: 'file.shared', name: 'foto.jpg', kind: 'image/jpeg', bytes: 1, wasCleaned: true } as const;
  const fact = { ...file, fileId: FileId.parse('0198f0d0-0000-7000-8000-000000000009') };
  expect(words(fact, null)).toEqual({
    who: null,
    fact: 'El cliente envió un archivo',
    detail: '“foto.jpg” · se quitaron datos ocultos',
  });
  expect(words({ ...fact, wasCleaned: false })).toEqual({
    who: 'Ana Morales',
    fact: 'envió un archivo',
    detail: '“foto.jpg”',
  });
});

test('[S2-37] a call that was offered and passed on is told with both names and the comment', () => {
  const [fromName, toName, comment] = ['Ana Morales', 'Luis Peña', 'Falta la firma'];
  expect(words({ type: 'transfer.offered', toName, comment })).toEqual({
    who: 'Ana Morales',
    fact: 'ofreció la llamada a Luis Peña',
    detail: '“Falta la firma”',
  });
  expect(words({ type: 'transfer.completed', fromName, toName, comment: '' })).toEqual({
    who: null,
    fact: 'La llamada pasó de Ana Morales a Luis Peña',
    detail: null,
  });
  expect(words({ type: 'transfer.failed', toName, failure: 'noMedia' })).toMatchObject({
    fact: 'La llamada no pasó a Luis Peña y siguió igual',
    detail: 'Su video no llegó al cliente',
  });
});

describe('[X31] reasons of the line', () => {
  test('are joined in one sentence', () => {
    expect(
      reasonWords(
        [
          { type: 'appointment', at: half10, lateMinutes: 12 },
          { type: 'mainService' },
          { type: 'waited', minutes: 17 },
        ],
        texts,
        formats,
      ),
    ).toBe('cita 10:30, 12 min tarde; servicio principal; espera 17 min');
  });

  test.each([
    [{ type: 'appointment', at: half10, lateMinutes: 0 }, 'cita 10:30, a tiempo'],
    [{ type: 'appointment', at: half10, lateMinutes: -5 }, 'cita 10:30, 5 min antes'],
    [{ type: 'requeued', times: 1 }, 'se reencoló una vez'],
    [{ type: 'requeued', times: 2 }, 'se reencoló 2 veces'],
    [{ type: 'waited', minutes: 75 }, 'espera 1 h 15'],
    [{ type: 'preferente' }, 'atención preferente'],
    [{ type: 'supportService' }, 'servicio de soporte, sin nadie en los principales'],
    [{ type: 'transferred' }, 'viene de otro servicio'],
    [{ type: 'chosenByHand' }, 'se eligió a mano'],
  ] as const)('%o', (reason, expected) => {
    expect(reasonWords([reason], texts, formats)).toBe(expected);
  });
});

describe('[S2-21] facts of the timeline', () => {
  test('a note says who wrote it and what', () => {
    expect(words({ type: 'note.added', text: 'Trae factura impresa.' })).toEqual({
      who: 'Ana Morales',
      fact: 'agregó una nota',
      detail: '“Trae factura impresa.”',
    });
  });

  test('a call says where and why', () => {
    expect(
      words({
        type: 'ticket.called',
        moduleName: 'Módulo 2',
        attempt: 1,
        isAutomatic: true,
        reasons: [{ type: 'mainService' }],
      }),
    ).toEqual({
      who: null,
      fact: 'Llamado 1',
      detail: 'Módulo 2 · servicio principal',
    });
  });

  test('a transfer says from where to where; an empty comment leaves no quotes', () => {
    expect(words({ type: 'ticket.transferred', from: caja, to: reclamos, comment: '' })).toEqual({
      who: 'Ana Morales',
      fact: 'transfirió de Caja a Reclamos',
      detail: null,
    });
  });

  test('a turn of the kiosk has nobody who did it; one closed by the system neither', () => {
    expect(words({ type: 'ticket.created', origin: 'kiosk', serviceId: caja }, null)).toEqual({
      who: null,
      fact: 'Turno tomado en el quiosco',
      detail: 'Caja',
    });
    expect(words({ type: 'ticket.closed', outcome: 'abandoned' }, null)).toEqual({
      who: null,
      fact: 'Tiquete cerrado: el cliente se fue',
      detail: null,
    });
  });

  test('edits and topics are named', () => {
    expect(words({ type: 'contact.edited', fields: ['phone', 'email'] }).detail).toBe('teléfono, correo');
    expect(words({ type: 'topics.chosen', topicIds: [invoice] }).detail).toBe('Factura con error');
    expect(words({ type: 'topics.chosen', topicIds: [] }).fact).toBe('quitó los temas');
  });

  test('every type of fact has words in every language', () => {
    const samples: Record<string, unknown> = {
      origin: 'desk',
      serviceId: caja,
      moduleName: 'Módulo 2',
      attempt: 2,
      isAutomatic: false,
      reasons: [],
      cause: 'noAnswer',
      from: caja,
      to: reclamos,
      comment: 'Pide ajuste',
      outcome: 'finished',
      reason: 'Equipo apagado',
      text: 'Nota',
      topicIds: [invoice],
      fields: ['phone'],
      momentMs: 61_000,
      consentId: caja,
      title: 'Contrato',
      version: '3',
      folio: '7K3Q-9M2H-4TXD',
      fileId: caja,
      name: 'foto.jpg',
      kind: 'image/jpeg',
      bytes: 1,
      wasCleaned: true,
      fromName: 'Ana Morales',
      toName: 'Luis Peña',
      failure: 'noMedia',
      number: 1234,
      turnCode: 'C-012',
      side: 'guest',
      quality: 'weak',
      roundTripMilliseconds: 620,
      lossPercent: 5,
      afterMs: 42_000,
      lastedMs: 42_000,
    };
    const ofType: Record<string, object> = {
      'consent.unanswered': { cause: 'ended' },
      'ticket.hopped': { to: 'counter' },
      'guest.blocked': { reason: 'threats' },
      'call.screenShared': { kind: 'window' },
    };
    for (const language of ['es', 'pt', 'en'] as const) {
      for (const option of TicketFact.options) {
        const keys = Object.keys(option.shape).filter((key) => key !== 'type');
        const fact = TicketFact.parse({
          type: option.shape.type.value,
          ...Object.fromEntries(keys.map((key) => [key, samples[key]])),
          ...ofType[option.shape.type.value],
        });
        const line = timelineWords({ agentName: 'Ana', fact }, names, createTexts(language), formats);
        expect(line.fact).not.toBe('');
        expect(`${line.fact} ${line.detail}`).not.toMatch(/\{\{|undefined|\w+\.\w+\.\w+/);
      }
    }
  });
});

describe('phones', () => {
  test.each([
    ['+573105550142', '+57 310 555 0142'],
    ['+5491123456789', '+54 9 11 2345 6789'],
    ['+5511987654321', '+55 11 98765 4321'],
    ['310 sin formato', '310 sin formato'],
  ])('%s is written %s', (phone, written) => {
    expect(formatPhone(phone)).toBe(written);
  });
});
