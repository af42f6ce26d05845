import type { AnyFault, Fault } from '../../../../harness/model/fault.ts';
import * as token from '../../token/index.ts';
import { onIdToken, onIntrospectionToken, onLogoutToken, onResponseToken, onUserinfoToken } from './carry.ts';

type Flaws = readonly Fault<'access-token'>[];

/** What can be wrong with the signature of anything that is signed. */
const signatures: Flaws = [
  token.algorithmNone({ casing: 'lower' }),
  token.algorithmNone({ casing: 'mixed' }),
  token.algorithmNoneJunk(),
  token.signatureStripped(),
  token.flippedBit(),
  token.foreignKeyPublishedKid(),
  token.keyConfusion({ shape: 'spki-pem' }),
  token.algorithmOtherPublished(),
];

const issuers: Flaws = [token.issuerMissing(), token.issuerOther()];
/** Of tokens with a subject. */
const subjects: Flaws = [token.tamperedPayload(), token.claimMissing({ claim: 'sub' })];

const audiences: Flaws = [token.audienceMissing(), token.audienceOther()];
const times: Flaws = [token.expired({ by: '10m' }), token.expiryMissing()];

const forIdTokens: Flaws = [
  ...issuers,
  token.claimIs({ claim: 'iss', as: 'empty' }),
  token.issuerTrailingSlash(),
  token.issuerCase(),
  token.issuerExtended(),
  token.issuerArray(),
  token.issuerOnlyInHeader(),
  token.issuerAttacker(),
  ...audiences,
  token.audienceArrayOther(),
  token.audienceEmptyArray(),
  token.audienceExtended(),
  token.audienceCase(),
  token.audienceAmongOthers(),
  token.audienceArrayOfOne(),
  ...subjects,
  token.claimIs({ claim: 'sub', as: 'empty' }),
  token.claimIs({ claim: 'sub', as: 'null' }),
  ...times,
  token.expired({ by: '1s' }),
  token.expired({ by: '5m' }),
  token.expiryNumericString(),
  token.expiryMilliseconds(),
  token.notYetValid({ by: '10m' }),
  token.issuedInFuture({ by: '30m' }),
  token.issuedLongAgo({ by: '7d' }),
  token.issuedAtMissing(),
  token.issuedAtNumericString(),
  ...signatures,
  token.algorithmNone({ casing: 'capital' }),
  token.algorithmNone({ casing: 'upper' }),
  token.algorithmNoneSigned(),
  token.algorithmNull(),
  token.algorithmMissing(),
  token.algorithmUnknown(),
  token.algorithmMismatch(),
  token.algorithmPs256(),
  token.foreignKey(),
  token.foreignKeyNoKid(),
  token.psychicSignature(),
  token.keyIdMissing(),
  token.keyIdUnknown(),
  token.keyIdOtherKey(),
  token.keyIdUrl(),
  token.keyIdJwk(),
  token.keyIdTraversal(),
  token.keyIdSql(),
  token.embeddedJwk(),
  token.embeddedJwkUrl(),
  token.embeddedJwkWithJku(),
  token.embeddedJwkWithX5c(),
  token.embeddedJku(),
  token.embeddedJkuArray(),
  token.embeddedJkuArrayAttackerFirst(),
  token.embeddedX5u(),
  token.embeddedX5c(),
  token.embeddedX5cGoodFirst(),
  token.embeddedX5cGoodLast(),
  token.embeddedSecret(),
  token.keyConfusion({ shape: 'pkcs1-pem' }),
  token.keyConfusion({ shape: 'spki-der' }),
  token.keyConfusion({ shape: 'jwk' }),
  token.keyConfusion({ shape: 'modulus' }),
  token.keyConfusion({ shape: 'exponent' }),
  token.keyConfusion({ shape: 'kty' }),
  token.keyConfusion({ shape: 'alg' }),
  token.keyConfusion({ shape: 'kid' }),
  token.keyConfusion({ shape: 'empty' }),
  token.weakSecret({ secret: 'secret' }),
  token.critUnknown(),
  token.claimUnknown(),
  token.hugeClaim({ kibibytes: 8 }),
  token.encryptedDirect(),
  token.notAJwt(),
  token.emptyToken(),
  token.onePart(),
  token.algorithmNoneTwoParts(),
  token.fourParts(),
  token.headerNotBase64url(),
  token.headerNotJson(),
  token.payloadEmpty(),
  token.payloadNotJson(),
  token.payloadArray(),
  token.payloadNull(),
];

const forLogoutTokens: Flaws = [
  ...subjects,
  ...signatures,
  ...issuers,
  ...audiences,
  ...times,
  token.issuedAtMissing(),
  token.claimMissing({ claim: 'jti' }),
];

const forResponseTokens: Flaws = [...signatures, ...issuers, ...audiences, ...times];
const forUserinfoTokens: Flaws = [...signatures, ...issuers, ...audiences, ...subjects];
const forIntrospectionTokens: Flaws = [...signatures, ...issuers, ...audiences, token.typeMissing(), token.typeJwt()];

/** Flaws of access tokens that make sense in other tokens, too. */
export const carriedFlaws: readonly AnyFault[] = [
  ...forIdTokens.map(onIdToken),
  ...forLogoutTokens.map(onLogoutToken),
  ...forResponseTokens.map(onResponseToken),
  ...forUserinfoTokens.map(onUserinfoToken),
  ...forIntrospectionTokens.map(onIntrospectionToken),
];
