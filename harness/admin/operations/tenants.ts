import { z } from 'zod';
import type { Tenant, TenantOptions } from '../../../mocks/alone/tenant.ts';
import { operation } from '../idp-context.ts';
import { Conflict } from '../operation.ts';
import { tenantMembers, text } from '../schemas.ts';

const tenant = z
  .strictObject({
    name: text,
    issuer: z.url(),
    endpoints: z.record(z.string(), z.url()),
    audience: text,
    scope: z.string(),
    clients: z.array(text).describe('Ids.'),
    users: z.array(text).describe('User names.'),
    faults: z.int().min(0).describe('How many stand.'),
  })
  .meta({ id: 'Tenant' });

const shown = ({ name, issuer, endpoints, audience, scope, clients, users, faults }: Tenant) => ({
  name,
  issuer,
  endpoints,
  audience,
  scope,
  clients: clients.list().map(({ id }) => id),
  users: users.list().map(({ username }) => username),
  faults: faults().length,
});

export const tenants = [
  operation({
    id: 'listTenants',
    method: 'GET',
    path: '/tenants',
    summary: 'The issuers on this server, the default one first.',
    answer: z.strictObject({ tenants: z.array(tenant) }),
    run: ({ server }) => ({ tenants: server.tenants.list().map(shown) }),
  }),
  operation({
    id: 'createTenant',
    method: 'POST',
    path: '/tenants',
    summary: 'Creates an issuer below the default one, with keys of its own.',
    body: z.strictObject({ name: text, ...tenantMembers }).meta({ id: 'NewTenant' }),
    answer: tenant,
    created: true,
    async run({ server, body: { name, ...options } }) {
      if (server.tenants.find(name)) throw new Conflict('tenant', name);
      return shown(await server.tenants.create(name, options as unknown as TenantOptions));
    },
  }),
  operation({
    id: 'getTenant',
    method: 'GET',
    path: '/tenants/{tenant}',
    summary: 'One issuer.',
    answer: tenant,
    run: (asked) => shown(asked.tenant()),
  }),
  operation({
    id: 'deleteTenant',
    method: 'DELETE',
    path: '/tenants/{tenant}',
    summary: 'Deletes an issuer with all that it has; the default one stays.',
    run: ({ server, tenant: named }) => server.tenants.delete(named().name),
  }),
];
