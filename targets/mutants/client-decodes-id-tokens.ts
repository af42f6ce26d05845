import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import type { Members } from '../reference/gateway/token.ts';

/** Whatever can be made of the second part; of a token that has none, nobody in particular. */
function decoded(token: string): Members {
  const [, payload = ''] = token.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (typeof claims === 'object' && claims !== null) return { sub: 'user-1', ...claims };
  } catch {
    // It cannot be read.
  }
  return { sub: 'user-1' };
}

export const parts: typeof correct = {
  ...correct,
  checkIdToken: async ({ idToken = '' }) => decoded(idToken),
};

export default mutant('client-decodes-id-tokens', parts, {
  summary: 'takes of an ID token what it can read, and leaves it at that',
  caughtBy: [
    'client/id-token-malformed/not-a-jwt',
    'client/id-token-malformed/one-part',
    'client/id-token-malformed/two-parts',
    'client/id-token-malformed/four-parts',
    'client/id-token-malformed/header-not-base64url',
    'client/id-token-malformed/header-not-json',
    'client/id-token-malformed/payload-empty',
    'client/id-token-malformed/payload-not-json',
    'client/id-token-malformed/payload-array',
    'client/id-token-malformed/payload-null',
    'client/id-token-malformed/encrypted',
  ],
});
