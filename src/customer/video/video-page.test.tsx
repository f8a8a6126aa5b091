import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeStream, mediaError } from '../../web/peer/testing/fake-media.ts';
import { called, sampleGuest } from '../testing/sample-guest.ts';
import { videoUnderTest } from '../testing/video-under-test.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const heading = (): string => screen.getByRole('heading', { level: 1 }).textContent ?? '';
const text = (): string => document.body.textContent ?? '';
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const press = (name: string | RegExp): void => void fireEvent.click(button(name));
const devicesRow = (): HTMLElement => screen.getByText('Cámara y micrófono').closest<HTMLElement>('[role=status]')!;
const hasFocus = (): boolean => document.activeElement === screen.getByRole('heading', { level: 1 });
const buttons = (): string[] => screen.queryAllByRole('button').map((each) => each.textContent ?? '');

describe('the door', () => {
  it('[B61] [T1] [T25] asks the server for nothing and captures nothing before it is pressed', async () => {
    const page = videoUnderTest();
    await page.settle();
    expect(heading()).toBe('Su atención por video');
    expect(buttons()).toEqual(['Entrar']);
    expect(page.enter).not.toHaveBeenCalled();
    expect(page.lives).toEqual([]);
    expect(page.media.asked).toEqual([]);
  });

  it('[S2-44] lets in with one press, and asks for camera and microphone then', async () => {
    const page = videoUnderTest();
    press('Entrar');
    expect(button('Entrando').getAttribute('aria-disabled')).toBe('true');
    press('Entrando');
    await page.settle();
    expect(page.enter.mock.calls).toEqual([['token']]);
    expect(page.hello()).toEqual({ type: 'watchVideo', token: 'token' });
    expect(page.media.asked).toEqual(['camera+microphone']);
    expect(page.alerts.begin).toHaveBeenCalledOnce();
  });

  it.each([
    ['invalid', 'El enlace no es válidoPida uno nuevo al asesor.'],
    ['used', 'Este enlace ya se usó en otro dispositivo'],
    ['blocked', 'Por ahora no se puede entrar por video desde aquí'],
  ] as const)(
    '[B59] [B62] [T25] [T30] captures nothing for a link that is %s, and says what to do',
    async (answer, words) => {
      const page = videoUnderTest({ answer });
      await page.goIn();
      expect(text()).toContain(words);
      expect(buttons()).toEqual([]);
      expect(page.lives).toEqual([]);
      expect(page.media.asked).toEqual([]);
      expect(hasFocus()).toBe(true);
    },
  );

  it('[B59] says the same of an address without a token as of a wrong one', async () => {
    await videoUnderTest({ answer: 'invalid' }).goIn();
    const wrong = document.body.textContent;
    cleanup();
    videoUnderTest({ token: '' });
    expect(document.body.textContent).toBe(wrong);
  });

  it.each([
    ['offline', 'no hay conexión'],
    ['tooMany', 'demasiados intentos'],
    ['unavailable', 'La central no respondió'],
  ] as const)(
    '[R7] keeps the way in when the server is %s, and says that the link is still good',
    async (answer, words) => {
      const page = videoUnderTest();
      page.answers.push(answer);
      await page.goIn();
      expect(screen.getByRole('alert').textContent).toContain(words);
      expect(screen.getByRole('alert').textContent).toContain('El enlace sigue valiendo.');
      press('Entrar');
      await page.settle();
      page.say({});
      expect(heading()).toBe('Pronto será su turno');
    },
  );

  it.each([
    ['insecure', 'no llegó por una conexión segura'],
    ['unsupported', 'no puede hacer videollamadas'],
  ] as const)('[B73] says before anything else that nobody gets in from here: %s', async (obstacle, words) => {
    const page = videoUnderTest({ obstacle });
    expect(screen.getByRole('alert').textContent).toContain(words);
    expect(buttons()).toEqual([]);
    await page.goIn();
    expect(page.enter).not.toHaveBeenCalled();
  });

  it('[T1] does not use a link up in a browser that would not be known again', async () => {
    const page = videoUnderTest({ obstacle: 'noCookies' });
    press('Entrar');
    await page.settle();
    expect(screen.getByRole('alert').textContent).toContain('no acepta cookies');
    expect(page.enter).not.toHaveBeenCalled();
  });
});

