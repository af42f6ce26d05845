import type { HttpAnswer } from '../../../../harness/model/http.ts';
import type { Json } from '../../../../harness/model/json.ts';
import { formOf, rewritingErrors, withBody } from '../answer-body.ts';
import { family } from '../family.ts';

// What other providers answer instead of `{"error":…,"error_description":…}` (RFC 6749 §5.2).
const fault = family('error-dialect', { seam: 'error-answer', layer: 'policy', cause: 'migration/error-mapping' });

const withoutField = (name: string) => (answer: HttpAnswer) => ({
  ...answer,
  headers: answer.headers.filter(([field]) => field !== name),
});

const shaped = (variant: string, summary: string, shape: (error: string, description: string) => Json) =>
  fault(
    variant,
    summary,
    rewritingErrors(({ error, error_description = '' }, answer) =>
      withBody(answer, JSON.stringify(shape(String(error), String(error_description)))),
    ),
  );

export const errorCodeMember = () =>
  shaped('error-code', 'errorCode and errorSummary stand for error and error_description', (error, description) => ({
    errorCode: error,
    errorSummary: description,
    errorCauses: [],
  }));
export const errorNested = () =>
  shaped('nested', 'error is an object with code and message', (error, description) => ({
    error: { code: error, message: description },
  }));
export const errorList = () =>
  shaped('list', 'the errors stand in an array', (error, description) => ({
    errors: [{ code: error, detail: description }],
  }));
export const errorUpperCase = () =>
  shaped('upper-case', 'error is in upper case', (error, description) => ({
    error: error.toUpperCase(),
    error_description: description,
  }));
export const errorNumber = () =>
  shaped('number', 'error is a number', (_, description) => ({ error: 101, error_description: description }));
export const errorDescriptionOnly = () =>
  shaped('message-only', 'message is all there is', (_, description) => ({ message: description }));

/** RFC 9457. */
export const errorProblem = () =>
  fault(
    'problem',
    'the error is a problem document',
    rewritingErrors(({ error, error_description = '' }, answer) =>
      withBody(
        answer,
        JSON.stringify({ type: `urn:error:${error}`, title: error_description, status: answer.status }),
        'application/problem+json',
      ),
    ),
  );
export const errorForm = () =>
  fault(
    'form',
    'the error is form-encoded',
    rewritingErrors((error, answer) => withBody(answer, formOf(error), 'application/x-www-form-urlencoded')),
  );
export const errorText = () =>
  fault(
    'text',
    'the error is a line of text',
    rewritingErrors(({ error }, answer) => withBody(answer, String(error), 'text/plain')),
  );
/** A code that no RFC knows, and the one that was meant in a member of its own. */
export const errorSuberror = () =>
  shaped('suberror', 'error is a common one and suberror says more', (error, description) => ({
    error: 'invalid_request',
    suberror: error,
    error_description: description,
    error_codes: [70000],
  }));

/** What it must keep to itself; give it a secret to let it echo one (CWE-209). */
export const errorIndiscreet = ({
  text = 'Error: no match\n    at authenticate (/srv/idp/lib/clients.js:42:11)',
}: {
  readonly text?: string;
} = {}) =>
  fault(
    'indiscreet',
    'error_description holds what nobody is to know',
    rewritingErrors((members, answer) => withBody(answer, JSON.stringify({ ...members, error_description: text }))),
    'attack/secrets',
  );
export const errorVersionShown = () =>
  fault(
    'version-shown',
    'Server names a version',
    (answer) => ({ ...answer, headers: [...answer.headers, ['server', 'idp/1.2.3']] }),
    'attack/secrets',
  );
/** RFC 6749 §5.2: these characters may not stand in `error_description`. */
export const errorQuoting = () =>
  fault(
    'quoting',
    'error_description has quotation marks and letters beyond ASCII',
    rewritingErrors((members, answer) =>
      withBody(answer, JSON.stringify({ ...members, error_description: `„${members.error_description}" is wrong` })),
    ),
  );
/** RFC 6749 §5.2, RFC 9110 §15.5.2. */
export const errorChallengeMissing = () =>
  fault('challenge-missing', 'a 401 comes without WWW-Authenticate', withoutField('www-authenticate'));
/** RFC 9110 §15.5.6. */
export const errorAllowMissing = () =>
  fault('allow-missing', 'a 405 comes without Allow', withoutField('allow'), 'request/method');

const status = (from: number, to: number) =>
  fault(`status-${to}-for-${from}`, `an error that has status ${from} comes with ${to}`, (answer: HttpAnswer) =>
    answer.status === from ? { ...answer, status: to } : answer,
  );

export const errorStatus401For400 = () => status(400, 401);
export const errorStatus403For400 = () => status(400, 403);
export const errorStatus400For401 = () => status(401, 400);
/** As GitHub's token endpoint does. */
export const errorStatus200For400 = () => status(400, 200);
export const errorStatus500For400 = () => status(400, 500);

// Codes that other providers use for the same thing.
const renaming = (error: string, other: string) =>
  fault(
    `${other}-for-${error}`.replaceAll('_', '-'),
    `${error} is called ${other}`,
    rewritingErrors((members, answer) =>
      members.error === error ? withBody(answer, JSON.stringify({ ...members, error: other })) : answer,
    ),
  );

export const errorAccessDeniedForInvalidGrant = () => renaming('invalid_grant', 'access_denied');
export const errorInvalidTokenForInvalidGrant = () => renaming('invalid_grant', 'invalid_token');
export const errorUnauthorizedClientForInvalidClient = () => renaming('invalid_client', 'unauthorized_client');
export const errorInvalidRequestForUnsupportedGrantType = () => renaming('unsupported_grant_type', 'invalid_request');
export const errorInvalidRequestForInvalidScope = () => renaming('invalid_scope', 'invalid_request');
