import { expect, test } from 'vitest';
import { demoOffice } from '../start/demo-office.ts';
import { OfficeFile } from './office-file.ts';

const officeWith = (service: object) =>
  OfficeFile.safeParse({
    company: { slug: 'telecom', name: 'Telecom', locale: 'es-CO', country: 'CO' },
    branches: [
      {
        slug: 'plaza',
        name: 'Plaza',
        timeZone: 'America/Bogota',
        departments: [{ name: 'Atención', services: [{ slug: 'caja', name: 'Caja', letter: 'C', ...service }] }],
      },
    ],
  });

test('[PT3] a service of the counter may go by video too; of a video service that is a mistake, and said so', () => {
  expect(officeWith({}).data?.branches[0]?.departments[0]?.services[0]?.isAlsoVideo).toBe(false);
  expect(officeWith({ isAlsoVideo: true }).success).toBe(true);
  expect(officeWith({ kind: 'video' }).success).toBe(true);
  expect(officeWith({ kind: 'video', isAlsoVideo: true }).error?.issues[0]?.message).toContain('by video alone');
});

test('the demo has services of all three sorts', () => {
  const services = demoOffice.branches[0]?.departments.flatMap((department) => department.services) ?? [];
  expect(services.map(({ name, kind, isAlsoVideo }) => [name, isAlsoVideo ? 'both' : kind])).toEqual([
    ['Caja', 'counter'],
    ['Reclamos', 'both'],
    ['Ventas', 'both'],
    ['Soporte técnico', 'both'],
    ['Asesoría virtual', 'video'],
  ]);
});
