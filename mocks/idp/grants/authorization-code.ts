import type { Code } from '../authorization/codes.ts';
import { matches } from '../authorization/pkce.ts';
import { Refusal } from '../http/answer.ts';
import type { Form } from '../http/form.ts';
import { demandBinding } from './binding.ts';
import { firstTokens } from './first-tokens.ts';
import type { Grant } from './grant.ts';
import { extentOf } from './user-tokens.ts';

/** RFC 6749 §4.1.3, RFC 7636 §4.5, OIDC Core §3.1.3. */
export const authorizationCode: Grant = {
  type: 'authorization_code',
  async answer(request) {
    const { form, client, visit } = request;
    const text = form.get('code');
    if (!text) throw new Refusal('invalid_request', 'Parameter code is missing');
    visit.about.token = text;
    const found = visit.codes.find(text);
    if (!found || (found.code.family.clientId !== client.id && visit.insistsOn('bindsCodes')))
      throw refused('The code is not one of this client');
    const { code, used } = found;
    if (used && visit.insistsOn('codesSingleUse')) {
      // RFC 6749 §4.1.2: deny it, and revoke what was issued from it.
      if (visit.insistsOn('revokesOnReplay')) visit.families.revoke(code.family);
      throw refused('The code was used before');
    }
    const now = visit.now();
    if (now >= code.expires) throw refused('The code has expired');
    if (visit.insistsOn('bindsCodes')) checkRedirectUri(code, form);
    if (visit.insistsOn('verifiesPkce')) checkVerifier(code, form);
    if (visit.insistsOn('bindsCodes') && code.dpopJkt) demandBinding({ jkt: code.dpopJkt }, request);
    const extent = extentOf(code.family, request);
    // Before anything is awaited, so that of two requests at once only one gets tokens.
    visit.codes.spend(text);
    return firstTokens(code.family, extent, request, code.nonce);
  },
};

function checkRedirectUri({ redirectUri, redirectUriSent }: Code, form: Form): void {
  const given = form.get('redirect_uri');
  if (given === undefined && !redirectUriSent) return;
  if (given !== redirectUri) throw refused('redirect_uri is not that of the authorization request');
}

function checkVerifier({ challenge }: Code, form: Form): void {
  const verifier = form.get('code_verifier');
  // RFC 9700 §2.1.1: a verifier for a code without a challenge is the mark of a downgrade attack.
  if (!challenge && verifier) throw refused('code_verifier stands here, but the code has no code_challenge');
  if (challenge && !verifier) throw refused('code_verifier is missing');
  if (challenge && verifier && !matches(challenge, verifier)) throw refused('code_verifier is wrong');
}

const refused = (why: string) => new Refusal('invalid_grant', why);
