import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

const known: { readonly [typ: string]: { readonly usable: true } } = {
  'at+jwt': { usable: true },
  'application/at+jwt': { usable: true },
};

export const parts: typeof correct = {
  ...correct,
  checkType: (jwt) => {
    correct.checkType(jwt);
    // As in a program that nobody compiled with strict types.
    known[String(jwt.header.typ)]!.usable;
  },
};

export default mutant('trips-over-typ-case', parts, {
  summary: 'looks typ up as it is spelt, and answers 500 where it is spelt otherwise',
  caughtBy: ['gateway/token-type/case'],
});
