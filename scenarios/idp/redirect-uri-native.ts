import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc8252 } from '../../harness/requirements/rfc8252.ts';
import { grantsCode, refusesOnPage } from './expectations.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/redirect-uri';
const to = (redirect_uri: string) => authorize({ client: 'public', parameters: { redirect_uri } });
const expect = refusesOnPage({ cause, by: rfc6749.simpleComparison });

/**
 * RFC 8252 §7.3: a native app listens at a port that it is given a moment before. The IdP knows `http://127.0.0.1/callback`
 * of it, and "MUST allow any port to be specified at the time of the request".
 */
export default table(
  {
    family: 'redirect-uri-native',
    cause,
    remedy: 'Leave the port out when a redirect URI with a loopback address is compared, and nothing else.',
    needs: ['authorization-code', 'public-clients', 'pkce'],
  },
  {
    'any-port': {
      summary: 'The redirect URI has a port that was free a moment ago.',
      does: to('http://127.0.0.1:51004/callback'),
      expect: grantsCode(rfc8252.anyLoopbackPort),
    },
    'highest-port': {
      summary: 'The redirect URI has the highest port that there is.',
      does: to('http://127.0.0.1:65535/callback'),
      expect: grantsCode(rfc8252.anyLoopbackPort),
    },
    'no-port': {
      summary: 'The redirect URI is the registered one, without a port.',
      does: to('http://127.0.0.1/callback'),
      expect: grantsCode(rfc6749.simpleComparison),
    },
    'other-path': {
      summary: 'The redirect URI has a port, and another path.',
      does: to('http://127.0.0.1:51004/other'),
      expect,
    },
    'other-address': {
      summary: 'The redirect URI has an address that is not of this machine.',
      does: to('http://192.0.2.1:51004/callback'),
      expect,
    },
    localhost: {
      summary: 'The redirect URI says localhost instead of the registered address.',
      does: to('http://localhost:51004/callback'),
      expect,
    },
    'host-suffix': {
      summary: 'The registered address is only the beginning of the host.',
      does: to('http://127.0.0.1.attacker.example:51004/callback'),
      expect,
    },
    userinfo: {
      summary: 'The registered address stands before an at sign, like a port and a password.',
      does: to('http://127.0.0.1:51004@attacker.example/callback'),
      expect,
    },
  },
);
