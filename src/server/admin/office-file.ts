import { z } from 'zod';
import { AgentRole, ServiceKind } from '../../protocol/office.ts';
import { optionalText, requiredText } from '../../protocol/text.ts';
import { TermsText, TermsTitle } from '../../protocol/video/consent.ts';

const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be small letters, digits and hyphens')
  .max(40);
const Name = requiredText(80);

const TimeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'is not the name of a time zone such as America/Bogota');

const Service = z
  .strictObject({
    slug: Slug,
    name: Name,
    letter: z.string().regex(/^[A-Z]$/, 'must be one capital letter'),
    kind: ServiceKind.default('counter'),
    /** Of the counter: whoever waits may pass to the video and back. */
    isAlsoVideo: z.boolean().default(false),
    /** Minutes that one attention is expected to take. */
    minutes: z.int().min(1).max(480).default(10),
    /** Minutes after its hour during which an appointment keeps its weight. */
    latenessMinutes: z.int().min(0).max(480).default(10),
    topics: z.array(Name).default([]),
  })
  .refine(
    ({ kind, isAlsoVideo }) => kind === 'counter' || !isAlsoVideo,
    'is by video alone: isAlsoVideo is for those of the counter',
  );

const Branch = z.strictObject({
  slug: Slug,
  name: Name,
  kind: z.enum(['office', 'remote']).default('office'),
  timeZone: TimeZone,
  /** Whether the display says "María O." or the code alone. */
  showsNames: z.boolean().default(false),
  queueRules: z
    .strictObject({
      appointmentWeight: z.number().positive().max(100).default(3),
      preferenteWeight: z.number().positive().max(100).default(2),
      maximumCalls: z.int().min(1).max(20).default(3),
      recallPauseSeconds: z.int().min(0).max(600).default(15),
    })
    .prefault({}),
  departments: z.array(z.strictObject({ name: Name, services: z.array(Service) })).default([]),
  modules: z.array(Name).default([]),
  /** Names of kiosks; each gets a token of its own for tickets of this branch. */
  kiosks: z.array(Name).default([]),
});

const Agent = z.strictObject({
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  firstName: Name,
  lastName: optionalText(80).default(''),
  phone: optionalText(32).optional(),
  role: AgentRole.default('agent'),
  /** Slugs of branches, the home first. Who supervises may sit in every branch. */
  branches: z.array(Slug).min(1),
  /** Slugs of services, in each of the agent's branches. */
  main: z.array(Slug).default([]),
  support: z.array(Slug).default([]),
});

/** Terms and conditions for guests of a video. Another text, title, language or service is the next version. */
const Terms = z.strictObject({
  slug: Slug,
  title: TermsTitle,
  text: TermsText,
  language: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, 'must be a language such as es'),
  /** Slug of a service; left out for all. */
  service: Slug.optional(),
  /** Whether the service is given only to who accepts them. */
  isRequired: z.boolean().default(false),
});

/** What `setup --file` reads; `docs/office.example.yaml` shows it whole. */
export const OfficeFile = z
  .strictObject({
    company: z.strictObject({
      slug: Slug,
      name: Name,
      /** BCP 47. */
      locale: z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, 'must be a language and a country such as es-CO'),
      /** ISO 3166-1 alpha-2. */
      country: z.string().regex(/^[A-Z]{2}$/, 'must be a country in two letters such as CO'),
      isDemo: z.boolean().default(false),
    }),
    branches: z.array(Branch).min(1),
    agents: z.array(Agent).default([]),
    /** Names of programs that issue tickets in any branch; each gets a token of its own. */
    integrations: z.array(Name).default([]),
    terms: z.array(Terms).default([]),
  })
  .superRefine((office, context) => {
    const refuse = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    const slugs = new Set(office.branches.map(({ slug }) => slug));
    refuseTwice(
      office.branches.map(({ slug }) => slug),
      (slug) => refuse(['branches'], `names "${slug}" twice`),
    );
    refuseTwice(
      office.agents.map(({ email }) => email),
      (email) => refuse(['agents'], `names ${email} twice`),
    );
    office.branches.forEach((branch, index) => {
      const services = branch.departments.flatMap((department) => department.services);
      const twice = (what: string) => (value: string) =>
        refuse(['branches', index], `has the ${what} "${value}" twice`);
      refuseTwice(
        services.map(({ slug }) => slug),
        twice('service'),
      );
      refuseTwice(
        services.map(({ letter }) => letter),
        twice('letter'),
      );
      refuseTwice(
        branch.departments.map(({ name }) => name),
        twice('department'),
      );
      refuseTwice(branch.modules, twice('module'));
      refuseTwice(branch.kiosks, twice('kiosk'));
    });
    refuseTwice(
      office.terms.map(({ slug }) => slug),
      (slug) => refuse(['terms'], `names "${slug}" twice`),
    );
    const offered = office.branches.flatMap(({ departments }) =>
      departments.flatMap(({ services }) => services.map(({ slug }) => slug)),
    );
    office.terms.forEach(({ service }, index) => {
      if (service !== undefined && !offered.includes(service)) {
        refuse(['terms', index, 'service'], `no branch has the service "${service}"`);
      }
    });
    office.agents.forEach((agent, index) => {
      const strange = agent.branches.find((slug) => !slugs.has(slug));
      if (strange !== undefined) refuse(['agents', index, 'branches'], `there is no branch "${strange}"`);
      const known = office.branches
        .filter(({ slug }) => agent.branches.includes(slug))
        .flatMap(({ departments }) => departments.flatMap(({ services }) => services.map(({ slug }) => slug)));
      const absent = [...agent.main, ...agent.support].find((slug) => !known.includes(slug));
      if (absent !== undefined) refuse(['agents', index], `no branch of ${agent.email} has the service "${absent}"`);
      const both = agent.main.find((slug) => agent.support.includes(slug));
      if (both !== undefined) refuse(['agents', index], `"${both}" is both main and support of ${agent.email}`);
    });
  });
export type OfficeFile = z.infer<typeof OfficeFile>;

function refuseTwice(values: string[], refuse: (value: string) => void): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) refuse(value);
    seen.add(value);
  }
}
