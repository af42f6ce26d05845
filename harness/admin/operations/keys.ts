import { z } from 'zod';
import type { Tenant } from '../../../mocks/alone/tenant.ts';
import { operation } from '../idp-context.ts';
import { NotFound } from '../operation.ts';
import { json, text } from '../schemas.ts';

const answer = z
  .strictObject({ keys: z.array(json).describe('Public JWKs (RFC 7517 §4); the first one usually signs.') })
  .meta({ id: 'Keys' });
const shown = (tenant: Tenant) => ({ keys: tenant.keys() });

export const keys = [
  operation({
    id: 'listKeys',
    method: 'GET',
    path: '/tenants/{tenant}/keys',
    summary: 'The keys that it publishes.',
    answer,
    run: ({ tenant }) => shown(tenant()),
  }),
  operation({
    id: 'addKey',
    method: 'POST',
    path: '/tenants/{tenant}/keys',
    summary: 'Publishes a further key, which does not sign while another one of its algorithm does.',
    body: z.strictObject({ alg: text.describe('JWS algorithm (RFC 7518 §3.1): `ES256`.') }),
    answer: json.meta({ id: 'Key', description: 'A public JWK (RFC 7517 §4).' }),
    created: true,
    run: ({ tenant, body }) => tenant().addKey(body.alg),
  }),
  operation({
    id: 'withdrawKey',
    method: 'DELETE',
    path: '/tenants/{tenant}/keys/{kid}',
    summary: 'Publishes a key no longer; the next one of its algorithm signs.',
    run({ tenant, param }) {
      const at = tenant();
      if (!at.keys().some(({ kid }) => kid === param('kid'))) throw new NotFound('key', param('kid'));
      at.withdrawKey(param('kid'));
    },
  }),
  operation({
    id: 'rotateKeys',
    method: 'POST',
    path: '/tenants/{tenant}/keys/rotate',
    summary: 'Signs with a new key from now on. The old one stays published, unless it is withdrawn at once.',
    body: z.strictObject({ withdraw: z.boolean().optional(), alg: text.optional() }),
    answer,
    async run({ tenant, body: { withdraw = false, alg } }) {
      const at = tenant();
      await at.rotateKeys({ withdraw, ...(alg !== undefined && { alg }) });
      return shown(at);
    },
  }),
  operation({
    id: 'withdrawKeys',
    method: 'POST',
    path: '/tenants/{tenant}/keys/withdraw',
    summary: 'No longer publishes keys that no longer sign.',
    body: z.strictObject({}),
    answer,
    run({ tenant }) {
      const at = tenant();
      at.dropOldKeys();
      return shown(at);
    },
  }),
];
