import type { Json, JsonObject } from './json.ts';
import type { IdpWiring } from './target.ts';
import type { Duration } from './time.ts';

/** How to get along with an IdP under test. */
export interface IdpManners {
  /** Its issuer identifier, where it is not the URL on which it serves. */
  issuer?(url: string): string;
  /** What it would say of itself (RFC 8414 §2), where it has no discovery document. Absent: it is discovered. */
  metadata?(url: string): JsonObject;
  /** How a user logs in and consents. Default: forms are recognised. */
  readonly login?: LoginRecipe;
  /** What a client asks for by default; `openid`, `offline_access` and the API's scope, as far as it can do that. */
  readonly scope?: string;
  /** Further parameters that its authorization endpoint needs; `{audience}` stands for the API. */
  readonly authorizationParameters?: { readonly [name: string]: string };
  /** Further parameters that its token endpoint needs. */
  readonly tokenParameters?: { readonly [name: string]: string };
  /** Whom it knows already, where it cannot be told. A step of a client that is not here comes to nothing. */
  readonly given?: {
    readonly clients?: Partial<IdpWiring['clients']>;
    readonly user?: IdpWiring['user'];
    readonly audience?: string;
    readonly scope?: string;
  };
  /** Clients are registered for each stage (RFC 7591) and removed when it closes (RFC 7592). */
  readonly registers?: { readonly initialAccessToken?: string };
  /** The least time between two requests to it. */
  readonly pace?: Duration;
}

/** What to do with each page that stands between an authorization request and its response, in order. */
export type LoginRecipe = readonly (LoginPage | ScriptedPage)[];

/** A page with a form. It is the turn of the first one whose `when` the page's HTML matches. */
export interface LoginPage {
  readonly when: RegExp;
  /** Values of its fields; `{username}` and `{password}` stand for the test user's. Others keep what the page says. */
  readonly fill: { readonly [field: string]: string };
  /** The same when the user says no. */
  readonly deny?: { readonly [field: string]: string };
  /** Which of the page's forms; the first when absent. */
  readonly form?: number;
}

/** A page whose script talks to the IdP instead of a form. It is its turn as with a `LoginPage`. */
export interface ScriptedPage {
  readonly when: RegExp;
  /** What the script does when the person has filled in the page that is at this URL. */
  script(page: URL, person: Person): Scripted;
}

/** What a person says to a page. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly consents: boolean;
}

export interface Scripted {
  /** What it sends, one after another; an error status ends it. Methods other than GET carry JSON. */
  readonly sends: readonly { readonly method: string; readonly url: string; readonly json?: Json }[];
  /** Where it takes the browser then. */
  readonly goes: string;
}
