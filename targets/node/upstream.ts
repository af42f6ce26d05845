import { explain } from './log.ts';

/** What goes back to the caller. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

const json = (status: number, error: string): UpstreamAnswer => ({
  status,
  contentType: 'application/json',
  body: Buffer.from(JSON.stringify({ error })),
});

/** Forwards an accepted request to the API: 502 when it cannot be reached, 504 when it takes longer than 3 s. */
export async function callApi(method: string, path: string, log = console.error): Promise<UpstreamAnswer> {
  const api = process.env.API_URL!;
  try {
    const response = await fetch(api + path, { method, redirect: 'manual', signal: AbortSignal.timeout(3_000) });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? 'application/octet-stream',
      body: Buffer.from(await response.arrayBuffer()),
    };
  } catch (error) {
    log(`${method} ${path.replace(/\?.*/, '')}: upstream ${api} failed: ${explain(error)}`);
    const late = error instanceof Error && error.name === 'TimeoutError';
    return late ? json(504, 'gateway_timeout') : json(502, 'bad_gateway');
  }
}
