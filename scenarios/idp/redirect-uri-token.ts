import type { Change } from '../../harness/model/step.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { refusesGrant } from './expectations.ts';
import { hostInCapitals } from './redirect-uris.ts';
import { authorize, redeem } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/redirect-uri';
const to = (redirect_uri: Change) => redeem({ parameters: { redirect_uri } });
const expect = refusesGrant({
  cause,
  by: rfc6749.redirectUriIdentical,
  error: ['invalid_grant', 'invalid_request'],
});

/** RFC 6749 §4.1.3: of the redirect URI in the token request, "ensure that their values are identical". */
export default table(
  {
    family: 'redirect-uri-token',
    cause,
    remedy:
      'Keep with each code the redirect URI of its request, and compare it, character by character, when it is redeemed.',
    needs: ['authorization-code'],
    before: [authorize()],
  },
  {
    'of-another-client': {
      summary: 'The redirect URI in the token request is that of another client.',
      does: to('https://other.failwell.test/callback'),
      expect,
    },
    'other-host': {
      summary: 'The redirect URI in the token request names another host.',
      does: to('https://attacker.example/callback'),
      expect,
    },
    'trailing-slash': {
      summary: 'The redirect URI in the token request has a slash at its end.',
      does: to('{right}/'),
      expect,
    },
    'host-case': {
      summary: 'The host of the redirect URI in the token request is in capitals.',
      does: to(hostInCapitals),
      expect,
    },
    empty: {
      summary: 'The redirect URI in the token request is empty, which counts as none.',
      does: to(''),
      expect: refusesGrant({
        cause,
        by: rfc6749.redirectUriPresent,
        error: ['invalid_grant', 'invalid_request'],
      }),
    },
  },
);
