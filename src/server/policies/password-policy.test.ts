import { expect, test } from 'vitest';
import { refuseWeakPassword } from './password-policy.ts';

const agent = { email: 'ana@demo.test' };

test.each([
  'corta',
  '1234567890',
  'aaaaaaaaaaaa',
  'password12345',
  'Contraseña123',
  'ana12345ana',
  'Ventanilla1',
  'anaanaanaana',
])('[T27] %s is refused as weak', (password) => {
  expect(() => refuseWeakPassword(password, agent)).toThrow('WEAK_PASSWORD');
});

test.each(['tres gatos verdes', 'Kx7-mQ2p-9w', 'lluvia sobre el río'])('[T27] %s is accepted', (password) => {
  expect(() => refuseWeakPassword(password, agent)).not.toThrow();
});
