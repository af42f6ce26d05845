import type { CauseId } from '../../harness/model/cause.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Expectation, Expected, Oracle } from '../../harness/model/scenario.ts';
import { allows, answersInactive, answersJson, answersNoStore } from '../../harness/oracles/answer-form.ts';
import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { answersWithin } from '../../harness/oracles/answers-within.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { accept, either, refuse } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { issuesNothing } from '../../harness/oracles/issues-nothing.ts';
import { answersNoStackTrace, echoesNoSecret, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { redirectsNowhere, redirectsWithError, repeatsNothing, returnsState } from '../../harness/oracles/redirects.ts';
import { saysNo } from '../../harness/oracles/says-no.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { rfc9110 } from '../../harness/requirements/rfc9110.ts';

/** What is asked of every answer. That tokens stand in answers is what an IdP is for. */
export const discretion: readonly Expected[] = [
  logsNoSecret().by(practice.noSecretInLog),
  answersNoStackTrace().by(practice.noStackTrace),
];

/** What is asked of the client's and the operator's view of a refusal. */
export const explains = (cause: CauseId): readonly Expected[] => [
  names(cause).by(practice.operatorLearnsCause),
  tellsCaller(cause).by(practice.callerLearnsClass),
];

/** What is asked of every IdP, whatever was sent: it lives, answers in time, and works afterwards. */
export const endures: readonly Expected[] = [
  survives().by(practice.survivesInput),
  answersWithin('5s').by(practice.answersWithinDeadline),
  recovers().by(practice.recovers),
];

/** The error codes of RFC 6749 §5.2 with the sentences that define them. */
const defined: { readonly [error: string]: Requirement } = {
  invalid_request: rfc6749.invalidRequest,
  invalid_client: rfc6749.invalidClient,
  invalid_grant: rfc6749.invalidGrant,
  unauthorized_client: rfc6749.unauthorizedClient,
  unsupported_grant_type: rfc6749.unsupportedGrantType,
  invalid_scope: rfc6749.invalidScope,
};

export type TokenError = keyof typeof defined & string;

interface Refusal {
  readonly cause: CauseId;
  /** The sentence by which it must not be granted. */
  readonly by: Requirement;
  /** The error codes that are right; the sentence of the first is quoted. */
  readonly error: TokenError | readonly [TokenError, ...TokenError[]];
  /** Further answers that would be right. */
  readonly also?: readonly Oracle[];
}

/** How RFC 6749 §5.2 wants a token request to be refused: 400 (401 for `invalid_client`), JSON, one of these codes. */
function saysErrorOf({ error, also = [] }: Pick<Refusal, 'error' | 'also'>): readonly Expected[] {
  const codes = [error].flat();
  const [first = 'invalid_request'] = codes;
  const statuses = codes.includes('invalid_client') ? [400, 401] : [400];
  return [
    anyOf(answers(statuses, codes), ...also).by(defined[first] ?? rfc6749.errorAnswer400),
    anyOf(answersJson(), ...also).by(rfc6749.answerIsJson),
    answersNoServerError().by(practice.survivesInput),
  ];
}

/** Where granting it would be no breach, there may be no refusal whose words could be judged. */
const ofRefusal = (by: Requirement, asked: readonly Expected[]): readonly Expected[] =>
  by.level === 'MUST' ? asked : asked.map(({ oracle, requirement }) => ({ oracle: whenRefused(oracle), requirement }));

/** A request to the token endpoint that must not be granted. */
export function refusesGrant({ cause, by, error, also }: Refusal): Expectation {
  return refuse({
    safe: [issuesNothing().by(by)],
    signal: ofRefusal(by, saysErrorOf({ error, ...(also && { also }) })),
    diagnosis: ofRefusal(by, explains(cause)),
    discretion: [...discretion, ...ofRefusal(by, [echoesNoSecret().by(practice.noSecretInAnswer)])],
    resilience: endures,
  });
}

/** One whose client authenticates by Basic, and wrongly: 401 and a challenge, and nothing else. */
export function refusesBasic(by: Requirement): Expectation {
  const cause = 'client/credentials';
  return refuse({
    safe: [issuesNothing().by(by)],
    signal: [
      ...saysErrorOf({ error: 'invalid_client' }),
      answers(401).by(rfc6749.challengeBasic),
      challenges('Basic').by(rfc6749.challengeBasic),
    ],
    diagnosis: explains(cause),
    discretion: [...discretion, echoesNoSecret().by(practice.noSecretInAnswer)],
    resilience: endures,
  });
}

/** A method by which the endpoint is not asked. Whoever answers 405 says which ones there are. */
export function refusesMethod(by: Requirement): Expectation {
  return refuse({
    safe: [issuesNothing().by(by)],
    signal: [answers([400, 401, 403, 404, 405, 501]).by(by), allows().by(rfc9110.allowOn405)],
    // The answer to HEAD tells nothing but its status.
    diagnosis: [names('request/method').by(practice.operatorLearnsCause)],
    discretion,
    resilience: endures,
  });
}

/** No sentence decides whether it is granted; when it is not, then in the protocol's words. */
export function grantsOrRefuses({ cause, by, error, also = [] }: Refusal, ...more: readonly Expected[]): Expectation {
  return either({
    signal: [
      anyOf(grants(), ...[error].flat().map((code) => answers([400, 401], code)), ...also).by(by),
      answersNoServerError().by(practice.survivesInput),
      ...more,
    ],
    diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
    discretion,
    resilience: endures,
  });
}

/** The request is in order, however odd it looks: it must be granted. */
export function grantsRequest(by: Requirement, ...more: readonly Expected[]): Expectation {
  return accept({ signal: [grants().by(by), ...more], discretion, resilience: endures });
}

/** An answer with tokens in it: JSON that nobody may store. */
export const answersAsTokens: readonly Expected[] = [
  answersNoStore().by(rfc6749.notStored),
  answersJson().by(rfc6749.answerIsJson),
];

/** An authorization request that names nobody to whom the browser could be sent: a page, and nothing issued. */
export function refusesOnPage({ cause, by }: Pick<Refusal, 'cause' | 'by'>): Expectation {
  return refuse({
    safe: [issuesNothing().by(by), redirectsNowhere().by(rfc6749.redirectUriNotFollowed)],
    signal: [
      answers([400, 401, 403, 404, 422]).by(rfc6749.informsOwner),
      answersNoServerError().by(practice.survivesInput),
    ],
    diagnosis: explains(cause),
    discretion,
    resilience: endures,
  });
}

/** One whose redirect URI is in order and which is malformed otherwise: a page, or an error for the client. */
export function refusesRequest({
  cause,
  by,
  away,
  errors = [],
}: Pick<Refusal, 'cause' | 'by'> & {
  /** A host to which the browser must not be sent. */
  readonly away?: string;
  /** Error codes that are as right as `invalid_request`. */
  readonly errors?: readonly string[];
}): Expectation {
  return refuse({
    safe: [
      issuesNothing().by(by),
      repeatsNothing().by(rfc6749.noRepeatedResponse),
      ...(away === undefined ? [] : [redirectsNowhere(away).by(rfc6749.redirectUriNotFollowed)]),
    ],
    signal: [
      whenRefused(anyOf(answers([400, 401, 403, 422]), redirectsWithError('invalid_request', ...errors))).by(
        rfc6749.invalidAuthorization,
      ),
      answersNoServerError().by(practice.survivesInput),
    ],
    // Where it was granted, that is the finding, as grave as its sentence.
    diagnosis: [
      whenRefused(names(cause)).by(practice.operatorLearnsCause),
      whenRefused(tellsCaller(cause)).by(practice.callerLearnsClass),
    ],
    discretion,
    resilience: endures,
  });
}

/** An authorization request that is in order, however odd it looks: it comes to a code, and its state comes back. */
export function grantsCode(by: Requirement, ...more: readonly Expected[]): Expectation {
  return accept({
    signal: [
      grants().by(by),
      returnsState().by(rfc6749.returnsState),
      repeatsNothing().by(rfc6749.noRepeatedResponse),
      ...more,
    ],
    discretion,
    resilience: endures,
  });
}

/** An authorization request that must be refused to the client, by redirection (RFC 6749 §4.1.2.1). */
export function refusesByRedirect({
  cause,
  by,
  error,
  also = [],
}: {
  readonly cause: CauseId;
  readonly by: Requirement;
  readonly error: readonly string[];
  /** What else is asked of the redirection. */
  readonly also?: readonly Expected[];
}): Expectation {
  return refuse({
    safe: [issuesNothing().by(by)],
    signal: [
      redirectsWithError(...error).by(rfc6749.informsClient),
      returnsState().by(rfc6749.returnsState),
      ...also,
      answersNoServerError().by(practice.survivesInput),
    ],
    diagnosis: explains(cause),
    discretion,
    resilience: endures,
  });
}

/** A token that is no longer good, as introspection tells (RFC 7662 §2.2). */
export function reportsInactive(by: Requirement): Expectation {
  return refuse({
    safe: [answersInactive().by(by)],
    signal: [answers(200).by(rfc7662.inactive), answersJson().by(rfc7662.inactive)],
    discretion,
    resilience: endures,
  });
}

/** A request without the client's proof, to an endpoint that is not for everybody (RFC 7009 §2.1, RFC 7662 §2.1). */
export function refusesClient(by: Requirement, { sent }: { readonly sent: boolean }): Expectation {
  // No sentence names the error for a request that names no client.
  const codes = sent ? ['invalid_client'] : ['invalid_client', 'invalid_request'];
  return refuse({
    safe: [saysNo().by(by)],
    signal: [
      anyOf(answers([400, 401], codes), ...(sent ? [] : [answers(401)])).by(rfc6749.invalidClient),
      answersNoServerError().by(practice.survivesInput),
    ],
    diagnosis: explains('client/credentials'),
    discretion,
    resilience: endures,
  });
}

/** A protected resource of the IdP's own, with a token that is worth nothing there (RFC 6750 §3). */
export function refusesToken(
  cause: CauseId,
  by: Requirement,
  { status = 401 }: { readonly status?: number | readonly number[] } = {},
): Expectation {
  return refuse({
    safe: [saysNo().by(by)],
    signal: ofRefusal(by, [
      answers(status).by(rfc6750.shouldSayInvalidToken),
      challenges('Bearer').by(rfc6750.mustChallenge),
      answersNoServerError().by(practice.survivesInput),
    ]),
    diagnosis: ofRefusal(by, explains(cause)),
    discretion,
    resilience: endures,
  });
}

/** A token that is not the asking client's to revoke (RFC 7009 §2.1): no particular error is named. */
export function refusesRevocation(by: Requirement): Expectation {
  return refuse({
    safe: [saysNo().by(by)],
    signal: ofRefusal(by, [answers([400, 401, 403]).by(by), answersNoServerError().by(practice.survivesInput)]),
    discretion,
    resilience: endures,
  });
}
