import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';
import { parts as noChallenge } from './no-challenge.ts';

/** The reference takes no token from the query; this one says that it does, and does not even say no in form. */
export const parts: typeof correct = { ...correct, render: noChallenge.render };

const target = mutant('refuses-declared-query', parts, {
  summary: 'claims to take tokens from the query, and refuses them without WWW-Authenticate',
  caughtBy: ['gateway/bearer-placement/query-taken'],
});

export default { ...target, capabilities: [...target.capabilities, 'token-in-query'] };
