import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import { grantsRequest, refusesGrant } from './expectations.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'idp/clock-skew';
const made = (seconds: number) =>
  clientCredentials({
    client: 'assertion',
    authentication: {
      by: 'jwt',
      claims: (right) => ({ ...right, iat: Number(right.iat) + seconds, exp: Number(right.exp) + seconds }),
    },
  });
const refused = refusesGrant({
  cause,
  by: rfc7523.notAfterExpiry,
  error: ['invalid_client', 'invalid_grant', 'invalid_request'],
});

/**
 * RFC 7523 §3: "The authorization server MUST reject any JWT with an expiration time that has passed, subject to
 * allowable clock skew between systems."
 */
export default table(
  {
    family: 'assertion-clock',
    cause,
    remedy:
      'Compare exp of client assertions with the current time, with a leeway of a minute or two, and log both times.',
    needs: ['client-credentials', 'client-secret-jwt'],
  },
  {
    right: {
      summary: "The client's clock is right.",
      does: clientCredentials({ client: 'assertion', authentication: { by: 'jwt' } }),
      expect: grantsRequest(rfc7523.notAfterExpiry),
    },
    'hour-behind': {
      summary: "The client's clock is an hour behind, so that its assertion has expired already.",
      does: made(-3600),
      expect: refused,
    },
    'day-behind': {
      summary: "The client's clock is a day behind.",
      does: made(-86_400),
      expect: refused,
    },
  },
);
