import { startIdp } from '../../harness/idp.ts';
import type { OpenSessions } from '../idp-memory.ts';

/** As many as it keeps: for one more, the oldest one is ended. */
const most = 10_000;

/** Logs users in and tells what the process takes up then. */
const idp = await startIdp();
const cookies = Array.from({ length: most }, () => idp.logIn());
globalThis.gc?.();
const told: OpenSessions = { open: most, resident: process.memoryUsage().rss };
for (const cookie of [cookies.at(0), cookies.at(-1)]) await demandSession(cookie ?? '');
process.send?.(told);

/** A code without a page is only for a user who is logged in (OIDC Core §3.1.2.6). */
async function demandSession(cookie: string): Promise<void> {
  const query = new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    redirect_uri: 'http://localhost:1/callback',
    scope: 'openid',
    prompt: 'none',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  const asked = `${idp.endpoints.authorization}?${query}`;
  const { headers } = await fetch(asked, { headers: { cookie }, redirect: 'manual' });
  const location = headers.get('location');
  if (!location?.includes('code=')) throw new Error(`a session is gone: ${location}`);
}
