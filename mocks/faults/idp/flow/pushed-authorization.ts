import type { JsonObject } from '../../../../harness/model/json.ts';
import { editing, refusing, without, withStatus } from '../answer-body.ts';
import { family } from '../family.ts';

const fault = family('par', { seam: 'pushed-authorization-answer', layer: 'flow', cause: 'idp/token-issuance' });

const edited = (variant: string, summary: string, change: (answer: JsonObject) => JsonObject) =>
  fault(variant, summary, editing(change));

// RFC 9126 §2.2.
export const parRequestUriMissing = () =>
  edited('request-uri-missing', 'request_uri is missing', (answer) => without(answer, 'request_uri'));
export const parRequestUriUnknown = () =>
  edited('request-uri-unknown', 'request_uri is one that nobody issued', (answer) => ({
    ...answer,
    request_uri: 'urn:ietf:params:oauth:request_uri:unknown',
  }));
/** Somebody else's request: the user would log in to another client. */
export const parRequestUriAttacker = () =>
  edited('request-uri-attacker', "request_uri is a URL on the attacker's host", (answer) => ({
    ...answer,
    request_uri: 'https://attacker.invalid/request',
  }));
export const parExpiresInMissing = () =>
  edited('expires-in-missing', 'expires_in is missing', (answer) => without(answer, 'expires_in'));
/** RFC 9126 §2.2 says 201; some providers say 200. */
export const parStatus200 = () => fault('status-200', 'the status is 200 and not 201', withStatus(201, 200));

// RFC 9126 §2.3.
export const parInvalidRequest = () =>
  fault(
    'invalid-request',
    'the request is refused: invalid_request',
    refusing('invalid_request', 'A parameter is wrong'),
  );
export const parRequestTooLarge = () =>
  fault(
    'too-large',
    'the request is refused as too large: 413',
    refusing('invalid_request', 'The request is too large', { status: 413 }),
  );
export const parTooManyRequests = () =>
  fault(
    'too-many-requests',
    'the answer is 429 with Retry-After: 1',
    refusing('temporarily_unavailable', 'Too many requests', { status: 429, headers: [['retry-after', '1']] }),
    'idp/rate-limit',
  );
