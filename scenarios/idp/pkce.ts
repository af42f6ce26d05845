import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7636 } from '../../harness/requirements/rfc7636.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { grantsOrRefuses, grantsRequest, refusesByRedirect, refusesGrant } from './expectations.ts';
import { authorize, redeem } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'attack/code';
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
/** One character too few, and its S256 challenge. */
const short = { verifier: verifier.slice(0, 42), challenge: 'MzGuVmuCfiyhtA8T4e8WBVUlbW1KtArN4Sk-n-PRX_s' };
const wrong = refusesGrant({ cause, by: rfc7636.verifierMustMatch, error: ['invalid_grant', 'invalid_request'] });

/**
 * RFC 9700 §2.1.1: "If a client sends a valid PKCE code_challenge parameter in the authorization request, the
 * authorization server MUST enforce the correct usage of code_verifier at the token endpoint."
 */
export default table(
  {
    family: 'pkce',
    cause,
    remedy:
      'Keep the challenge and its method with the code, compare the verifier with them, and take none where there was no challenge.',
    needs: ['authorization-code', 'pkce'],
  },
  {
    right: {
      summary: 'A public client proves with its verifier that the code is its own.',
      does: [authorize({ client: 'public' }), redeem()],
      expect: grantsRequest(rfc9700.enforcesPkce),
      needs: ['public-clients'],
    },
    'public-verifier-missing': {
      summary: 'A public client that sent a challenge redeems its code without the verifier.',
      does: [authorize({ client: 'public' }), redeem({ parameters: { code_verifier: null } })],
      expect: wrong,
      needs: ['public-clients'],
    },
    'verifier-empty': {
      summary: 'code_verifier is empty, which counts as missing.',
      does: [authorize(), redeem({ parameters: { code_verifier: '' } })],
      expect: wrong,
    },
    'verifier-of-another-code': {
      summary: 'The verifier is that of another code of the same client.',
      does: [
        authorize({ keep: 'earlier' }),
        authorize(),
        redeem({ parameters: { code_verifier: '{earlier.code_verifier}' } }),
      ],
      expect: wrong,
    },
    'challenge-as-verifier': {
      summary: 'The challenge itself is sent as the verifier, as if its method had been plain.',
      does: [authorize(), redeem({ parameters: { code_verifier: '{code_challenge}' } })],
      expect: wrong,
    },
    'verifier-unasked': {
      summary: 'A verifier is sent for a code whose authorization request had no challenge.',
      does: [authorize({ pkce: false }), redeem({ parameters: { code_verifier: verifier } })],
      expect: refusesGrant({
        cause,
        by: rfc9700.noPkceDowngrade,
        error: ['invalid_grant', 'invalid_request'],
      }),
      needs: ['!pkce-for-all'],
    },
    'verifier-short': {
      summary: 'The verifier has 42 characters, one too few, and matches its challenge.',
      does: [
        authorize({ parameters: { code_challenge: short.challenge } }),
        redeem({ parameters: { code_verifier: short.verifier } }),
      ],
      expect: grantsOrRefuses({ cause, by: rfc6749.invalidRequest, error: ['invalid_grant', 'invalid_request'] }),
    },
    'no-challenge': {
      summary: 'A public client asks for a code without PKCE.',
      does: authorize({ client: 'public', pkce: false }),
      expect: refusesByRedirect({ cause, by: rfc7636.publicMustChallenge, error: ['invalid_request'] }),
      needs: ['public-clients', 'pkce-required'],
    },
    'method-unknown': {
      summary: 'Nobody knows the code_challenge_method.',
      does: authorize({ parameters: { code_challenge_method: 'S512' } }),
      expect: refusesByRedirect({ cause, by: rfc7636.unknownMethod, error: ['invalid_request'] }),
    },
  },
);
