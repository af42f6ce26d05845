import type { Headers, HttpAnswer } from '../../../../harness/model/http.ts';
import { json, unstored } from '../../../idp/http/answer.ts';
import { family } from '../family.ts';

const fault = family('limit', { seam: 'token-answer', layer: 'policy', cause: 'idp/rate-limit' });

const instead = (variant: string, summary: string, answer: HttpAnswer) => fault(variant, summary, () => answer);

const busy = { error: 'temporarily_unavailable', error_description: 'Too many requests' };
const retryAfter = (value: string): Headers => [...unstored, ['retry-after', value]];

// RFC 6585 §4 and RFC 9110 §15.6.4: Retry-After (RFC 9110 §10.2.3) may be there, in seconds or as a date.
export const limitTooManyRequests = ({ seconds = 1 }: { readonly seconds?: number } = {}) =>
  instead(
    'too-many-requests',
    `the answer is 429 with Retry-After: ${seconds}`,
    json(429, busy, retryAfter(String(seconds))),
  );
export const limitTooManyRequestsSilent = () =>
  instead('too-many-requests-silent', 'the answer is 429 without Retry-After', json(429, busy, unstored));
export const limitTooManyRequestsDate = ({ date = 'Fri, 31 Dec 2049 23:59:59 GMT' }: { readonly date?: string } = {}) =>
  instead('too-many-requests-date', 'the answer is 429 with a date in Retry-After', json(429, busy, retryAfter(date)));
export const limitUnavailableSilent = () =>
  instead('unavailable-silent', 'the answer is 503 without Retry-After', json(503, {}, unstored));

/** A dialect: the quota is used up, said with 400 and a code of the provider's own. */
export const limitQuota = () =>
  instead(
    'quota',
    "the quota is used up: 400 with a code of the provider's own",
    json(400, { error: 'quota_exceeded', error_description: 'No more tokens today' }, unstored),
  );

const page: HttpAnswer = {
  status: 403,
  headers: [['content-type', 'text/html; charset=utf-8']],
  body: Buffer.from('<!doctype html><title>Just a moment</title><p>Checking that you are human.'),
};

/** A web application firewall stands before the IdP: no client can answer its page. */
export const limitChallengePage = () =>
  instead('challenge-page', "a firewall's challenge page with 403 is the answer", page);
export const limitChallengePage429 = () =>
  instead('challenge-page-429', "a firewall's challenge page with 429 is the answer", { ...page, status: 429 });
export const limitChallengePage200 = () =>
  instead('challenge-page-200', "a firewall's challenge page with 200 is the answer", { ...page, status: 200 });
