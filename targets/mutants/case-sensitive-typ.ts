import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkType: (jwt) => {
    if (jwt.header.typ !== 'at+jwt') correct.checkType({ ...jwt, header: { ...jwt.header, typ: 'JWT' } });
  },
};

export default mutant('case-sensitive-typ', parts, {
  summary: 'refuses typ in another case, or with application/ before it',
  caughtBy: ['gateway/token-type/full'],
});
