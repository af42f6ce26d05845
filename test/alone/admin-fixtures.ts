import { onTestFinished } from 'vitest';
import { type IdpStart, type RunningIdp, startIdp } from '../../harness/idp.ts';

/** What the admin API says. */
export interface Said {
  readonly status: number;
  readonly type: string;
  /** `undefined` when it is empty. */
  readonly body: unknown;
  readonly headers: Headers;
}

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Said>;

/** An IdP with its admin API, as long as the test runs, and a way to call it. */
export async function administered(options: IdpStart = {}): Promise<{ readonly idp: RunningIdp; readonly call: Call }> {
  const idp = await startIdp({ seed: 1, admin: true, ...options });
  onTestFinished(() => idp[Symbol.asyncDispose]());
  return { idp, call: caller(idp.adminUrl as string) };
}

export const caller =
  (url: string): Call =>
  async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      body: text === '' ? undefined : JSON.parse(text),
      headers: answer.headers,
    };
  };
