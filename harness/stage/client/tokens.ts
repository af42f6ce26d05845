import type { HttpAnswer, HttpRequest } from '../../model/http.ts';

/** The tokens in an answer of a token endpoint (RFC 6749 §5.1); none in any other answer. */
export function tokensIn({ body }: HttpAnswer): { readonly access?: string; readonly refresh?: string } {
  const text = Buffer.from(body).toString();
  if (!text.includes('"access_token"')) return {};
  try {
    const { access_token: access, refresh_token: refresh } = JSON.parse(text) as { readonly [name: string]: unknown };
    return {
      ...(typeof access === 'string' && { access }),
      ...(typeof refresh === 'string' && { refresh }),
    };
  } catch {
    return {};
  }
}

/** The bearer token of a request (RFC 6750 §2.1). */
export function bearerOf({ headers }: HttpRequest): string | undefined {
  const [, value] = headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return /^Bearer +(\S+) *$/i.exec(value ?? '')?.[1];
}
