import { Refusal } from './refusal.ts';

const SHORTEST = 10;
const FEWEST_DIFFERENT = 5;
const USUAL = [
  'password',
  'contrasen',
  'contraseñ',
  'qwerty',
  'asdfgh',
  '12345',
  '54321',
  '67890',
  '09876',
  'ventanilla',
  'bienvenid',
  'senha',
];

/** Length counts, not signs: refuses what is short, repeats itself, is usual, or holds the agent's own name. */
export function refuseWeakPassword(password: string, agent: { email: string }): void {
  const lower = password.normalize('NFC').toLowerCase();
  const name = agent.email.split('@')[0] ?? '';
  const rest = [...USUAL, ...(name.length > 2 ? [name] : [])].reduce((left, word) => left.replaceAll(word, ''), lower);
  if (lower.length < SHORTEST || new Set(lower).size < FEWEST_DIFFERENT || rest.length < SHORTEST / 2) {
    throw new Refusal('WEAK_PASSWORD', { field: 'next' });
  }
}
