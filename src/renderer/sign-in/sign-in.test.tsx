import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { choose, press, pressKey, renderDesk, write } from '../testing/render-desk.tsx';
import { LANGUAGES } from '../../texts/create-texts.ts';
import * as facts from '../testing/sample-facts.ts';
import * as office from '../testing/sample-office.ts';
import { scenes } from '../testing/scenes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('sign-in', () => {
  test('[S2-01] Correo, Contraseña and Ingresar', async () => {
    const { fake } = await renderDesk(scenes['sign-in']!);
    await write('Correo', ' ana@demo.test ');
    const password = screen.getByLabelText('Contraseña');
    expect(password.getAttribute('type')).toBe('password');
    await press('Mostrar contraseña');
    await write('Contraseña', 'una frase larga');
    await press('Ingresar');
    expect(fake.seenOf('session.signIn')).toEqual([{ email: 'ana@demo.test', password: 'una frase larga' }]);
  });

  test('[B35] what is missing is said at its field and nothing is sent', async () => {
    const { fake } = await renderDesk(scenes['sign-in']!);
    await press('Ingresar');
    expect(screen.getByText('Escriba su correo.')).toBeDefined();
    expect(screen.getByText('Escriba su contraseña.')).toBeDefined();
    expect(fake.seen).toEqual([]);
  });

  test('[T27] a refusal stands in place and what was written stays', async () => {
    const { fake } = await renderDesk(scenes['sign-in']!);
    fake.refuse('session.signIn', 'WRONG_CREDENTIALS');
    await write('Correo', 'ana@demo.test');
    await press('Mostrar contraseña');
    await write('Contraseña', 'x');
    await press('Ingresar');
    expect(screen.getByRole('alert').textContent).toContain('El correo o la contraseña no coinciden.');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Correo' }).value).toBe('ana@demo.test');
  });

  test('[S2-11] [S2-08] then Sucursal and Módulo, preset to the own branch and the first free module, with the same Ingresar', async () => {
    const { fake, tell } = await renderDesk(scenes['sign-in']!);
    await tell('session.changed', office.choosingSeat);
    expect(screen.getByRole('combobox', { name: 'Sucursal' }).textContent).toContain('Sucursal Centro');
    expect(screen.getByRole('combobox', { name: 'Módulo' }).textContent).toContain('Módulo 2');
    await press('Ingresar');
    expect(fake.seenOf('session.takeSeat')).toEqual([{ branchId: office.branchId, moduleId: office.moduleId }]);
  });

  test('[S2-08] the options say Libre, or Ocupado and by whom; another branch has its own modules', async () => {
    const { fake } = await renderDesk(scenes.seat!);
    await choose('Módulo', 'Módulo 4 · Libre');
    await choose('Sucursal', 'Sucursal Norte');
    await choose('Sucursal', 'Sucursal Centro');
    await choose('Módulo', 'Módulo 4 · Libre');
    await choose('Módulo', 'Módulo 1 · Ocupado, Camila Torres');
    // A taken one cannot be chosen: the list stays open.
    await pressKey('Escape');
    await press('Ingresar');
    const seats = office.choosingSeat.state === 'choosingSeat' ? office.choosingSeat.seats : [];
    expect(fake.seenOf('session.takeSeat')).toEqual([
      { branchId: office.branchId, moduleId: seats[0]?.modules[3]?.id },
    ]);
  });

  test('[S2-08] a module taken by somebody else meanwhile is said in place, and the next free one is chosen', async () => {
    const { fake, tell } = await renderDesk(scenes.seat!);
    fake.refuse('session.takeSeat', 'MODULE_TAKEN');
    await press('Ingresar');
    expect(screen.getByRole('alert').textContent).toContain('El módulo acaba de ocuparse. Elija otro.');
    if (office.choosingSeat.state !== 'choosingSeat') throw new Error('another state');
    const seats = office.choosingSeat.seats.map((seat) => ({
      ...seat,
      modules: seat.modules.map((module) =>
        module.id === office.moduleId ? { ...module, takenBy: { agentId: office.ana, name: 'Otra' } } : module,
      ),
    }));
    await tell('session.changed', { ...office.choosingSeat, seats });
    expect(screen.getByRole('combobox', { name: 'Módulo' }).textContent).toContain('Módulo 4');
  });

  test('[T27] a one-time password has to be changed before anything else', async () => {
    const { fake } = await renderDesk(scenes['change-password']!);
    const fill = (name: string, value: string) =>
      act(async () => void fireEvent.change(screen.getByLabelText(name), { target: { value } }));
    await fill('Contraseña actual', 'de un uso');
    await fill('Contraseña nueva', 'una frase larga y mía');
    await fill('Repita la contraseña nueva', 'otra');
    await press('Cambiar contraseña');
    expect(screen.getByText('Las dos contraseñas no coinciden.')).toBeDefined();
    expect(fake.seenOf('session.changePassword')).toEqual([]);
    await fill('Repita la contraseña nueva', 'una frase larga y mía');
    await press('Cambiar contraseña');
    expect(fake.seenOf('session.changePassword')).toEqual([{ current: 'de un uso', next: 'una frase larga y mía' }]);
  });

  test('[R14] why the session ended, what happened to the files, and what works without the line are said', async () => {
    await renderDesk(scenes['sign-in-offline']!);
    const text = document.body.textContent;
    expect(text).toContain('Su sesión terminó.');
    expect(text).toContain('Se recuperaron 4 pendientes. Se perdió 1 pendiente');
    expect(text).toContain(
      'Puede ingresar sin conexión quien trabajó antes en este equipo: ana@demo.test, luis@demo.test.',
    );
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Correo' }).value).toBe('ana@demo.test');
  });

  test('where nobody has worked before, the line has to come back first', async () => {
    const { tell } = await renderDesk(scenes['sign-in-offline']!);
    await tell('session.changed', office.signedOut());
    expect(document.body.textContent).toContain('Para ingresar en este equipo, espere a que vuelva la conexión.');
  });

  test('[T10] a desk that was revoked says that what it kept is gone', async () => {
    const { tell } = await renderDesk(scenes['sign-in']!);
    await tell('session.changed', office.signedOut({ cause: 'deskRevoked' }));
    expect(screen.getByText(/^Este equipo se dio de baja desde la central y se borró lo que guardaba\./)).toBeDefined();
  });

  test.each([
    ['es', /puede quedar algo de lo que guardaba.*ábrala de nuevo/],
    ['pt', /ainda pode restar algo do que ele guardava.*abra de novo/],
    ['en', /what it kept may still be on it.*open it again/],
  ] as const)(
    '[T10] one that could not remove all that it kept says so in %s and lets nobody in',
    async (language, words) => {
      const { tell } = await renderDesk(scenes['sign-in']!);
      await tell('preferences.changed', { ...facts.preferences, language });
      await tell('session.changed', office.signedOut({ cause: 'deskNotReset' }));
      expect(screen.getByText(words)).toBeDefined();
      expect(screen.queryAllByRole('textbox')).toEqual([]);
      expect(document.querySelector('[type=submit]')).toBeNull();
    },
  );

  test.each(
    (['expired', 'revoked', 'signedInElsewhere', 'clientTooOld', 'deskRevoked'] as const).flatMap((cause) =>
      LANGUAGES.map((language) => [cause, language] as const),
    ),
  )(
    '[R14] a session that ended as %s says in %s what happened, what stays and what to do, also without the line',
    async (cause, language) => {
      const { tell } = await renderDesk(scenes['sign-in-offline']!);
      await tell('preferences.changed', { ...facts.preferences, language });
      await tell('session.changed', office.signedOut({ cause }));
      const [said] = screen.getAllByRole('status').map(({ textContent }) => textContent);
      expect(said).toMatch({ es: /guardad|guardaba/, pt: /guardad|guardava/, en: /kept/ }[language]);
      expect(said).toMatch(
        { es: /ingrese|Quien ingrese|Actualice/i, pt: /entre |entrar|Atualize/i, en: /sign in|signs in|Update/i }[
          language
        ],
      );
    },
  );

  test('somebody else may come in instead', async () => {
    const { fake } = await renderDesk(scenes.seat!);
    await press('No soy Ana');
    expect(fake.seenOf('session.signOut')).toHaveLength(1);
  });
});
