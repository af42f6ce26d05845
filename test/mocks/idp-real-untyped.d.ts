/** The parts that the tests use of clients which come without types. */

declare module 'simple-oauth2' {
  interface Config {
    readonly client: { readonly id: string; readonly secret: string };
    readonly auth: {
      readonly tokenHost: string;
      readonly tokenPath: string;
      readonly authorizePath?: string;
      readonly revokePath?: string;
    };
    readonly http?: { readonly json: boolean };
    readonly options?: { readonly authorizationMethod?: 'header' | 'body' };
  }
  interface AccessToken {
    readonly token: { readonly [name: string]: unknown };
    expired(): boolean;
    refresh(parameters?: object): Promise<AccessToken>;
    revoke(type: 'access_token' | 'refresh_token'): Promise<void>;
    revokeAll(): Promise<void>;
  }
  interface Grant {
    getToken(parameters: object): Promise<AccessToken>;
  }
  export const AuthorizationCode: new (config: Config) => Grant & { authorizeURL(parameters: object): string };
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
}
