import type { Scenario } from '../harness/model/scenario.ts';
import chainClientSide from './chain/client-side.ts';
import chainClocks from './chain/clocks.ts';
import chainGatewaySide from './chain/gateway-side.ts';
import chainKeys from './chain/keys.ts';
import chainRestart from './chain/restart.ts';
import chainRevocation from './chain/revocation.ts';
import chainTokens from './chain/tokens.ts';
import authorizationError from './client/authorization-error.ts';
import clientAuthorizationResponse from './client/authorization-response.ts';
import callback from './client/callback.ts';
import clientClockSkew from './client/clock-skew.ts';
import cors from './client/cors.ts';
import clientDiscovery from './client/discovery.ts';
import clientGivesUp from './client/gives-up.ts';
import idTokenClaims from './client/id-token-claims.ts';
import idTokenMalformed from './client/id-token-malformed.ts';
import idTokenSignature from './client/id-token-signature.ts';
import idpCertificate from './client/idp-certificate.ts';
import idpUnreachable from './client/idp-unreachable.ts';
import clientInterruption from './client/interruption.ts';
import jwks from './client/jwks.ts';
import clientLeeway from './client/leeway.ts';
import clientNames from './client/names.ts';
import network from './client/network.ts';
import clientOwnClock from './client/own-clock.ts';
import rateLimit from './client/rate-limit.ts';
import refresh from './client/refresh.ts';
import responseIssuer from './client/response-issuer.ts';
import tokenAnswer from './client/token-answer.ts';
import tokenContentType from './client/token-content-type.ts';
import tokenDialect from './client/token-dialect.ts';
import tokenError from './client/token-error.ts';
import tokenErrorDialect from './client/token-error-dialect.ts';
import tokenRevoked from './client/token-revoked.ts';
import clientUserinfo from './client/userinfo.ts';
import wrongSecret from './client/wrong-secret.ts';
import bearerPlacement from './gateway/bearer-placement.ts';
import bearerScheme from './gateway/bearer-scheme.ts';
import clockSkew from './gateway/clock-skew.ts';
import discovery from './gateway/discovery.ts';
import dpopTolerates from './gateway/dpop-tolerates.ts';
import gatewayGivesUp from './gateway/gives-up.ts';
import gatewayIdpCertificate from './gateway/idp-certificate.ts';
import gatewayInterruption from './gateway/interruption.ts';
import introspection from './gateway/introspection.ts';
import introspectionRevoked from './gateway/introspection-revoked.ts';
import jwksDocument from './gateway/jwks-document.ts';
import jwksUnreachable from './gateway/jwks-unreachable.ts';
import keyRotation from './gateway/key-rotation.ts';
import gatewayLeeway from './gateway/leeway.ts';
import names from './gateway/names.ts';
import ownClock from './gateway/own-clock.ts';
import tokenAlgorithm from './gateway/token-algorithm.ts';
import tokenAudience from './gateway/token-audience.ts';
import tokenCritical from './gateway/token-critical.ts';
import tokenEmbeddedKey from './gateway/token-embedded-key.ts';
import tokenExpired from './gateway/token-expired.ts';
import tokenIssuer from './gateway/token-issuer.ts';
import tokenKeyConfusion from './gateway/token-key-confusion.ts';
import tokenKeyId from './gateway/token-key-id.ts';
import tokenMalformed from './gateway/token-malformed.ts';
import tokenNotYetValid from './gateway/token-not-yet-valid.ts';
import tokenScope from './gateway/token-scope.ts';
import tokenSignature from './gateway/token-signature.ts';
import tokenType from './gateway/token-type.ts';
import upstream from './gateway/upstream.ts';
import assertionClock from './idp/assertion-clock.ts';
import authorizationParameters from './idp/authorization-parameters.ts';
import authorizationRequest from './idp/authorization-request.ts';
import authorizationResponse from './idp/authorization-response.ts';
import clientAssertion from './idp/client-assertion.ts';
import clientAuthentication from './idp/client-authentication.ts';
import clientBasic from './idp/client-basic.ts';
import clientKeys from './idp/client-keys.ts';
import clientType from './idp/client-type.ts';
import code from './idp/code.ts';
import codeRace from './idp/code-race.ts';
import documentsAtIdp from './idp/documents.ts';
import grants from './idp/grants.ts';
import hygiene from './idp/hygiene.ts';
import issuedIdToken from './idp/id-token.ts';
import idpInterruption from './idp/interruption.ts';
import introspectionAtIdp from './idp/introspection.ts';
import loginPage from './idp/login-page.ts';
import logout from './idp/logout.ts';
import openRedirect from './idp/open-redirect.ts';
import idpOwnClock from './idp/own-clock.ts';
import pkce from './idp/pkce.ts';
import privateKeyJwt from './idp/private-key-jwt.ts';
import redirectUri from './idp/redirect-uri.ts';
import redirectUriNative from './idp/redirect-uri-native.ts';
import redirectUriToken from './idp/redirect-uri-token.ts';
import refreshAtIdp from './idp/refresh.ts';
import requestEncoding from './idp/request-encoding.ts';
import requestHeaders from './idp/request-headers.ts';
import requestMethod from './idp/request-method.ts';
import requestUri from './idp/request-uri.ts';
import revocation from './idp/revocation.ts';
import revoked from './idp/revoked.ts';
import sanitising from './idp/sanitising.ts';
import scope from './idp/scope.ts';
import scopeLogin from './idp/scope-login.ts';
import scopeRefresh from './idp/scope-refresh.ts';
import sessionAtIdp from './idp/session.ts';
import store from './idp/store.ts';
import userinfo from './idp/userinfo.ts';

