import { z } from 'zod';
import type { Tenant } from '../../../mocks/alone/tenant.ts';
import { operation } from '../operation.ts';
import { json } from '../schemas.ts';

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
    id: 'rotateKeys',
    method: 'POST',
    path: '/tenants/{tenant}/keys/rotate',
    summary: 'Signs with a new key from now on. The old one stays published, unless it is withdrawn at once.',
    body: z.strictObject({ withdraw: z.boolean().optional() }),
    answer,
    async run({ tenant, body: { withdraw = false } }) {
      const at = tenant();
      await at.rotateKeys({ withdraw });
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
