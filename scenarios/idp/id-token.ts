import type { Expected } from '../../harness/model/scenario.ts';
import {
  idTokenHasAlgorithm,
  idTokenHasAudience,
  idTokenHasAuthTime,
  idTokenHasExpiry,
  idTokenHasIssuedAt,
  idTokenHasIssuer,
  idTokenHasKey,
  idTokenHasSubject,
  idTokenKeeps,
  userinfoIsOfSubject,
} from '../../harness/oracles/issued-id-token.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { grantsRequest } from './expectations.ts';
import { authorize, readDiscovery, readJwks, redeem, refresh, userinfo } from './stimuli.ts';
import { table } from './table.ts';

const issued = (...expected: readonly Expected[]) => grantsRequest(rfc6749.codeIsValid, ...expected);
const kept = (...expected: readonly Expected[]) => grantsRequest(rfc6749.refreshTokenValid, ...expected);
const again = [authorize(), redeem(), refresh()];
const needs = ['refresh-token', 'refreshed-id-token'];

/** OpenID Connect Core §2: what stands in an ID token, and whose word it is. */
export default table(
  {
    family: 'id-token',
    cause: 'idp/token-issuance',
    remedy:
      'Make ID tokens of the issuer, client, user and login that they are about, sign them with a published key, and let a refresh say the same again.',
    needs: ['authorization-code', 'openid'],
  },
  {
    issuer: {
      summary: 'The metadata name the issuer, and the ID token is by it.',
      does: [readDiscovery(), authorize(), redeem()],
      expect: issued(idTokenHasIssuer().by(openidCore.issuerClaim)),
    },
    audience: {
      summary: 'The ID token is for the client that asked.',
      does: [authorize(), redeem()],
      expect: issued(idTokenHasAudience().by(openidCore.audienceClaim)),
    },
    subject: {
      summary: 'The ID token names the user by no more than 255 ASCII characters.',
      does: [authorize(), redeem()],
      expect: issued(idTokenHasSubject().by(openidCore.subjectLength)),
    },
    expiry: {
      summary: 'The ID token says until when it is good.',
      does: [authorize(), redeem()],
      expect: issued(idTokenHasExpiry().by(openidCore.expiryClaim)),
    },
    'issued-at': {
      summary: 'The ID token says when it was issued.',
      does: [authorize(), redeem()],
      expect: issued(idTokenHasIssuedAt().by(openidCore.issuedAtClaim)),
    },
    'auth-time': {
      summary: 'The client asks with max_age, and the ID token says when the user logged in.',
      does: [authorize({ parameters: { max_age: '3600' } }), redeem()],
      expect: issued(idTokenHasAuthTime().by(openidCore.authTimeWithMaxAge)),
    },
    algorithm: {
      summary: 'The ID token is signed with an algorithm that the metadata name.',
      does: [readDiscovery(), authorize(), redeem()],
      expect: issued(idTokenHasAlgorithm().by(openidCore.noneMustNotBe)),
    },
    key: {
      summary: 'The ID token names the published key with which it is signed.',
      does: [readJwks(), authorize(), redeem()],
      expect: issued(idTokenHasKey().by(openidCore.kidWhereSeveral)),
    },
    userinfo: {
      summary: 'UserInfo is about the user of the ID token.',
      does: [authorize(), redeem(), userinfo()],
      expect: grantsRequest(openidCore.userinfoMethods, userinfoIsOfSubject().by(openidCore.userinfoSubject)),
      needs: ['userinfo'],
    },
    'refreshed-issuer': {
      summary: 'The ID token of a refresh is by the same issuer.',
      does: again,
      expect: kept(idTokenKeeps('iss').by(openidCore.refreshedSame)),
      needs,
    },
    'refreshed-subject': {
      summary: 'The ID token of a refresh is about the same user.',
      does: again,
      expect: kept(idTokenKeeps('sub').by(openidCore.refreshedSame)),
      needs,
    },
    'refreshed-audience': {
      summary: 'The ID token of a refresh is for the same client.',
      does: again,
      expect: kept(idTokenKeeps('aud').by(openidCore.refreshedSame)),
      needs,
    },
    'refreshed-auth-time': {
      summary: 'The ID token of a refresh says when the user logged in, and not when it was refreshed.',
      does: [authorize({ parameters: { max_age: '3600' } }), redeem(), refresh()],
      expect: kept(idTokenKeeps('auth_time').by(openidCore.refreshedSame)),
      needs,
    },
  },
);