/** Every built-in scenario. A test holds this list against the files. */
export const scenarios: readonly Scenario[] = [
  bearerPlacement,
  bearerScheme,
  tokenMalformed,
  tokenExpired,
  tokenNotYetValid,
  tokenAudience,
  tokenIssuer,
  tokenSignature,
  tokenAlgorithm,
  tokenKeyConfusion,
  tokenEmbeddedKey,
  tokenKeyId,
  tokenCritical,
  tokenType,
  tokenScope,
  introspection,
  introspectionRevoked,
  clockSkew,
  ownClock,
  upstream,
  gatewayIdpCertificate,
  jwksUnreachable,
  names,
  jwksDocument,
  keyRotation,
  gatewayLeeway,
  gatewayGivesUp,
  discovery,
  dpopTolerates,
  gatewayInterruption,
  wrongSecret,
  clientClockSkew,
  clientOwnClock,
  idpCertificate,
  idpUnreachable,
  tokenContentType,
  tokenAnswer,
  tokenDialect,
  tokenError,
  tokenErrorDialect,
  idTokenClaims,
  idTokenSignature,
  idTokenMalformed,
  clientUserinfo,
  clientAuthorizationResponse,
  authorizationError,
  responseIssuer,
  clientDiscovery,
  jwks,
  refresh,
  network,
  clientNames,
  clientGivesUp,
  clientLeeway,
  rateLimit,
  tokenRevoked,
  callback,
  cors,
  clientAuthentication,
  clientBasic,
  clientAssertion,
  clientType,
  assertionClock,
  requestMethod,
  requestEncoding,
  requestHeaders,
  authorizationRequest,
  authorizationParameters,
  authorizationResponse,
  loginPage,
  redirectUri,
  redirectUriNative,
  redirectUriToken,
  openRedirect,
  code,
  codeRace,
  pkce,
  grants,
  refreshAtIdp,
  revoked,
  revocation,
  introspectionAtIdp,
  userinfo,
  scope,
  scopeLogin,
  scopeRefresh,
  clientInterruption,
  idpInterruption,
  hygiene,
  sanitising,
  privateKeyJwt,
  clientKeys,
  requestUri,
  logout,
  idpOwnClock,
  issuedIdToken,
  documentsAtIdp,
  sessionAtIdp,
  store,
  chainRevocation,
  chainKeys,
  chainRestart,
  chainClocks,
  chainTokens,
  chainGatewaySide,
  chainClientSide,
].flat();
