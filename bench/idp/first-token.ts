import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FirstToken } from '../idp-start-up.ts';
import { tokenRequest } from './client.ts';
import { work } from './serving.ts';

/** Gets one token from a new IdP and tells when each thing was done. */
const began = performance.now();
const { startIdp } = await import('../../harness/idp.ts');
const loaded = performance.now();
const { endpoints } = await startIdp({ clients: [work.client] });
const started = performance.now();
const { body, ...rest } = tokenRequest;
const asked = request(endpoints.token, rest).end(body);
const [answer] = (await once(asked, 'response')) as [IncomingMessage];
if (!(await text(answer)).includes('access_token')) throw new Error(`${answer.statusCode} instead of a token`);
const told: FirstToken = { began, loaded, started, answered: performance.now() };
process.send?.(told, () => process.exit());
