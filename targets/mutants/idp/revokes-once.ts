import { mutant } from '../../reference/idp/variant.ts';

const revoked = new Set<string>();

/** RFC 7009 §2.2: "invalid tokens do not cause an error response". */
export default mutant(
  'revokes-once',
  [],
  { summary: 'refuses to revoke what it has revoked', caughtBy: ['idp/revocation/twice'] },
  async ({ path, body }) => {
    if (!path.endsWith('/revoke')) return undefined;
    const token = new URLSearchParams(new TextDecoder().decode(body)).get('token') ?? '';
    if (!revoked.has(token)) {
      revoked.add(token);
      return undefined;
    }
    const answer = { error: 'invalid_request', error_description: 'The token is revoked already' };
    const text = new TextEncoder().encode(JSON.stringify(answer));
    return { status: 400, headers: [['Content-Type', 'application/json']], body: text };
  },
);
