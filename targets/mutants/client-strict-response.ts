import { notOurs } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  codeOf: (response) => {
    const known = ['code', 'state', 'iss', 'error', 'error_description', 'session_state'];
    if ([...response.keys()].every((name) => known.includes(name))) return correct.codeOf(response);
    throw notOurs('unknown parameter', 'unexpected parameter');
  },
};

export default mutant('client-strict-response', parts, {
  summary: 'refuses an authorization response with a parameter that it does not know',
  caughtBy: ['client/authorization-response/unknown-parameter'],
});
