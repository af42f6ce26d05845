import type { Requirement } from '../../harness/model/requirement.ts';
import { redirectsWithError } from '../../harness/oracles/redirects.ts';
import { grantsWithin, saysGrantedScope } from '../../harness/oracles/scope.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { grantsCode, grantsOrRefuses, grantsRequest } from './expectations.ts';
import { allButLast, authorize, redeem } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/scope';
const introspected = true;
const asking = (scope: string | null | ((right: string) => string)) => authorize({ parameters: { scope } });
const says = saysGrantedScope().by(rfc6749.saysGrantedScope);
const within = grantsWithin('authorized').by(rfc9700.privilegesRestricted);

/** RFC 6749 §4.1.2.1 has an error for the client; a page is no place for it. */
const codeOrError = (by: Requirement, ...errors: readonly string[]) =>
  grantsOrRefuses({
    cause,
    by,
    error: 'invalid_scope',
    also: [redirectsWithError('invalid_scope', 'invalid_request', ...errors)],
  });

/** RFC 6749 §3.3: what a client asks its user for, and what it is told that it got. */
export default table(
  {
    family: 'scope-login',
    cause,
    remedy:
      'Keep what the user granted with the code, give tokens for that and no more, and say in the answer which scope it is.',
    needs: ['authorization-code'],
  },
  {
    right: {
      summary: 'A user logs in, and the client gets the scope that it asked for.',
      does: [authorize(), redeem({ introspected })],
      expect: grantsRequest(rfc6749.codeIsValid, says, within),
    },
    part: {
      summary: 'A client asks a user for less than it may have.',
      does: [asking(allButLast), redeem({ introspected })],
      expect: grantsRequest(rfc6749.codeIsValid, says, within),
    },
    'wider-when-redeemed': {
      summary: 'A code for less is redeemed with a scope parameter that asks for more.',
      does: [asking(allButLast), redeem({ parameters: { scope: '{scope}' }, introspected })],
      expect: grantsOrRefuses(
        { cause, by: rfc6749.ignoreUnknownParameters, error: ['invalid_scope', 'invalid_request'] },
        grantsWithin('authorized').by(rfc6749.invalidScope),
      ),
    },
    unknown: {
      summary: 'A client asks a user for nothing but a scope that nobody knows.',
      does: asking('failwell:unknown'),
      // "The resource owner or authorization server denied the request": nothing is left of it.
      expect: codeOrError(rfc6749.invalidScope, 'access_denied'),
    },
    'unknown-besides': {
      summary: 'A client asks a user for openid and for a scope that nobody knows.',
      does: asking('{right} failwell:unknown'),
      expect: grantsCode(openidCore.unknownScopesIgnored),
      needs: ['openid'],
    },
    'unknown-left-out': {
      summary: 'A scope that nobody knows is left out, and the client redeems its code.',
      does: [asking('{right} failwell:unknown'), redeem({ introspected })],
      expect: grantsRequest(rfc6749.codeIsValid, says),
      needs: ['leaves-out-scopes'],
    },
    malformed: {
      summary: 'The scope stands in quotation marks, which no scope value may hold.',
      does: asking((right) => `"${right}"`),
      expect: codeOrError(rfc6749.invalidScope),
    },
    omitted: {
      summary: 'A client asks a user without a scope.',
      does: authorize({ parameters: { scope: null } }),
      expect: codeOrError(rfc6749.scopeOmitted),
    },
    empty: {
      summary: 'The scope is empty, which counts as none.',
      does: authorize({ parameters: { scope: '' } }),
      expect: codeOrError(rfc6749.emptyIsOmittedAuthorization),
    },
  },
);
