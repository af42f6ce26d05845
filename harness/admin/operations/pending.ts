import { z } from 'zod';
import { operation } from '../idp-context.ts';
import { text } from '../schemas.ts';

const waiting = z
  .strictObject({
    id: text.describe('`device_code` or `auth_req_id`.'),
    userCode: text.optional(),
    client: text,
    scope: z.string(),
    sub: text.optional().describe('The only user who may decide; anybody may when absent.'),
    bindingMessage: z.string().optional(),
    expires: z.number().describe('Milliseconds since 1970.'),
  })
  .meta({ id: 'OpenRequest', description: 'What a user is asked on another device.' });
const code = text.describe('A `user_code`, `device_code` or `auth_req_id`.');

export const pending = [
  operation({
    id: 'listPending',
    method: 'GET',
    path: '/tenants/{tenant}/pending',
    summary: 'What waits for users on other devices (RFC 8628, CIBA), the oldest first.',
    answer: z.strictObject({ pending: z.array(waiting) }),
    run: ({ tenant }) => ({ pending: tenant().pending() }),
  }),
  operation({
    id: 'approve',
    method: 'POST',
    path: '/tenants/{tenant}/pending/approve',
    summary: 'A user says yes: the one who is asked, or the one who is named, or the first.',
    body: z.strictObject({ code, username: text.optional() }),
    run: ({ tenant, body }) => tenant().approve(body.code, body.username),
  }),
  operation({
    id: 'deny',
    method: 'POST',
    path: '/tenants/{tenant}/pending/deny',
    summary: 'A user says no.',
    body: z.strictObject({ code }),
    run: ({ tenant, body }) => tenant().deny(body.code),
  }),
];
