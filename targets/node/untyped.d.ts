/** The parts that the targets use of packages which come without types. */

declare module 'passport' {
  import type { RequestHandler } from 'express';

  const passport: {
    use(strategy: object): void;
    authenticate(strategy: string, options: { session: boolean }): RequestHandler;
  };
  export default passport;
}

declare module 'passport-jwt' {
  import type { Request } from 'express';

  type Done = (error: unknown, user: object | false) => void;
  export const ExtractJwt: { fromAuthHeaderAsBearerToken(): (request: Request) => string | null };
  export class Strategy {
    constructor(options: object, verify: (payload: { sub?: string }, done: Done) => void);
  }
}

declare module 'koa' {
  import type { IncomingMessage, Server, ServerResponse } from 'node:http';
  import type { Request, Response } from 'express';

  class Koa {
    use(middleware: Koa.Middleware): this;
    listen(port: number, host?: string): Server;
  }
  namespace Koa {
    type Middleware = (context: Context, next: () => Promise<void>) => unknown;
    interface Context {
      readonly req: IncomingMessage & Request;
      readonly res: ServerResponse & Response;
      readonly method: string;
      readonly url: string;
      status: number;
      type: string;
      body: unknown;
    }
  }
  export = Koa;
}

declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export default class Provider {
    constructor(issuer: string, configuration: object);
    on(
      event: string,
      listener: (
        ctx: { method: string; url: string },
        error: Error & { error_description?: string; error_detail?: string },
      ) => void,
    ): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
