import { rfc } from './document.ts';

const { must } = rfc(7518);
const none = { cwe: ['CWE-347'], asvs: ['9.1.2'] };

/** JSON Web Algorithms (JWA). */
export const rfc7518 = {
  rsaKeySize: must('3.3', 'rsa-key-size', 'A key of size 2048 bits or larger MUST be used with these algorithms.', {
    cwe: ['CWE-326'],
    asvs: ['11.2.3'],
  }),
  noneNotByDefault: must(
    '3.6',
    'none-not-by-default',
    'Implementations MUST NOT accept Unsecured JWSs by default.',
    none,
  ),
  noneOnlyOnRequest: must(
    '3.6',
    'none-only-on-request',
    'Implementations that support Unsecured JWSs MUST NOT accept such objects as valid unless the application specifies that it is acceptable for a specific object to not be integrity protected.',
    none,
  ),
};
