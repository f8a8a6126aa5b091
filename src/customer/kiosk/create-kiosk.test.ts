import { describe, expect, it } from 'vitest';
import { kioskUnderTest, pass } from '../testing/kiosk-under-test.ts';
import { sampleOffer, sampleTicket } from '../testing/sample-states.ts';
import { createKiosk } from './create-kiosk.ts';

const kiosk = kioskUnderTest();

describe('kiosk', () => {
  it('goes from service to document to ticket and back', async () => {
    expect(kiosk.get()).toMatchObject({
      offer: sampleOffer,
      trouble: null,
      language: 'es',
      step: { name: 'services' },
    });
    kiosk.write('52418903');
    kiosk.togglePreferente();
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    expect(kiosk.api.issued.map(({ request }) => request)).toEqual([
      {
        service: 'caja',
        kind: 'turn',
        priority: 'preferente',
        contact: { documentType: 'CC', documentNumber: '52418903' },
      },
    ]);
    expect(kiosk.get().step).toEqual({
      name: 'ticket',
      serviceName: 'Caja',
      serviceKind: 'counter',
      ticket: sampleTicket,
    });
    kiosk.reset();
    expect(kiosk.get()).toMatchObject({ step: { name: 'services' }, isPreferente: false });
  });

  it('takes a turn without a document, whatever was written', async () => {
    kiosk.write('524');
    kiosk.takeTurn({ withDocument: false });
    await pass(0);
    expect(kiosk.api.issued.map(({ request }) => request)).toEqual([
      { service: 'caja', kind: 'turn', priority: 'normal' },
    ]);
  });

  it('asks for the whole document', () => {
    kiosk.write('524');
    kiosk.takeTurn({ withDocument: true });
    expect(kiosk.get().step).toMatchObject({ name: 'document', failure: 'tooShort' });
    kiosk.writeDocument('5241');
    expect(kiosk.get().step).toMatchObject({ failure: null });
  });

  it('[T20] forgets everything after 30 s without a touch', async () => {
    kiosk.chooseLanguage('en');
    kiosk.toggleContrast();
    kiosk.togglePreferente();
    kiosk.write('52418903');
    await pass(29_500);
    expect(kiosk.get().step).toMatchObject({ documentNumber: '52418903' });
    await pass(750);
    expect(kiosk.get()).toMatchObject({
      step: { name: 'services' },
      language: 'es',
      isHighContrast: false,
      isPreferente: false,
      secondsLeft: null,
    });
    expect(JSON.stringify(kiosk.get())).not.toContain('52418903');
  });

  it('[T20] counts the last 10 s down, and stops when touched', async () => {
    kiosk.write('52418903');
    await pass(19_750);
    expect(kiosk.get().secondsLeft).toBeNull();
    await pass(250);
    expect(kiosk.get().secondsLeft).toBe(10);
    await pass(9_000);
    expect(kiosk.get().secondsLeft).toBe(1);
    kiosk.touch();
    expect(kiosk.get()).toMatchObject({ secondsLeft: null, step: { documentNumber: '52418903' } });
    await pass(29_000);
    expect(kiosk.get()).toMatchObject({ secondsLeft: 1, step: { name: 'document' } });
  });

  it('[T20] counts nothing down while there is nothing to forget', async () => {
    await pass(120_000);
    expect(kiosk.get().secondsLeft).toBeNull();
  });

  it('[T20] puts the ticket away after 12 s', async () => {
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    expect(kiosk.get()).toMatchObject({ step: { name: 'ticket' }, secondsLeft: 12 });
    await pass(11_750);
    expect(kiosk.get()).toMatchObject({ step: { name: 'ticket' }, secondsLeft: 1 });
    await pass(250);
    expect(kiosk.get().step).toEqual({ name: 'services' });
  });

  it('[T20] [R9] a double tap makes one request', async () => {
    kiosk.api.delay = 500;
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    kiosk.takeTurn({ withDocument: true });
    kiosk.takeTurn({ withDocument: false });
    await pass(1_000);
    expect(kiosk.api.issued).toHaveLength(1);
  });

  it('[T20] makes one ticket in 3 s at most, however fast it is tapped', async () => {
    for (let tap = 0; tap < 2_200; tap += 1) {
      kiosk.touch();
      kiosk.chooseService('caja');
      kiosk.takeTurn({ withDocument: false });
      await pass(5);
      if (kiosk.get().step.name === 'ticket') kiosk.reset();
    }
    expect(kiosk.api.issued).toHaveLength(4);
  });

  it('[T20] drops the answer for a customer who has gone', async () => {
    kiosk.api.delay = 2_000;
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(1_000);
    kiosk.reset();
    await pass(5_000);
    expect(kiosk.get().step).toEqual({ name: 'services' });
  });

  it('[T20] does not send for a customer who left while it waited its 3 s', async () => {
    kiosk.chooseService('caja');
    kiosk.takeTurn({ withDocument: false });
    await pass(0);
    kiosk.reset();
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(1_000);
    kiosk.reset();
    await pass(10_000);
    expect(kiosk.api.issued).toHaveLength(1);
  });

  it('asks for a virtual ticket of a service of video, and says so with the ticket', async () => {
    const services = [{ slug: 'asesoria', name: 'Asesoría virtual', kind: 'video' as const, waiting: 0, range: null }];
    kiosk.api.offerAnswer = { value: { ...sampleOffer, services } };
    await pass(15_000);
    kiosk.chooseService('asesoria');
    kiosk.takeTurn({ withDocument: false });
    await pass(0);
    expect(kiosk.api.issued.at(-1)?.request).toMatchObject({ service: 'asesoria', kind: 'virtual' });
    expect(kiosk.get().step).toMatchObject({ name: 'ticket', serviceKind: 'video' });
  });

  it('refreshes the services, says when the server is away, and comes back by itself', async () => {
    await pass(15_000);
    expect(kiosk.api.offersAsked).toBe(2);
    kiosk.api.offerAnswer = { failure: 'offline' };
    await pass(15_000);
    expect(kiosk.get().trouble).toBe('offline');
    const services = [{ slug: 'ventas', name: 'Ventas', kind: 'counter' as const, waiting: 1, range: null }];
    kiosk.api.offerAnswer = { value: { ...sampleOffer, services } };
    await pass(500);
    expect(kiosk.get()).toMatchObject({ trouble: null, offer: { services } });
  });

  it('[T20] keeps asking with a token that is refused, and says that it is not paired', async () => {
    kiosk.api.offerAnswer = { failure: 'unpaired' };
    await pass(15_000);
    expect(kiosk.get().trouble).toBe('unpaired');
    kiosk.api.offerAnswer = { value: sampleOffer };
    await pass(30_000);
    expect(kiosk.get().trouble).toBeNull();
  });

  it('[T20] without a token asks nothing and says that it is not paired', async () => {
    const unpaired = createKiosk(null);
    const stopUnpaired = unpaired.start();
    await pass(60_000);
    expect(unpaired.get()).toMatchObject({ offer: null, trouble: 'unpaired' });
    stopUnpaired();
  });
});
