import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  readTokens: ({ text }) => {
    const { access_token: access, id_token: idToken, refresh_token: refresh } = JSON.parse(text || '{}');
    return { access, idToken, refresh };
  },
};

export default mutant('client-reads-any-answer', parts, {
  summary: 'takes whatever the token endpoint answers for tokens',
  caughtBy: [
    'client/token-answer/access-token-missing',
    'client/token-answer/access-token-null',
    'client/token-answer/access-token-retyped',
    'client/token-error/invalid-scope',
    'client/token-error-dialect/status-200',
  ],
});
