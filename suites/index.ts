import type { Scenario } from '../harness/model/scenario.ts';

/** A named selection of scenarios. */
export interface Suite {
  readonly id: string;
  readonly summary: string;
  readonly includes: (scenario: Scenario) => boolean;
}

/** What shows, at the price of a new instance each, how a target starts while the IdP is broken. */
const startsBroken = new Set([
  'gateway/jwks-unreachable/refused',
  'gateway/jwks-unreachable/captive-page',
  'gateway/jwks-unreachable/status-404',
  'gateway/token-key-id/unknown',
]);

/** One or two of each kind for each role: five everyday causes, and what nobody must fall for. */
export const firstLook = new Set([
  'gateway/token-expired/by-10m',
  'gateway/token-audience/other',
  'gateway/token-signature/tampered-payload',
  'gateway/token-algorithm/none-lower',
  'gateway/token-scope/other',
  'gateway/bearer-placement/no-token',
  'gateway/clock-skew/slow-2h',
  'gateway/idp-certificate/expired',
  'gateway/jwks-document/content-type-html',
  'gateway/jwks-unreachable/refused',
  'gateway/introspection/own-credentials-refused',
  'gateway/introspection-revoked/after-use',
  'gateway/upstream/refused',
  'client/wrong-secret/by-itself',
  'client/wrong-secret/log-in',
  'client/clock-skew/slow-2h',
  'client/idp-certificate/expired',
  'client/token-content-type/html',
  'client/token-revoked/access-token',
  'client/callback/of-other-session',
  'idp/client-authentication/wrong-secret',
  'idp/assertion-clock/day-behind',
  'idp/request-encoding/content-type-json',
  'idp/revoked/introspected',
  'idp/redirect-uri/other-host',
  'idp/code/twice',
  'chain/revocation/between-two-pages',
  'chain/clocks/gateway-fast-2h',
  'chain/client-side/secret-rotated',
  'chain/gateway-side/api-down',
]);

/** Nobody waits, and few new instances. */
const quick = ({ id, slow, isolation }: Scenario) => slow !== true && (isolation !== 'fresh' || startsBroken.has(id));

/** What measures a time by sitting it out. */
const measures = new Set(['gives-up', 'key-rotation']);

/** The built-in suites. */
export const suites: readonly Suite[] = [
  {
    id: 'quick',
    summary: 'what needs nobody to wait: no scenario that sits out a deadline, few that need a new instance each',
    includes: quick,
  },
  {
    id: 'first-look',
    summary:
      'a wrong secret, a skewed clock, an expired certificate, a wrong content type, a revoked token and the plainest attacks, for every role',
    includes: ({ id }) => firstLook.has(id),
  },
  {
    id: 'field',
    summary: 'what is quick, and what measures a time by sitting it out',
    includes: (scenario) => quick(scenario) || measures.has(scenario.id.split('/')[1] ?? ''),
  },
  { id: 'full', summary: 'every scenario', includes: () => true },
];
