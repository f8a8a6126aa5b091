import { describe, expect, test } from 'vitest';
import { isOwnOrigin } from './own-origin.ts';

const office = { publicUrl: 'https://turnos.banco.test/ventanilla', address: '0.0.0.0', port: 7420, hasTls: true };
const trial = { publicUrl: 'http://127.0.0.1:7420', address: '127.0.0.1', port: 7420, hasTls: false };
const behindProxy = { ...office, address: '::1', hasTls: false };

describe('[T14] a page is ours', () => {
  test.each([
    ['from the public address', 'https://turnos.banco.test', office],
    ['from the public address, behind a proxy on this machine', 'https://turnos.banco.test', behindProxy],
    ['from this machine, as npm start opens it', 'http://127.0.0.1:7420', trial],
    ['from this machine by name', 'http://localhost:7420', trial],
    ['from this machine by its IPv6 address', 'http://[::1]:7420', trial],
    ['from this machine, behind a proxy', 'http://localhost:7420', behindProxy],
    ['from this machine at the port that goes without saying', 'http://localhost', { ...trial, port: 80 }],
    ['from this machine over TLS', 'https://localhost:7420', { ...trial, hasTls: true }],
  ])('%s', (_how, origin, whereabouts) => {
    expect(isOwnOrigin(origin, whereabouts)).toBe(true);
  });
});

describe('[T14] a page is not ours', () => {
  test.each([
    ['without an origin', undefined, trial],
    ['with an empty one', '', trial],
    ['from a sandbox or a file', 'null', trial],
    ['from elsewhere', 'https://evil.test', office],
    ['with our name in front', 'https://turnos.banco.test.evil.test', office],
    ['with our name behind', 'https://evilturnos.banco.test', office],
    ['with our name before an @', 'https://turnos.banco.test@evil.test', office],
    ['from our name at another port', 'https://turnos.banco.test:8443', office],
    ['from our name without TLS', 'http://turnos.banco.test', office],
    ['from an address that is no origin', 'https://turnos.banco.test/', office],
    ['from another program of this machine', 'http://127.0.0.1:7421', trial],
    ['from this machine with the other protocol', 'https://127.0.0.1:7420', trial],
    ['from a name that is bound to this machine anew', 'http://rebound.evil.test:7420', trial],
    ['from a name that looks like this machine', 'http://localhost.evil.test:7420', trial],
    ['from another spelling of this machine', 'http://127.1:7420', trial],
    ['from the customer’s own machine, of a server for the network', 'https://localhost:7420', office],
    ['from the address that the network knows, unless it is the public one', 'https://10.0.0.4:7420', office],
  ])('%s', (_how, origin, whereabouts) => {
    expect(isOwnOrigin(origin, whereabouts)).toBe(false);
  });
});