describe('the waiting room', () => {
  it('[S2-34] shows whose it is, the place and a range, never an exact minute', async () => {
    const page = videoUnderTest();
    await page.goIn();
    expect(heading()).toBe('Entrando a la espera');
    expect(hasFocus()).toBe(true);
    page.say({});
    expect(heading()).toBe('Pronto será su turno');
    expect(document.title).toBe('A-007 · En espera');
    for (const words of [
      'Demo Telecom',
      'Tiquete A-007',
      'Asesoría virtual. No cierre esta página.',
      '2.º',
      '5 a 10 min',
    ]) {
      expect(text()).toContain(words);
    }
    page.say({ ahead: 7, range: null });
    expect(heading()).toBe('Espere aquí su turno');
    expect(text()).toContain('Espera estimada—');
    page.say({ ahead: null, range: null, agentName: 'Luis' });
    expect(heading()).toBe('Luis vuelve en un momento');
  });

  it('[R17] says why the guest waits again when whoever attended has lost the line', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    expect(text()).not.toContain('Se perdió la conexión con quien le atendía');
    page.say({ wasCutOff: true });
    expect(text()).toContain('Se perdió la conexión con quien le atendía. Usted conserva su lugar');
  });

  it('[S2-34] [B77] tries the line while the guest waits, says what it found and what to do, and tells the server', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    expect(page.paths).toHaveLength(0);
    page.hear({ type: 'ice', ice: { policy: 'all', servers: [], expiresAt: null } });
    expect(text()).toContain('Se prueba cómo llegará su llamada.');
    expect(button('Probar la conexión otra vez').getAttribute('aria-disabled')).toBe('true');
    const blocked = { way: 'blocked', roundTripMilliseconds: null, kilobits: null } as const;
    await page.findPath(blocked);
    expect(text()).toContain('No listoSu red no deja pasar la videollamada.');
    const report = { camera: 'ready', microphone: 'ready', path: blocked };
    expect(page.live().say).toHaveBeenLastCalledWith({ type: 'readiness', report });
    press('Probar la conexión otra vez');
    await page.findPath({ way: 'direct', roundTripMilliseconds: 1, kilobits: 180 });
    expect(text()).toContain('Solo audioDébil: empezará sin video.');
    press('Probar la conexión otra vez');
    await page.findPath({ way: 'direct', roundTripMilliseconds: 1, kilobits: 4_000 });
    expect(text()).toContain('ListoBuena para video');
    expect(page.paths).toHaveLength(3);
  });

  it.each([
    [180, true],
    [4_000, false],
  ])(
    '[S2-34] [RD3] the call begins as the test has said: with %s kbit/s without pictures, %s',
    async (kilobits, isWeak) => {
      const page = videoUnderTest();
      await page.goIn();
      page.say({});
      page.hear({ type: 'ice', ice: { policy: 'all', servers: [], expiresAt: null } });
      await page.findPath({ way: 'direct', roundTripMilliseconds: 1, kilobits });
      page.say(called());
      expect(page.call().isLineWeak).toBe(isWeak);
    },
  );

  it('[S2-38] [S2-39] shows the own picture as the agent will see it, and turns camera and microphone off and on', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    expect(screen.getByRole('region', { name: 'Así lo verá el asesor' }).querySelector('video')).not.toBeNull();
    expect(screen.getByRole('meter', { name: 'Nivel del micrófono' })).not.toBeNull();
    const [microphone, camera] = page.media.tracks;
    press('Cámara');
    expect(camera?.enabled).toBe(false);
    expect(button('Cámara').getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('region', { name: 'El asesor no verá su imagen' }).querySelector('video')).toBeNull();
    press('Micrófono');
    expect(microphone?.enabled).toBe(false);
    press('Cámara');
    expect([microphone?.enabled, camera?.enabled]).toEqual([false, true]);
  });

  it.each([
    [mediaError('NotAllowedError'), 'El navegador no tiene permiso para usar la cámara y el micrófono.'],
    [mediaError('NotAllowedError', 'Permission denied by system'), 'Este equipo no deja que el navegador use'],
    [mediaError('NotAllowedError', 'Permission dismissed'), 'Quedó sin respuesta el permiso para usar'],
    [mediaError('NotFoundError'), 'No se encontró la cámara y el micrófono.'],
    [mediaError('NotReadableError'), 'Otro programa usa la cámara y el micrófono.'],
    [mediaError('OverconstrainedError'), 'El dispositivo elegido no da lo que necesita'],
    [mediaError('AbortError'), 'El equipo interrumpió la cámara y el micrófono.'],
    [mediaError('SecurityError'), 'El navegador no tiene permiso para usar'],
    [mediaError('InvalidStateError'), 'El navegador espera un toque suyo'],
    [mediaError('NotSupportedError'), 'El navegador solo permite la cámara y el micrófono en páginas seguras.'],
    [mediaError('DataError'), 'No se pudo usar la cámara y el micrófono.'],
  ])('[B73] tells %s in its own words, keeps the place, and asks again when it is told to', async (failure, words) => {
    const page = videoUnderTest();
    page.media.fails = { camera: failure, microphone: failure };
    await page.goIn();
    page.say({});
    expect(devicesRow().textContent).toContain('No listo');
    expect(devicesRow().textContent).toContain(words);
    expect(text()).toContain('2.º');
    page.media.fails = {};
    press('Intentar de nuevo');
    await page.settle();
    expect(devicesRow().textContent).toBe('Cámara y micrófonoListoFuncionan bien');
    expect(screen.queryByRole('button', { name: 'Intentar de nuevo' })).toBeNull();
  });

  it('[B73] goes on with sound alone when the camera is in use, and says what is missing when the microphone is', async () => {
    const page = videoUnderTest();
    page.media.fails = { camera: mediaError('NotReadableError') };
    await page.goIn();
    page.say({});
    const status = devicesRow();
    expect(status.textContent).toContain('Solo audio');
    expect(status.textContent).toContain('El asesor oirá su voz, pero no verá su imagen. Otro programa usa la cámara.');
    page.media.fails = { microphone: mediaError('NotFoundError') };
    press('Intentar de nuevo');
    await page.settle();
    expect(status.textContent).toContain('No listo');
    expect(status.textContent).toContain('El asesor no oirá su voz. No se encontró el micrófono.');
  });

  it('[B73] says that the browser asks, that the system has muted the microphone, and that it was pulled out', async () => {
    const page = videoUnderTest();
    void page.visit.enter();
    await page.settle();
    await page.settle();
    page.say({});
    const status = devicesRow();
    const [microphone] = page.media.tracks;
    act(() => microphone?.mute(true));
    expect(status.textContent).toContain('Su equipo tiene el micrófono silenciado.');
    act(() => microphone?.mute(false));
    expect(status.textContent).toContain('Listo');
    act(() => microphone?.unplug());
    expect(status.textContent).toContain('Se desconectó el micrófono.');
  });

  it('[B73] waits with words while the browser asks for permission', async () => {
    const page = videoUnderTest();
    page.media.getUserMedia = () => new Promise(() => undefined);
    await page.goIn();
    page.say({});
    expect(devicesRow().textContent).toBe('Cámara y micrófonoEn esperaElija Permitir en la pregunta de su navegador.');
  });

  it('[S2-43] changes to another camera, and says why one cannot be had while the old one goes on', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    press('Ajustes');
    const camera = screen.getByRole('combobox', { name: 'Cámara' });
    expect([...camera.querySelectorAll('option')].map((each) => each.textContent)).toEqual([
      'Cámara frontal',
      'Cámara trasera',
    ]);
    // A device without a name of its own is numbered.
    expect(screen.getByRole('combobox', { name: 'Micrófono' }).textContent).toBe('Micrófono 1');
    fireEvent.change(camera, { target: { value: 'back' } });
    await page.settle();
    expect(page.media.live().map(({ deviceId }) => deviceId)).toEqual(['inner', 'back']);
    page.media.fails = { camera: mediaError('NotReadableError') };
    fireEvent.change(camera, { target: { value: 'front' } });
    await page.settle();
    expect(text()).toContain('Otro programa usa la cámara.');
    expect(page.media.live().map(({ deviceId }) => deviceId)).toEqual(['inner', 'back']);
    press('Cerrar');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('[S2-43] Ajustes says whether it is open, and has the focus again once it is closed', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    const button = screen.getByRole('button', { name: 'Ajustes' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    press('Ajustes');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement?.textContent).toBe('Ajustes de cámara y sonido');
    press('Cerrar');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(button);
  });

  it('[T21] says that the line is down, since when, and that the place is kept', async () => {
    const page = videoUnderTest();
    await page.goIn();
    act(() => page.live().show({ isSilent: true }));
    expect(text()).toContain('Sin conexión. Su lugar se conserva.');
    page.say({});
    act(() => page.live().show({ isSilent: true }));
    expect(text()).toContain('se muestra lo recibido a las 10:42');
  });

  it.each([
    [['en-US'], 'It will soon be your turn', 'No. 2', 'en'],
    [['pt-BR'], 'Em breve será sua vez', '2º', 'pt'],
  ])('is in the language of the device: %o', async (languages, title, place, tag) => {
    const page = videoUnderTest({ languages });
    await page.goIn();
    page.say({});
    expect(heading()).toBe(title);
    expect(text()).toContain(place);
    expect(document.documentElement.lang).toBe(tag);
  });
});

