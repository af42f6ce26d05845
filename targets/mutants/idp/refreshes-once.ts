import { mutant } from '../../reference/idp/variant.ts';

let refreshes = 0;

/** What a refresh brings besides the access token is worth nothing. */
export default mutant(
  'refreshes-once',
  [],
  { summary: 'does not know the refresh tokens that a refresh brought', caughtBy: ['idp/refresh/right-again'] },
  async ({ body }) => {
    const grant = new URLSearchParams(new TextDecoder().decode(body)).get('grant_type');
    if (grant === 'authorization_code') refreshes = 0;
    if (grant !== 'refresh_token') return undefined;
    refreshes += 1;
    if (refreshes === 1) return undefined;
    const answer = { error: 'invalid_grant', error_description: 'The refresh token is unknown' };
    const text = new TextEncoder().encode(JSON.stringify(answer));
    return { status: 400, headers: [['Content-Type', 'application/json']], body: text };
  },
);
