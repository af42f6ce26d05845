import { grantsWithin, saysGrantedScope } from '../../harness/oracles/scope.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { grantsOrRefuses, grantsRequest } from './expectations.ts';
import { allButLast, authorize, redeem, refresh } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/scope';
const says = saysGrantedScope().by(rfc6749.saysGrantedScope);
const within = grantsWithin('authorized').by(rfc6749.scopeNotWidened);
/** Part of it may be granted, as long as the client is told (RFC 6749 §3.3). */
const told = grantsOrRefuses(
  { cause, by: rfc6749.scopeNotWidened, error: ['invalid_scope', 'invalid_grant'] },
  says,
  within,
);
/** The user grants all but the last scope value. */
const less = [authorize({ parameters: { scope: allButLast } }), redeem()];
const introspected = true;
const asking = (scope: string) => refresh({ parameters: { scope }, introspected });

/** RFC 6749 §6: "The requested scope MUST NOT include any scope not originally granted by the resource owner". */
export default table(
  {
    family: 'scope-refresh',
    cause,
    remedy:
      'Keep with each refresh token the scope that its user granted; give at most that, at each refresh anew, and refuse more with invalid_scope.',
    needs: ['authorization-code', 'refresh-token'],
  },
  {
    narrower: {
      summary: 'A refresh asks for less than the user granted.',
      does: [authorize(), redeem(), asking('{scope.less}')],
      expect: grantsRequest(rfc6749.refreshTokenValid, says, grantsWithin('asked').by(rfc9700.privilegesRestricted)),
    },
    'narrower-then-whole': {
      summary: 'A refresh asks for less than the user granted, and the next one for all of it.',
      does: [authorize(), redeem(), asking('{scope.less}'), asking('{scope}')],
      expect: grantsRequest(rfc6749.refreshScopeKept, says),
    },
    same: {
      summary: 'A refresh asks for what the user granted, no less and no more.',
      does: [authorize(), redeem(), asking('{scope}')],
      expect: grantsRequest(rfc6749.refreshTokenValid, says, within),
    },
    omitted: {
      summary: 'A refresh names no scope after the user granted less than the client may have.',
      does: [...less, refresh({ introspected })],
      expect: grantsRequest(rfc6749.refreshTokenValid, within),
    },
    wider: {
      summary: 'A refresh asks for more than the user granted.',
      does: [...less, asking('{scope}')],
      expect: told,
    },
    unknown: {
      summary: 'A refresh asks for a scope that nobody knows.',
      does: [authorize(), redeem(), asking('failwell:unknown')],
      expect: told,
    },
    'unknown-besides': {
      summary: 'A refresh asks for what the user granted and for a scope that nobody knows.',
      does: [authorize(), redeem(), asking('{scope} failwell:unknown')],
      expect: told,
    },
  },
);
