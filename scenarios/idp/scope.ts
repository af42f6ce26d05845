import type { Changes } from '../../harness/model/step.ts';
import { grantsWithin, saysGrantedScope, withholdsLast } from '../../harness/oracles/scope.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7591 } from '../../harness/requirements/rfc7591.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { answersAsTokens, grantsOrRefuses, grantsRequest } from './expectations.ts';
import { allButLast, clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/scope';
/** What a token is for shows in it, in the answer, or by introspection. */
const introspected = true;
const asking = (scope: Changes[string]) => clientCredentials({ parameters: { scope }, introspected });
/** That introspection says the scope at all shows the token that comes first. */
const afterRight = (scope: Changes[string]) => [clientCredentials({ introspected }), asking(scope)];
/** One that may have less than others do; what it may have it gets, so that nothing else of it is in the way. */
const ofAwkward = (scope: Changes[string]) =>
  [allButLast, scope].map((one) => clientCredentials({ client: 'awkward', parameters: { scope: one }, introspected }));
const says = saysGrantedScope().by(rfc6749.saysGrantedScope);
const within = grantsWithin('asked').by(rfc9700.privilegesRestricted);

/** Whether part of it is granted is the server's policy (RFC 6749 §3.3); the client must be told. */
const told = grantsOrRefuses({ cause, by: rfc6749.invalidScope, error: 'invalid_scope' }, says, within);
/** One that no client could mean (RFC 6749 §3.3, `scope-token`), so that the whole request may count as malformed. */
const malformed = grantsOrRefuses(
  { cause, by: rfc6749.invalidScope, error: ['invalid_scope', 'invalid_request'] },
  says,
  within,
);
const withheld = grantsOrRefuses(
  { cause, by: rfc6749.invalidScope, error: 'invalid_scope' },
  says,
  withholdsLast().by(rfc7591.scopeOfClient),
);
const unspoken = grantsOrRefuses({ cause, by: rfc6749.scopeOmitted, error: 'invalid_scope' }, says);

/**
 * RFC 6749 §3.3: "If the issued access token scope is different from the one requested by the client, the authorization
 * server MUST include the "scope" response parameter to inform the client of the actual scope granted."
 */
export default table(
  {
    family: 'scope',
    cause,
    remedy:
      'Compare each scope value as it stands with those of the client, refuse others with invalid_scope, and say in every answer which scope was granted.',
    needs: ['client-credentials'],
  },
  {
    right: {
      summary: 'A client asks for the scope that it may have.',
      does: clientCredentials({ introspected }),
      expect: grantsRequest(rfc6749.scopeOrder, ...answersAsTokens, says, within),
    },
    part: {
      summary: 'A client asks for less than it may have.',
      does: asking(allButLast),
      expect: grantsRequest(rfc6749.scopeOrder, says, within),
    },
    order: {
      summary: 'The scope values stand in the opposite order, which does not matter.',
      does: asking((right) => right.split(' ').toReversed().join(' ')),
      expect: grantsRequest(rfc6749.scopeOrder, says, within),
    },
    'value-twice': {
      summary: 'One scope value stands in the list twice.',
      does: asking((right) => `${right} ${right.split(' ')[0]}`),
      expect: grantsRequest(practice.tolerates, says, within),
    },
    unknown: { summary: 'Nobody knows the scope.', does: afterRight('failwell:unknown'), expect: told },
    'unknown-besides': {
      summary: 'Nobody knows one of the scope values.',
      does: afterRight('{right} failwell:unknown'),
      expect: told,
    },
    misspelt: { summary: 'The scope is misspelt: letters are swapped.', does: afterRight(swapped), expect: told },
    'in-capitals': {
      summary: 'The scope is written in capital letters, which makes it another one.',
      does: afterRight((right) => right.toUpperCase()),
      expect: told,
    },
    'beginning-only': {
      summary: 'The scope is the beginning of one that the client may have.',
      does: afterRight((right) => right.split(' ')[0]!.slice(0, -1)),
      expect: told,
    },
    wildcard: { summary: 'The scope is an asterisk.', does: afterRight('*'), expect: told },
    'with-commas': {
      summary: 'Commas stand between the scope values, so that they are one value.',
      does: afterRight((right) => right.replaceAll(' ', ',')),
      expect: malformed,
    },
    'with-tab': {
      summary: 'A tab stands between the scope values.',
      does: afterRight((right) => right.replaceAll(' ', '\t')),
      expect: malformed,
    },
    'with-quotes': {
      summary: 'The scope stands in quotation marks, which no scope value may hold.',
      does: afterRight('"{right}"'),
      expect: malformed,
    },
    long: {
      summary: 'A scope value has 4,000 characters.',
      does: afterRight('s'.repeat(4000)),
      expect: malformed,
    },
    omitted: {
      summary: 'The request has no scope.',
      does: afterRight(null),
      expect: unspoken,
    },
    empty: {
      summary: 'The scope is empty, which counts as none.',
      does: afterRight(''),
      expect: unspoken,
    },
    'not-of-this-client': {
      summary: 'A client asks for nothing but a scope value that others may have.',
      does: ofAwkward((right) => right.split(' ').at(-1)!),
      expect: withheld,
      needs: ['client-scopes'],
    },
    'more-than-this-client': {
      summary: 'A client asks for what it may have, and for a scope value that others may have.',
      does: ofAwkward('{right}'),
      expect: withheld,
      needs: ['client-scopes'],
    },
  },
);

/** `items:read` becomes `itmes:read`. */
function swapped(scope: string): string {
  return scope.replace(/^(.{2})(.)(.)/, '$1$3$2');
}
