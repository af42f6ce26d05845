import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { issuesNothing } from '../../harness/oracles/issues-nothing.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { redirectsNowhere, redirectsWithError } from '../../harness/oracles/redirects.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { discretion, endures, explains, refusesOnPage } from './expectations.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/redirect-uri';
const expect = refusesOnPage({ cause, by: rfc6749.redirectUriMatches });
/** The first one is registered, so that the client may be told. */
const refusesRepeated = refuse({
  safe: [
    issuesNothing().by(rfc6749.noRepeatedParameters),
    redirectsNowhere('attacker.example').by(rfc6749.redirectUriNotFollowed),
  ],
  signal: [
    anyOf(answers([400, 401, 403, 422]), redirectsWithError('invalid_request')).by(rfc6749.invalidRequest),
    answersNoServerError().by(practice.survivesInput),
  ],
  diagnosis: explains(cause),
  discretion,
  resilience: endures,
});
const to = (redirect_uri: string) => authorize({ parameters: { redirect_uri } });

/**
 * RFC 6749 §3.1.2.4: the authorization server "MUST NOT automatically redirect the user-agent to the invalid redirection
 * URI."
 */
export default table(
  {
    family: 'redirect-uri',
    cause,
    remedy:
      'Compare the redirect URI with those registered, character by character, before anything else, and show a page.',
    needs: ['authorization-code'],
  },
  {
    'other-host': {
      summary: 'The redirect URI names another host.',
      does: to('https://attacker.example/callback'),
      expect,
    },
    subpath: { summary: 'The redirect URI has a path below the registered one.', does: to('{right}/below'), expect },
    'parent-path': {
      summary: 'The redirect URI climbs out of the registered path.',
      does: to('{right}/../open'),
      expect,
    },
    subdomain: {
      summary: "The redirect URI's host is a subdomain of the registered one.",
      does: authorize({ parameters: { redirect_uri: (right) => right.replace('://', '://evil.') } }),
      expect,
    },
    'host-suffix': {
      summary: 'The registered host is only the beginning of the host.',
      does: authorize({ parameters: { redirect_uri: (right) => right.replace('.test/', '.test.attacker.example/') } }),
      expect,
    },
    userinfo: {
      summary: 'The registered host stands before an at sign, and another host after it.',
      does: authorize({ parameters: { redirect_uri: (right) => right.replace('.test/', '.test@attacker.example/') } }),
      expect,
    },
    scheme: {
      summary: 'The redirect URI has the scheme http instead of https.',
      does: authorize({ parameters: { redirect_uri: (right) => right.replace('https:', 'http:') } }),
      expect,
    },
    fragment: { summary: 'The redirect URI has a fragment.', does: to('{right}#fragment'), expect },
    twice: {
      summary: 'There are two redirect URIs, and the second one is that of an attacker.',
      does: authorize({ parameters: { redirect_uri: ['{right}', 'https://attacker.example/callback'] } }),
      expect: refusesRepeated,
    },
    'of-another-client': {
      summary: 'The redirect URI is registered for another client.',
      does: to('https://other.failwell.test/callback'),
      expect,
    },
  },
);
