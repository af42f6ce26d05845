import type { Pending } from '../reference/client/authorization.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

/** By state, which no other login has. */
const done = new Map<string, Pending>();

export const parts: typeof correct = {
  ...correct,
  checkState: (response, pending) => {
    const login = correct.checkState(response, pending ?? done.get(response.get('state') ?? ''));
    done.set(login.state, login);
    return login;
  },
};

export default mutant('client-redeems-again', parts, {
  summary: 'redeems the code of a response that comes a second time',
  caughtBy: ['client/callback/twice'],
});
