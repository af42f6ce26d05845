import type { HttpAnswer, HttpRequest } from '../../model/http.ts';

interface Handler {
  handle(request: HttpRequest): Promise<HttpAnswer>;
}

/** Lets the pages of one origin call an API with a token, and read what it answers (Fetch Standard, CORS protocol). */
export function letsIn(origin: string, api: Handler): Handler {
  const readable = ['access-control-allow-origin', origin] as const;
  return {
    async handle(request) {
      const asksFirst = request.headers.some(([name]) => name.toLowerCase() === 'access-control-request-method');
      if (request.method === 'OPTIONS' && asksFirst) {
        const headers = [
          readable,
          ['access-control-allow-methods', 'GET, HEAD, POST, PUT, DELETE'] as const,
          ['access-control-allow-headers', 'Authorization, Content-Type, Accept'] as const,
        ];
        return { status: 204, headers, body: new Uint8Array() };
      }
      const answer = await api.handle(request);
      const exposed = ['access-control-expose-headers', 'WWW-Authenticate'] as const;
      return { ...answer, headers: [...answer.headers, readable, exposed] };
    },
  };
}
