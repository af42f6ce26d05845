/**
 * What a project imports from `failwell`: the makers of configs, targets and scenarios, and what they are made of.
 *
 * ```ts
 * import { answers, callApi, defineScenarios, minted, neverReaches, refuse, rfc6750, token } from 'failwell';
 * ```
 */

/** Faults, by where they sit: in a token, in a DPoP proof, in the mock IdP, in an API's metadata, on a link. */
export * as idp from '../mocks/faults/idp/index.ts';
export * as links from '../mocks/faults/links/index.ts';
export * as proof from '../mocks/faults/proof/index.ts';
export * as resource from '../mocks/faults/resource/index.ts';
export * as token from '../mocks/faults/token/index.ts';
/** What is done to a client. */
export * as client from '../scenarios/client/stimuli.ts';
export { callApi, minted, opaque } from '../scenarios/gateway/stimuli.ts';
export {
  askForToken,
  authorize,
  clientCredentials,
  introspect,
  readDiscovery,
  readJwks,
  redeem,
  refresh,
  revoke,
  userinfo,
  waitFor,
  waitOut,
} from '../scenarios/idp/stimuli.ts';
export { type Config, defineConfig } from './config/config.ts';
export { loginFrom } from './config/login.ts';
export { defineScenarios, defineTarget } from './define.ts';
export { type Asking, asked, postedTo } from './drivers/asked.ts';
export { type CommandOptions, command, type Ended } from './drivers/command.ts';
export { type ContainerOptions, container } from './drivers/container/container.ts';
export { inProcess } from './drivers/in-process.ts';
export { type ChildProcessOptions, childProcess } from './drivers/process.ts';
export { type RemoteOptions, remote } from './drivers/remote.ts';
export { type ShimOptions, shim } from './drivers/shim.ts';
export { capabilities } from './model/capabilities.ts';
export type * from './model/cause.ts';
export { causes } from './model/causes.ts';
export type * from './model/client.ts';
export { FailwellError, type FailwellErrorCode } from './model/error.ts';
export type * from './model/exchange.ts';
export type * from './model/fault.ts';
export type * from './model/history.ts';
export type * from './model/http.ts';
export type * from './model/idp.ts';
export type * from './model/json.ts';
export type * from './model/name.ts';
export type * from './model/page.ts';
export type * from './model/parties.ts';
export type * from './model/requirement.ts';
export type * from './model/scenario.ts';
export type * from './model/step.ts';
export type * from './model/target.ts';
export type * from './model/time.ts';
export type * from './model/token.ts';
export { accepts } from './oracles/accepts.ts';
export { acceptsAtMost } from './oracles/accepts-at-most.ts';
export { allows, answersInactive, answersJson, answersNoStore } from './oracles/answer-form.ts';
export { answers, answersNoServerError, answersWithoutError } from './oracles/answers.ts';
export { answersWithin } from './oracles/answers-within.ts';
export { at, carriesRevoked } from './oracles/at.ts';
export { challenges } from './oracles/challenges.ts';
export { everyRefused } from './oracles/every-refused.ts';
export { accept, either, type Oracles, observe, refuse } from './oracles/expect.ts';
export { givesUp } from './oracles/gives-up.ts';
export { grants } from './oracles/grants.ts';
export { hidesStore } from './oracles/hides-store.ts';
export { honoursRetryAfter } from './oracles/honours-retry-after.ts';
export { guardsCookies, hidesReferrer, namesNoVersion } from './oracles/hygiene.ts';
export { issuesNothing } from './oracles/issues-nothing.ts';
export {
  answersNoInnerAddress,
  answersNoSecret,
  answersNoStackTrace,
  echoesNoSecret,
  logsNoSecret,
} from './oracles/leaks.ts';
export { clientBelievesLogout, logoutToken, tellsClient } from './oracles/logout-token.ts';
export { names, tellsCaller } from './oracles/names.ts';
export { neverReaches } from './oracles/never-reaches.ts';
export { anyOf, oracle, type PairableOracle } from './oracles/oracle.ts';
export { forbidsFraming, keepsPasswords, loadsNothingElsewhere } from './oracles/pages.ts';
/** What an oracle of your own reads a history with. */
export * as reading from './oracles/reading.ts';
export { recovers } from './oracles/recovers.ts';
export { redeemsNothing } from './oracles/redeems-nothing.ts';
export { redeemsOnce } from './oracles/redeems-once.ts';
export { redirectsNowhere, redirectsWithError, repeatsNothing, returnsState } from './oracles/redirects.ts';

export { returnsIssuer, returnsNonce } from './oracles/returns.ts';
export { describesInAscii, escapesMarkup, splitsNoHead } from './oracles/sanitised.ts';
export { saysNo } from './oracles/says-no.ts';
export { grantsWithin, saysGrantedScope, withholdsLast } from './oracles/scope.ts';
export { sendsSecretOnlyTo } from './oracles/sends-secret-only-to.ts';
export { staysWithin } from './oracles/stays-within.ts';
export { succeeds } from './oracles/succeeds.ts';
export { survives } from './oracles/survives.ts';
export { takesNobodyFor } from './oracles/takes-nobody-for.ts';
export { triesAtMost } from './oracles/tries-at-most.ts';
export { usesPkce } from './oracles/uses-pkce.ts';
export { whenRefused } from './oracles/when-refused.ts';
export { type Document, openid, rfc, type Tags } from './requirements/document.ts';
export { openidBackchannel } from './requirements/openid-backchannel.ts';
export { openidCore } from './requirements/openid-core.ts';
export { openidDiscovery } from './requirements/openid-discovery.ts';
export { openidRegistration } from './requirements/openid-registration.ts';
export { practice } from './requirements/practice.ts';
export { rfc6749 } from './requirements/rfc6749.ts';
export { rfc6750 } from './requirements/rfc6750.ts';
export { rfc7009 } from './requirements/rfc7009.ts';
export { rfc7515 } from './requirements/rfc7515.ts';
export { rfc7517 } from './requirements/rfc7517.ts';
export { rfc7518 } from './requirements/rfc7518.ts';
export { rfc7519 } from './requirements/rfc7519.ts';
export { rfc7521 } from './requirements/rfc7521.ts';
export { rfc7523 } from './requirements/rfc7523.ts';
export { rfc7591 } from './requirements/rfc7591.ts';
export { rfc7636 } from './requirements/rfc7636.ts';
export { rfc7662 } from './requirements/rfc7662.ts';
export { rfc8252 } from './requirements/rfc8252.ts';
export { rfc8414 } from './requirements/rfc8414.ts';
export { rfc8725 } from './requirements/rfc8725.ts';
export { rfc8996 } from './requirements/rfc8996.ts';
export { rfc9068 } from './requirements/rfc9068.ts';
export { rfc9101 } from './requirements/rfc9101.ts';
export { rfc9110 } from './requirements/rfc9110.ts';
export { rfc9207 } from './requirements/rfc9207.ts';
export { rfc9449 } from './requirements/rfc9449.ts';
export { rfc9700 } from './requirements/rfc9700.ts';
