import { Refusal } from '../http/answer.ts';
import { granted } from '../tokens/scope.ts';
import { bindingFor, demandBinding } from './binding.ts';
import type { Grant } from './grant.ts';
import { extentOf, userTokens } from './user-tokens.ts';

/** RFC 6749 §6 with rotation: a token is used once, and its reuse revokes the whole family (RFC 9700 §4.14.2). */
export const refreshToken: Grant = {
  type: 'refresh_token',
  async answer(request) {
    const { form, client, visit } = request;
    const text = form.get('refresh_token');
    if (!text) throw new Refusal('invalid_request', 'Parameter refresh_token is missing');
    visit.about.token = text;
    const { families } = visit;
    const token = families.find(text);
    if (!token || (token.family.clientId !== client.id && visit.insistsOn('bindsRefreshTokens')))
      throw refused('The refresh token is not one of this client');
    const { family } = token;
    if (families.isRevoked(family) && visit.insistsOn('heedsRevocation'))
      throw refused('The refresh token was revoked');
    const rotates = visit.insistsOn('rotatesRefreshTokens');
    if (token.used && rotates) {
      if (visit.insistsOn('revokesOnReplay')) families.revoke(family);
      throw refused('The refresh token was used before');
    }
    if (visit.insistsOn('bindsRefreshTokens')) demandBinding(token.bound, request);
    if (visit.now() >= token.expires) throw refused('The refresh token has expired');
    const scope = granted(form.get('scope'), family.scope.split(' '), visit);
    const extent = extentOf(family, request, scope);
    if (!rotates) return userTokens(family, extent, { refreshed: true }, request);
    // Before anything is awaited, so that of two requests at once only one gets tokens.
    families.use(text);
    // The next one has the whole scope again, whatever was asked for now (RFC 6749 §6).
    const lasting = visit.insistsOn('keepsRefreshScope') ? family : { ...family, scope };
    const next = families.issue(lasting, visit, token.bound ?? bindingFor(request));
    return { ...(await userTokens(family, extent, { refreshed: true }, request)), refresh_token: next };
  },
};

const refused = (why: string) => new Refusal('invalid_grant', why);
