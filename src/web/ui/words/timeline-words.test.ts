import { describe, expect, test } from 'vitest';
import { TicketFact } from '../../../protocol/event.ts';
import { ServiceId, TopicId } from '../../../protocol/ids.ts';
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
  expect(words({ type: 'guestLink.created' })).toMatchObject({
    who: 'Ana Morales',
    fact: 'generó el enlace de la videollamada',
  });
  expect(words({ type: 'guestLink.created' }, null)).toMatchObject({
    who: null,
    fact: 'El cliente pidió entrar desde la página de su turno',
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
    };
    for (const language of ['es', 'pt', 'en'] as const) {
      for (const option of TicketFact.options) {
        const keys = Object.keys(option.shape).filter((key) => key !== 'type');
        const fact = TicketFact.parse({
          type: option.shape.type.value,
          ...Object.fromEntries(keys.map((key) => [key, samples[key]])),
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
