/** The parts that targets and tests use of packages which come without types. */

declare module 'passport' {
  import type { RequestHandler } from 'express';

  type Convert = (user: object, done: (error: unknown, user: object) => void) => void;
  export class Passport {
    use(strategy: object): void;
    session(): RequestHandler;
    authenticate(strategy: string, options?: object): RequestHandler;
    serializeUser(convert: Convert): void;
    deserializeUser(convert: Convert): void;
  }
  const passport: Passport;
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
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{
      readonly prompt: { readonly name: string };
      readonly params: { readonly client_id?: unknown };
      readonly session?: { readonly accountId: string };
    }>;
    interactionResult(request: IncomingMessage, response: ServerResponse, result: object): Promise<string>;
    readonly Grant: new (of: {
      readonly accountId: string;
      readonly clientId: string;
    }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  }
}

declare module 'simple-oauth2' {
  interface Config {
    readonly client: { readonly id: string; readonly secret: string };
    readonly auth: {
      readonly tokenHost: string;
      readonly tokenPath: string;
      readonly authorizeHost?: string;
      readonly authorizePath?: string;
      readonly revokePath?: string;
    };
    readonly http?: { readonly json: boolean };
    readonly options?: { readonly authorizationMethod?: 'header' | 'body' };
  }
  export interface AccessToken {
    readonly token: { readonly [name: string]: unknown };
    expired(): boolean;
    refresh(parameters?: object): Promise<AccessToken>;
    revoke(type: 'access_token' | 'refresh_token'): Promise<void>;
    revokeAll(): Promise<void>;
  }
  interface Grant {
    getToken(parameters: object): Promise<AccessToken>;
  }
  interface CodeGrant extends Grant {
    authorizeURL(parameters: object): string;
  }
  export const AuthorizationCode: new (config: Config) => CodeGrant;
  export const ClientCredentials: new (config: Config) => Grant;
  export const ResourceOwnerPassword: new (config: Config) => Grant;
}

declare module 'passport-openidconnect' {
  type Done = (error: unknown, user: object | false) => void;
  interface Profile {
    readonly id: string;
    readonly displayName?: string;
    readonly emails?: readonly { readonly value: string }[];
  }
  export default class Strategy {
    constructor(options: object, verify: (issuer: string, profile: Profile, done: Done) => void);
  }
}
