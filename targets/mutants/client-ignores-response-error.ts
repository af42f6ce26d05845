import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, codeOf: (response) => response.get('code') ?? '' };

export default mutant('client-ignores-response-error', parts, {
  summary: 'redeems what there is, without looking at error',
  caughtBy: [
    'client/authorization-response/code-missing',
    'client/authorization-response/code-empty',
    'client/authorization-error/access-denied',
    'client/authorization-error/login-required',
    'client/authorization-error/consent-required',
    'client/authorization-error/interaction-required',
    'client/authorization-error/temporarily-unavailable',
    'client/authorization-error/server-error',
    'client/authorization-error/invalid-scope',
    'client/authorization-error/unauthorized-client',
    'client/authorization-error/unmet-authentication-requirements',
    'client/authorization-error/unknown',
    'client/authorization-error/conditional-access',
    'client/callback/denied',
  ],
});
