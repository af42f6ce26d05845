import { z } from 'zod';
import type { MintRecipe } from '../../../mocks/alone/tenant.ts';
import { operation } from '../idp-context.ts';
import { json, text } from '../schemas.ts';

const recipe = z
  .strictObject({
    kind: z.enum(['access', 'id']).optional().describe('Default `access`.'),
    format: z.enum(['jwt', 'opaque']).optional().describe('Of an access token; default `jwt`.'),
    client: text.optional().describe('Whom it is for; the first client when absent.'),
    user: text.optional().describe('User name of its subject.'),
    scope: text.optional().describe('Space-delimited; everything when absent.'),
    claims: json.optional().describe('Further claims, or others in place of the usual ones.'),
    flaws: z.array(text).max(100).optional().describe('Ids of faults of tokens, applied in this order.'),
  })
  .meta({ id: 'MintRecipe' });

export const tokens = [
  operation({
    id: 'mintToken',
    method: 'POST',
    path: '/tenants/{tenant}/tokens',
    summary: 'A token without a request: valid, or wrong in the ways that are asked for.',
    body: recipe,
    answer: z.strictObject({ token: z.string() }),
    created: true,
    run: async ({ tenant, body }) => ({ token: await tenant().mint(body as MintRecipe) }),
  }),
  operation({
    id: 'revokeToken',
    method: 'POST',
    path: '/tenants/{tenant}/tokens/revoke',
    summary: 'Revokes a token as its owner might (RFC 7009).',
    body: z.strictObject({ token: z.string().min(1).max(65_536) }),
    run: ({ tenant, body }) => tenant().revoke(body.token),
  }),
];