describe('the call', () => {
  const talk = async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    page.say(called());
    const call = page.call();
    act(() => {
      call.show({
        remote: { camera: fakeStream(), microphone: fakeStream(), screen: null },
        isRemoteOn: { camera: true, microphone: true, screen: false },
      });
      call.phase({ name: 'connected' });
    });
    return { ...page, call };
  };

  it('[S2-34] is simply there when the agent calls: it rings, and nothing has to be pressed', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    expect(page.calls).toEqual([]);
    page.say(called());
    expect(heading()).toBe('Luis');
    expect(hasFocus()).toBe(true);
    expect(document.title).toBe('Luis · En llamada');
    expect(screen.getByRole('status').textContent).toBe('Luis llama');
    expect(page.alerts.ring).toHaveBeenCalledOnce();
    expect(page.call().told).toEqual(['line up', 'start']);
    expect(Object.values(page.call().tracks)).toEqual(page.media.tracks.toReversed());
    page.say({ ...called(), phase: 'attending' });
    expect(page.calls).toHaveLength(1);
    expect(page.alerts.ring).toHaveBeenCalledOnce();
  });

  it('[S2-34] hands on what the two sides say, and who is there', async () => {
    const page = await talk();
    const ask = { session: 1, data: { type: 'ask' } } as const;
    page.call.send(ask);
    expect(page.live().say.mock.calls).toEqual([[{ type: 'signal', signal: ask, attentionId: '1' }]]);
    act(() => page.live().options.hear?.({ type: 'room', isOtherHere: true }));
    act(() => page.live().options.hear?.({ type: 'signal', signal: ask }));
    act(() => page.live().options.hear?.({ type: 'room', isOtherHere: false }));
    act(() => page.live().options.line?.(false));
    expect(page.call.received).toEqual([ask]);
    expect(page.call.told.slice(-3)).toEqual(['peerCame', 'peerLeft', 'line down']);
    expect(screen.getByRole('status').textContent).toContain('Sin conexión con la central. La llamada sigue');
  });

  it('[S2-34] shows the other person on the whole page, and how long it lasts', async () => {
    await talk();
    expect(screen.getByLabelText('Video de Luis').tagName).toBe('VIDEO');
    expect(screen.getByRole('timer').textContent).toBe('00:00');
    expect(screen.getByRole('status').textContent).toBe('');
    expect(buttons()).toEqual(['', 'Micrófono', 'Cámara', 'Chat', 'Archivos', 'Salir']);
    expect(button('Ajustes').getAttribute('aria-expanded')).toBe('false');
  });

  it('[S2-38] [S2-39] tells the agent what the guest turns off', async () => {
    const page = await talk();
    press('Micrófono');
    press('Cámara');
    expect(page.call.told.slice(-2)).toEqual(['microphone off', 'camera off']);
    expect(page.media.tracks.map(({ enabled }) => enabled)).toEqual([false, false]);
    expect(screen.queryByLabelText('Su imagen')).toBeNull();
  });

  it.each([
    [{ name: 'connecting' }, {}, 'Conectando con Luis'],
    [{ name: 'reconnecting' }, {}, 'Se perdió la conexión con Luis.'],
    [
      { name: 'connected' },
      { isRemoteOn: { camera: true, microphone: false, screen: false } },
      'Luis tiene el micrófono apagado',
    ],
    [{ name: 'audioOnly', cause: 'noPicture' }, {}, 'Luis tiene la cámara apagada'],
    [{ name: 'audioOnly', cause: 'bandwidth' }, {}, 'La conexión de Luis está lenta.'],
    [{ name: 'connected' }, { isSaving: true }, 'Su conexión está lenta. Luis oye su voz'],
    [
      { name: 'connected' },
      { isRemoteOn: { camera: true, microphone: true, screen: true } },
      'Luis comparte su pantalla',
    ],
  ] as const)('[B66] says how it stands: %o %o', async (phase, change, words) => {
    const { call } = await talk();
    act(() => {
      call.show(change);
      call.phase(phase);
    });
    expect(screen.getByRole('status').textContent).toContain(words);
  });

  it('[R7] doubts the line too when the media stops', async () => {
    const page = await talk();
    expect(page.live().prove).not.toHaveBeenCalled();
    act(() => page.call.phase({ name: 'reconnecting' }));
    act(() => page.call.phase({ name: 'reconnecting' }));
    expect(page.live().prove).toHaveBeenCalledOnce();
  });

  it('[R7] doubts the line when the device wakes up or changes its network', async () => {
    const page = await talk();
    page.visit.wake();
    expect(page.live().prove).toHaveBeenCalledOnce();
  });

  it.each([
    ['lost', 'No se pudo recuperar la conexión con Luis.'],
    ['unreachable', 'La red no dejó pasar el video entre usted y Luis.'],
    ['connectionChanged', 'se cerró por seguridad'],
  ])('[B66] after a connection that was given up (%s) makes another when it is told to', async (cause, words) => {
    const page = await talk();
    act(() => page.call.phase({ name: 'ended', cause }));
    expect(screen.getByRole('status').textContent).toContain(words);
    press('Volver a la llamada');
    expect(page.calls).toHaveLength(2);
    expect(page.call.told.slice(-1)).toEqual(['close']);
    expect(page.calls[1]?.told).toEqual(['line up', 'start']);
    expect(screen.getByRole('status').textContent).toBe('Luis llama');
  });

  it('[S2-43] Ajustes in a call changes the camera and shows the level, and gives the focus back', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say(called());
    act(() => page.call().phase({ name: 'connected' }));
    press('Ajustes');
    expect(screen.getByRole('meter', { name: 'Nivel del micrófono' })).not.toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: 'Cámara' }), { target: { value: 'back' } });
    await page.settle();
    expect(page.call().tracks['camera']).toMatchObject({ deviceId: 'back' });
    press('Cerrar');
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(document.activeElement).toBe(button('Ajustes'));
  });

  it('[B73] goes on when a device is pulled out, says so, and takes it in again', async () => {
    const page = await talk();
    act(() => page.media.tracks[1]?.unplug());
    expect(page.call.tracks['camera']).toBeNull();
    expect(screen.getByRole('status').textContent).toContain('Se desconectó la cámara.');
    press('Intentar de nuevo');
    await page.settle();
    expect(page.call.tracks['camera']).toBe(page.media.live().find(({ kind }) => kind === 'video'));
    expect(page.calls).toHaveLength(1);
  });

  it('[B73] asks for a touch where the browser wants one before it sounds', async () => {
    const page = await talk();
    page.play.mockRejectedValueOnce(mediaError('NotAllowedError'));
    act(() => page.call.show({ remote: { camera: null, microphone: fakeStream(), screen: null } }));
    await page.settle();
    press('Activar el sonido');
    await page.settle();
    expect(screen.queryByRole('button', { name: 'Activar el sonido' })).toBeNull();
  });

  it('[S2-35] goes back to the waiting room when the agent puts the guest back, and comes again', async () => {
    const page = await talk();
    page.say({});
    expect(heading()).toBe('Pronto será su turno');
    expect(page.call.told.slice(-1)).toEqual(['close']);
    expect(page.media.live()).toHaveLength(2);
    page.say(called('2'));
    expect(page.calls).toHaveLength(2);
    expect(page.alerts.ring).toHaveBeenCalledTimes(2);
  });

  it('[S2-37] is another call when another agent has it, without ringing again', async () => {
    const page = await talk();
    page.say({ ...called('2'), phase: 'attending', agentName: 'Eva' });
    expect(heading()).toBe('Eva');
    expect(page.calls).toHaveLength(2);
    expect(page.alerts.ring).toHaveBeenCalledOnce();
  });
});

