import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkIdSubject: () => {} };

export default mutant(
  'client-skips-subject',
  parts,
  {
    summary: 'logs in whoever an ID token is about, even nobody',
    caughtBy: [
      'client/id-token-claims/subject-missing',
      'client/id-token-claims/subject-empty',
      'client/refresh/other-subject',
    ],
  },
  { asksUserInfo: false },
);
