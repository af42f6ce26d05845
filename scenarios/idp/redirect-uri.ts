import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { refusesOnPage, refusesRequest } from './expectations.ts';
import * as uris from './redirect-uris.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/redirect-uri';
const expect = refusesOnPage({ cause, by: rfc6749.redirectUriMatches });
/** The first one is registered, so that the client may be told. */
const refusesRepeated = refusesRequest({ cause, by: rfc6749.noRepeatedAuthorization, away: 'attacker.example' });
const exact = refusesOnPage({ cause, by: rfc6749.simpleComparison });
const changing = (change: (right: string) => string) => authorize({ parameters: { redirect_uri: change } });
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
      does: changing(uris.subdomain),
      expect,
    },
    'host-suffix': {
      summary: 'The registered host is only the beginning of the host.',
      does: changing(uris.hostSuffix),
      expect,
    },
    userinfo: {
      summary: 'The registered host stands before an at sign, and another host after it.',
      does: changing(uris.userinfo),
      expect,
    },
    scheme: {
      summary: 'The redirect URI has the scheme http instead of https, or the other way round.',
      does: changing(uris.otherScheme),
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
    'parent-domain': {
      summary: "The redirect URI's host is the parent of the registered one.",
      does: changing(uris.parentDomain),
      expect: exact,
    },
    'path-case': {
      summary: 'The path of the redirect URI is in capitals.',
      does: changing(uris.pathInCapitals),
      expect: exact,
    },
    'host-case': {
      summary: 'The host of the redirect URI is in capitals: the same host, but another string.',
      does: changing(uris.hostInCapitals),
      expect: exact,
    },
    'trailing-slash': { summary: 'The redirect URI has a slash at its end.', does: to('{right}/'), expect: exact },
    port: {
      summary: 'The redirect URI has another port.',
      does: changing(uris.otherPort),
      expect: exact,
    },
    'default-port': {
      summary: 'The redirect URI has the port of its scheme: the same place, but another string.',
      does: changing(uris.defaultPort),
      expect: exact,
    },
    query: {
      summary: 'The redirect URI has a query.',
      does: to('{right}?next=https://attacker.example'),
      expect: exact,
    },
    'path-encoded': {
      summary: 'A letter of the path is percent-encoded.',
      does: changing(uris.letterEncoded),
      expect: exact,
    },
    'parent-path-encoded': {
      summary: 'The redirect URI climbs out of the registered path by percent-encoded dots.',
      does: to('{right}/%2e%2e/open'),
      expect: exact,
    },
    backslash: {
      summary: 'A backslash stands between the host of another and the registered one.',
      does: changing(uris.afterBackslash),
      expect: exact,
    },
    'host-after-fragment': {
      summary: 'The registered redirect URI is the fragment of another.',
      does: to('https://attacker.example/#{right}'),
      expect: exact,
    },
    'encoded-twice': {
      summary: 'The redirect URI is percent-encoded once too often.',
      does: changing(encodeURIComponent),
      expect: exact,
    },
    newline: {
      summary: 'The redirect URI ends with a newline and a header field.',
      does: to('{right}\r\nSet-Cookie: session=attacker'),
      expect: exact,
    },
    javascript: { summary: 'The redirect URI is a script.', does: to('javascript:alert(1)//{right}'), expect: exact },
    relative: { summary: 'The redirect URI is a path.', does: to('/callback'), expect: exact },
    wildcard: {
      summary: 'The redirect URI has a star in its host.',
      does: changing(uris.wildcardHost),
      expect: exact,
    },
  },
);