describe('the end', () => {
  const ends = [
    ['finished', 'Su atención terminó'],
    ['cancelled', 'Esta atención se canceló'],
    ['noShow', 'Se le llamó y no hubo respuesta'],
    ['reported', 'El asesor terminó y reportó la atención'],
    ['reportedElsewhere', 'Por ahora no se puede entrar por video desde aquí'],
    ['revoked', 'El enlace no es válido'],
    ['moved', 'La atención sigue en otra pestaña'],
    ['taken', 'La atención sigue en otra pestaña'],
    ['left', 'Salió de la llamada'],
  ] as const;

  it.each(ends)('[S2-36] [T25] stops every track and the call, and says what happened: %s', async (end, words) => {
    const page = videoUnderTest();
    await page.goIn();
    page.say(called());
    expect(page.media.live()).toHaveLength(2);
    if (end === 'revoked') page.refuse('LINK_INVALID');
    else if (end === 'moved') page.refuse('MOVED');
    else if (end === 'taken') page.takeAway();
    else if (end === 'left') press('Salir');
    else if (end === 'reported') page.say({ phase: 'cancelled', attentionId: null, isBlocked: true });
    else if (end === 'reportedElsewhere') page.say({ phase: 'waiting', attentionId: null, isBlocked: true });
    else page.say({ phase: end, attentionId: null });
    expect(page.media.live()).toEqual([]);
    expect(page.call().told.slice(-2)).toEqual([end === 'left' ? 'end left' : 'end finished', 'close']);
    expect(page.live().close).toHaveBeenCalled();
    expect(page.alerts.end).toHaveBeenCalled();
    expect(heading()).toBe(words);
    expect(hasFocus()).toBe(true);
    expect(document.title).toBe('Atención por video · Terminada');
  });

  it('[T25] stops a track that the browser gives only after the guest has left', async () => {
    const page = videoUnderTest();
    const given = page.media.getUserMedia;
    let give = (): void => undefined;
    page.media.getUserMedia = (wanted) => new Promise((resolve) => (give = () => resolve(given(wanted))));
    await page.goIn();
    page.say({});
    press('Salir de la espera');
    expect(heading()).toBe('Salió de la espera');
    await act(async () => give());
    await page.settle();
    expect(page.media.tracks).toHaveLength(2);
    expect(page.media.live()).toEqual([]);
  });

  it.each([
    ['waiting', 'Salir de la espera', 'Volver a la espera'],
    ['calling', 'Salir', 'Volver a la llamada'],
  ] as const)('lets who left while %s come back', async (phase, out, back) => {
    const page = videoUnderTest();
    await page.goIn();
    page.say(phase === 'calling' ? called() : {});
    press(out);
    expect(text()).toContain('La cámara y el micrófono ya están apagados.');
    press(back);
    await page.settle();
    expect(page.enter).toHaveBeenCalledTimes(2);
    expect(page.lives).toHaveLength(2);
    page.say({});
    expect(heading()).toBe('Pronto será su turno');
    expect(page.media.live()).toHaveLength(2);
  });

  it('[B62] takes the attention back from another tab when the guest wants it here', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    page.takeAway();
    press('Seguir en esta pestaña');
    await page.settle();
    page.say({});
    expect(heading()).toBe('Pronto será su turno');
  });

  it('[T20] [T1] stores nothing, from the door to the end, where no device is chosen', async () => {
    const stored = vi.spyOn(Storage.prototype, 'setItem');
    const page = videoUnderTest();
    await page.goIn();
    page.say({});
    page.say(called());
    page.say({ phase: 'finished' });
    expect(stored).not.toHaveBeenCalled();
    expect(document.cookie).toBe('');
  });

  it('[T2] shows no word of the server as anything but words', async () => {
    const page = videoUnderTest();
    await page.goIn();
    page.say({ ...sampleGuest(), serviceName: '<img src=x onerror=alert(1)>' });
    expect(document.querySelector('img')).toBeNull();
    expect(text()).toContain('<img src=x onerror=alert(1)>');
  });
});
