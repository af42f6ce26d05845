import type { AnyFault } from '../../harness/model/fault.ts';
import type { Expectation, Scenario } from '../../harness/model/scenario.ts';
import type { Step } from '../../harness/model/step.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { saysNoToWhatCame, saysThatItFailed, worksOn } from './expectations.ts';
import { logIn, passTime, refresh, refreshTokenOf, revoke } from './stimuli.ts';

interface Row {
  readonly cause: string;
  readonly summary: string;
  readonly remedy: string;
  readonly steps: readonly Step[];
  readonly fault?: AnyFault;
  /** What else is broken, all the time. */
  readonly also?: AnyFault;
  /** The token answers that it stands on: all of them, or the second alone, which is that of the first refresh. */
  readonly from?: 'always' | 'second';
  readonly needs?: readonly string[];
  readonly expect: Expectation;
}

const overAgain = 'On invalid_grant drop the tokens, log why, and send the user to log in.';
const session = logIn({ token: 'session' });

/**
 * RFC 6749 §6: "the client MUST discard the old refresh token and replace it with the new refresh token."; a refresh
 * token that was revoked or has expired is invalid_grant (§5.2), anything else leaves it good.
 */
const rows: { readonly [variant: string]: Row } = {
  revoked: {
    cause: 'refresh/revoked',
    summary: 'All that a user granted is revoked before the client refreshes.',
    remedy: overAgain,
    steps: [session, revoke(refreshTokenOf('session')), refresh()],
    expect: saysThatItFailed('refresh/revoked'),
  },
  expired: {
    cause: 'refresh/expired',
    summary: 'A user comes back after so long that their refresh token has expired.',
    remedy: overAgain,
    steps: [session, passTime('400d'), refresh()],
    expect: saysThatItFailed('refresh/expired'),
  },
  rotated: {
    cause: 'refresh/revoked',
    summary: 'The client refreshes twice; each time it gets a new refresh token, and the old one is no longer good.',
    remedy: 'Keep the refresh token of the latest answer, and forget the one before.',
    steps: [session, refresh(), refresh()],
    expect: worksOn(rfc6749.replaceRefreshToken),
  },
  'none-new': {
    cause: 'refresh/revoked',
    summary: 'The client refreshes twice at an IdP that gives no new refresh token with a refresh.',
    remedy: 'Keep the refresh token that is there when an answer brings none.',
    steps: [session, refresh(), refresh()],
    fault: idp.policyOff({ what: 'rotatesRefreshTokens' }),
    from: 'always',
    expect: worksOn(rfc6749.newRefreshTokenIsOptional),
  },
  unavailable: {
    cause: 'idp/token-issuance',
    summary: 'The first refresh ends in a 500, and the user comes back.',
    remedy: 'Keep the tokens when a refresh fails with anything but invalid_grant, and try again later.',
    steps: [session, refresh({ again: true })],
    fault: idp.tokenServerError(),
    // What was not done has not used the refresh token up.
    also: idp.policyOff({ what: 'rotatesRefreshTokens' }),
    from: 'second',
    expect: worksOn(practice.keepsSessions),
  },
  'other-subject': {
    cause: 'token/malformed',
    summary: 'The ID token of the refresh is about another user.',
    remedy: 'Compare sub of a refreshed ID token with that of the login, and end the session when they differ.',
    steps: [session, refresh()],
    fault: idp.idTokenRefreshedSubjectOther(),
    from: 'always',
    needs: ['id-token'],
    expect: saysNoToWhatCame({ cause: 'token/malformed', by: openidCore.refreshedSubjectSame }),
  },
  'other-issuer': {
    cause: 'token/issuer',
    summary: 'The ID token of the refresh is of another issuer.',
    remedy: 'Validate a refreshed ID token as the first one, but for the nonce.',
    steps: [session, refresh()],
    fault: idp.idTokenRefreshedIssuerOther(),
    from: 'always',
    needs: ['id-token'],
    expect: saysNoToWhatCame({ cause: 'token/issuer', by: openidCore.refreshedIssuerSame }),
  },
};

export default Object.entries(rows).map(([variant, row]): Scenario => {
  const { steps, fault, also, from, needs = [], ...rest } = row;
  const schedule = from === 'second' ? ({ when: 'every', nth: 2 } as const) : ({ when: 'always' } as const);
  return {
    ...rest,
    id: `client/refresh/${variant}`,
    role: 'client',
    needs: ['code', 'refresh', '!web', ...needs],
    isolation: 'exclusive',
    faults: [
      ...(fault === undefined ? [] : [{ fault, on: 'idp', schedule } as const]),
      ...(also === undefined ? [] : [{ fault: also, on: 'idp', schedule: { when: 'always' } } as const]),
    ],
    stimulus: steps,
  };
});
