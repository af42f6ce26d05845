import type { Visit } from '../endpoint.ts';
import { Refusal } from '../http/answer.ts';
import type { Form } from '../http/form.ts';
import type { Client } from '../registration/client.ts';
import type { User } from '../sessions/users.ts';
import { issuedIdToken } from '../tokens/issued-id-token.ts';
import { JwtProblem } from '../tokens/signed-jwt.ts';
import { trustedAssertion } from '../tokens/trusted-assertion.ts';

const hints = ['login_hint', 'id_token_hint', 'login_hint_token'] as const;

/** The user whom a client asks about (CIBA Core §7.1). Throws a `Refusal` (§13). */
export async function hintedUser(parameters: Form, client: Client, visit: Visit): Promise<User> {
  const [hint, second] = hints.filter((name) => parameters.get(name) !== undefined);
  if (!hint || second) throw new Refusal('invalid_request', `Send exactly one of ${hints.join(', ')}`);
  const value = parameters.get(hint) ?? '';
  const user = hint === 'login_hint' ? visit.users.hinted(value) : await named(hint, value, client, visit);
  if (!user) throw new Refusal('unknown_user_id', `${hint} names no user`);
  checkUserCode(parameters.get('user_code'), user, client);
  return user;
}

async function named(hint: 'id_token_hint' | 'login_hint_token', value: string, client: Client, visit: Visit) {
  visit.about.token = value;
  try {
    if (hint === 'id_token_hint')
      return visit.users.find(String((await issuedIdToken(value, client.id, visit, { hint: true })).sub));
    return visit.users.hinted((await trustedAssertion(value, client, visit)).sub);
  } catch (problem) {
    if (!(problem instanceof JwtProblem)) throw problem;
    if (problem.expired) throw new Refusal('expired_login_hint_token', `${hint}: ${problem.message}`);
    throw new Refusal('invalid_request', `${hint}: ${problem.message}`);
  }
}

/** Only asked of clients that registered that they send it (CIBA Core §4). */
function checkUserCode(given: string | undefined, { userCode }: User, client: Client): void {
  if (!client.backchannelUserCodeParameter || userCode === undefined) return;
  if (given === undefined) throw new Refusal('missing_user_code', 'user_code is missing');
  if (given !== userCode) throw new Refusal('invalid_user_code', 'user_code is wrong');
}
