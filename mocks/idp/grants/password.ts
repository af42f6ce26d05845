import { askedScope } from '../authorization/asked-scope.ts';
import { userOf } from '../authorization/login.ts';
import { Refusal } from '../http/answer.ts';
import { firstTokens } from './first-tokens.ts';
import type { Grant } from './grant.ts';
import { extentOf } from './user-tokens.ts';

/** RFC 6749 §4.3, which RFC 9700 §2.4 forbids: off unless asked for. */
export const password: Grant = {
  type: 'password',
  offered: ({ legacy }) => legacy.includes('password'),
  async answer(request) {
    const { form, client, visit } = request;
    for (const name of ['username', 'password'])
      if (!form.get(name)) throw new Refusal('invalid_request', `${name} is missing`);
    const user = userOf(form, visit.users);
    if (!user) throw new Refusal('invalid_grant', 'User name or password is wrong');
    const scope = askedScope(form.get('scope'), client, visit);
    const since = visit.now();
    const [acr] = visit.acrs;
    const login = { authTime: Math.floor(since / 1000), acr, amr: ['pwd'], since };
    const family = { clientId: client.id, sub: user.sub, scope, ...login };
    return firstTokens(family, extentOf(family, request), request);
  },
};
