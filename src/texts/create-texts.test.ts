import { describe, expect, test } from 'vitest';
import { CommandBody } from '../protocol/commands/agent-command.ts';
import { AgentState, StatusCause } from '../protocol/agent-status.ts';
import { ErrorCode } from '../protocol/error-codes.ts';
import { AgentRole } from '../protocol/office.ts';
import { Priority, TicketKind, TicketOrigin, TicketOutcome, TicketState } from '../protocol/ticket.ts';
import { createTexts, languageOf, LANGUAGES } from './create-texts.ts';
import { english } from './english.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

type Tree = { readonly [key: string]: string | Tree };

/** Every text with its dotted path. */
function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

const source = new Map(leaves(spanish));

describe.each([
  ['pt', portuguese],
  ['en', english],
] as const)('texts in %s', (_language, texts) => {
  test('has exactly the keys of Spanish, none of them empty', () => {
    const translated = leaves(texts);
    expect(translated.map(([path]) => path).toSorted()).toEqual([...source.keys()].toSorted());
    expect(translated.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('asks for the same values as Spanish in every text; a singular may say its number in words', () => {
    for (const [path, text] of leaves(texts)) {
      const asked = (words: string): string[] =>
        placeholders(words).filter((name) => name !== 'count' || !path.endsWith('_one'));
      expect([path, ...asked(text)]).toEqual([path, ...asked(source.get(path) ?? '')]);
    }
  });
});

describe('words', () => {
  test('no language exclaims, says "por favor" in an error, or addresses the reader as "tú"', () => {
    for (const texts of [spanish, portuguese, english]) {
      for (const [path, text] of leaves(texts)) expect([path, text]).not.toEqual([path, expect.stringMatching(/[!¡]/)]);
    }
    for (const [path, text] of leaves(spanish)) {
      expect([path, text]).not.toEqual([path, expect.stringMatching(/por favor|\b(tú|tu|tus|puedes|tienes|haz)\b/i)]);
    }
  });

  test.each([
    ['[S2-04] signIn.email', 'Correo'],
    ['[S2-04] signIn.password', 'Contraseña'],
    ['[S2-04] signIn.submit', 'Ingresar'],
    ['[S2-11] signIn.branch', 'Sucursal'],
    ['[S2-08] signIn.module', 'Módulo'],
    ['[S2-04] workspace.bar.state', 'Estado'],
    ['[S2-05] workspace.bar.nextState', 'Siguiente estado'],
    ['[S2-13] workspace.bar.manual', 'Atención manual'],
    ['[S2-02] workspace.bar.user', 'Usuario'],
    ['[S2-52] workspace.user.signOut', 'Cerrar sesión'],
    ['[S2-01] workspace.regions.tickets', 'Tickets'],
    ['[S2-01] workspace.regions.attention', 'Atención'],
    ['[S2-01] workspace.regions.customer', 'Cliente'],
    ['[S2-10] tickets.list', 'Turnos en espera'],
    ['[S2-13] tickets.transfer', 'Transferir'],
    ['[S2-13] tickets.attend', 'Atender'],
    ['[S2-20] tickets.create.button', 'Generar Ticket'],
    ['[S2-20] tickets.attendNow.button', 'Atender ahora'],
    ['[S2-28] attention.recall', 'Llamar nuevamente'],
    ['[S2-35] attention.noShow', 'No se presenta'],
    ['[S2-23] attention.cancelTicket', 'Cancelar ticket'],
    ['[S2-22] attention.requeueTicket', 'Reencolar ticket'],
    ['[S2-30] attention.finish', 'Finalizar ticket'],
    ['[S2-31] attention.note.label', 'Nota del tiquete'],
    ['[S2-31] attention.note.add', 'Agregar nota'],
    ['[S2-21] attention.timeline.title', 'Cronología'],
    ['[S2-09] workspace.allTickets', 'Mirar todos los tiquetes'],
    ['[S2-01] workspace.line.down', 'Sin conexión'],
    ['[S2-01] outbox.refusedTitle', 'No enviado'],
    ['[S2-20] kiosk.document.without', 'Continuar sin documento'],
  ])('%s is "%s", the name that the contract gives', (path, words) => {
    expect(source.get(path.split(' ')[1] ?? '')).toBe(words);
  });
});

describe('one text per value of the protocol', () => {
  test.each([
    ['errors', ErrorCode.options],
    ['states.agent', AgentState.options],
    ['states.cause', StatusCause.options],
    ['states.role', AgentRole.options],
    ['states.kind', TicketKind.options],
    ['states.ticket', TicketState.options],
    ['states.outcome', TicketOutcome.options],
    ['states.priority', Priority.options],
    ['contact.origin', TicketOrigin.options],
    ['outbox.command', CommandBody.options.map((option) => option.shape.type.value)],
  ] as const)('%s', (path, values) => {
    const found = [...source.keys()]
      .filter((key) => key.startsWith(`${path}.`))
      .map((key) => key.slice(path.length + 1));
    expect(found.toSorted()).toEqual([...values].toSorted());
  });
});

describe('an instance', () => {
  test('speaks at once, without loading anything', () => {
    expect(LANGUAGES.map((language) => createTexts(language).t('workspace:bar.nextState'))).toEqual([
      'Siguiente estado',
      'Próximo estado',
      'Next state',
    ]);
  });

  test('counts in words: nobody, one person, several', () => {
    const { t } = createTexts('es');
    expect([0, 1, 5].map((count) => t('kiosk:waiting', { count }))).toEqual([
      'Nadie en espera',
      '1 persona en espera',
      '5 personas en espera',
    ]);
  });

  const counted = [...source.keys()]
    .filter((path) => path.endsWith('_other'))
    .map((path) => path.replace(/_other$/, ''));
  const pluralCases = LANGUAGES.flatMap((language) => counted.map((path) => [language, path] as const));
  test.each(pluralCases)('in %s "%s" tells none, one, two and a million', (language, path) => {
    const texts = createTexts(language);
    const [namespace = '', ...rest] = path.split('.');
    const key = `${namespace}:${rest.join('.')}`;
    // Keys made at run time are no types.
    const tell = texts.t as unknown as (key: string, values: object) => string;
    const words = (count: number): string => tell(key, { count, hour: 'H', average: 'A', wait: 'W' });
    const hasZero = texts.exists(`${key}_zero`);
    expect(words(0)).toMatch(hasZero ? /^[^\d]+$/ : /(^|\D)0(\D|$)/);
    expect(words(1)).toMatch(/(^|\D)1(\D|$)|\buna vez\b|\bonce\b/);
    expect(words(2)).toMatch(/(^|\D)2(\D|$)/);
    expect(words(1_000_000)).toBe(words(2).replace('2', '1000000'));
  });

  test('Portuguese counts nothing in the singular', () => {
    const { t } = createTexts('pt');
    expect([0, 1, 2].map((count) => t('attention:topics.chosen', { count }))).toEqual([
      '0 escolhido',
      '1 escolhido',
      '2 escolhidos',
    ]);
  });

  test('[T7] leaves names as they are: escaping is the renderer’s part', () => {
    expect(createTexts('es').t('signIn:hello', { name: 'O’Neil & <b>' })).toBe('Hola, O’Neil & <b>');
  });

  test('takes the nearest of our languages, Spanish when there is none', () => {
    expect(['es-419', 'pt-BR', 'EN-us', 'de'].map(languageOf)).toEqual(['es', 'pt', 'en', 'es']);
  });
});
