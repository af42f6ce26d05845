import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Client } from '../../../mocks/idp/registration/client.ts';
import { algorithmsFor } from '../../../mocks/idp/tokens/signing.ts';
import { operation } from '../idp-context.ts';
import { NotFound } from '../operation.ts';
import { client, clientMembers, text } from '../schemas.ts';

const asked = z.strictObject({ ...clientMembers, id: text.optional() }).meta({ id: 'NewClient' });

export const clients = [
  operation({
    id: 'listClients',
    method: 'GET',
    path: '/tenants/{tenant}/clients',
    summary: 'The clients, with their secrets: they are made for tests.',
    answer: z.strictObject({ clients: z.array(client) }),
    run: ({ tenant }) => ({ clients: tenant().clients.list() }),
  }),
  operation({
    id: 'putClient',
    method: 'POST',
    path: '/tenants/{tenant}/clients',
    summary: 'Adds a client, or takes the place of the one with its id. Without an id or a secret it gets one.',
    body: asked,
    answer: client,
    created: true,
    run({ tenant, body }) {
      const { id = randomUUID() } = body;
      const provesBySecret =
        !body.public && !/^(none|private_key_jwt|.*tls.*)$/.test(body.tokenEndpointAuthMethod ?? '');
      const added = { ...body, id, ...(provesBySecret && { secret: body.secret ?? randomUUID() }) } as Client;
      // Throws for what nothing here can sign.
      algorithmsFor(added);
      tenant().clients.add(added);
      return added;
    },
  }),
  operation({
    id: 'getClient',
    method: 'GET',
    path: '/tenants/{tenant}/clients/{client}',
    summary: 'One client.',
    answer: client,
    run({ tenant, param }) {
      const found = tenant().clients.find(param('client'));
      if (!found) throw new NotFound('client', param('client'));
      return found;
    },
  }),
  operation({
    id: 'deleteClient',
    method: 'DELETE',
    path: '/tenants/{tenant}/clients/{client}',
    summary: 'Removes a client.',
    run({ tenant, param }) {
      const { clients: all } = tenant();
      if (!all.find(param('client'))) throw new NotFound('client', param('client'));
      all.remove(param('client'));
    },
  }),
];
