import { OfficeFile } from '../admin/office-file.ts';
import { demoTerms } from './demo-terms.ts';

const departments = [
  {
    name: 'Atención',
    services: [
      {
        slug: 'caja',
        name: 'Caja',
        letter: 'C',
        minutes: 5,
        topics: ['Pago de factura', 'Abono parcial', 'Duplicado de factura', 'Paz y salvo'],
      },
      {
        slug: 'reclamos',
        name: 'Reclamos',
        letter: 'R',
        isAlsoVideo: true,
        minutes: 12,
        topics: ['Cobro no reconocido', 'Corte del servicio', 'Demora en la instalación', 'Calidad de la atención'],
      },
    ],
  },
  {
    name: 'Comercial',
    services: [
      {
        slug: 'ventas',
        name: 'Ventas',
        letter: 'V',
        isAlsoVideo: true,
        minutes: 15,
        topics: ['Plan nuevo', 'Cambio de plan', 'Portabilidad', 'Equipos'],
      },
    ],
  },
  {
    name: 'Técnica',
    services: [
      {
        slug: 'soporte-tecnico',
        name: 'Soporte técnico',
        letter: 'S',
        isAlsoVideo: true,
        minutes: 15,
        topics: ['Internet lento', 'Sin señal', 'Configuración del equipo', 'Cambio de equipo'],
      },
      {
        slug: 'asesoria-virtual',
        name: 'Asesoría virtual',
        letter: 'A',
        kind: 'video',
        minutes: 20,
        topics: ['Revisión guiada', 'Validación de identidad', 'Firma de documentos'],
      },
    ],
  },
];

const branch = (slug: string, name: string, kind: 'office' | 'remote') => ({
  slug,
  name,
  kind,
  timeZone: 'America/Bogota',
  departments,
  modules: ['Módulo 1', 'Módulo 2', 'Módulo 3', 'Módulo 4'],
  kiosks: kind === 'office' ? ['Kiosco'] : [],
});

/** The company that a first start without an own database comes with. */
export const demoOffice = OfficeFile.parse({
  company: { slug: 'demo', name: 'Demo Telecom', locale: 'es-CO', country: 'CO', isDemo: true },
  branches: [
    branch('centro', 'Sucursal Centro', 'office'),
    branch('norte', 'Sucursal Norte', 'office'),
    branch('central', 'Central', 'remote'),
  ],
  agents: [
    {
      email: 'ana@demo.test',
      firstName: 'Ana',
      lastName: 'Rojas',
      branches: ['centro'],
      main: ['caja', 'reclamos'],
      support: ['ventas'],
    },
    {
      email: 'luis@demo.test',
      firstName: 'Luis',
      lastName: 'Peña',
      branches: ['centro'],
      main: ['caja', 'soporte-tecnico', 'asesoria-virtual'],
    },
    { email: 'marta@demo.test', firstName: 'Marta', lastName: 'Gil', branches: ['norte'], main: ['caja'] },
    {
      email: 'sofia@demo.test',
      firstName: 'Sofía',
      lastName: 'Duarte',
      role: 'supervisor',
      branches: ['centro', 'norte', 'central'],
    },
    {
      email: 'admin@demo.test',
      firstName: 'Andrés',
      lastName: 'Mora',
      role: 'admin',
      branches: ['centro', 'norte', 'central'],
    },
  ],
  integrations: ['Demo'],
  terms: demoTerms,
});
