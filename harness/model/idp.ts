import type { Json, JsonObject } from './json.ts';
import type { Page } from './page.ts';
import type { IdpWiring } from './target.ts';
import type { Duration } from './time.ts';

/** How to get along with an IdP under test. */
export interface IdpManners {
  /** Its issuer identifier, where it is not the URL on which it serves. */
  issuer?(url: string): string;
  /** What it would say of itself (RFC 8414 §2), where it has no discovery document. Absent: it is discovered. */
  metadata?(url: string): JsonObject;
  /** How a user logs in and consents. Default: forms are recognised. */
  readonly login?: Login;
  /** What a client asks for by default; `openid`, `offline_access` and the API's scope, as far as it can do that. */
  readonly scope?: string;
  /** Further parameters that its authorization endpoint needs; `{audience}` stands for the API. */
  readonly authorizationParameters?: { readonly [name: string]: string };
  /** Further parameters that its token endpoint needs. */
  readonly tokenParameters?: { readonly [name: string]: string };
  /** Whom it knows already, where it cannot be told. Scenarios with a client that is not here are not applicable. */
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

/**
 * What a user does with the pages between an authorization request and its response: what is declared for each, a
 * function, or either in a real browser.
 */
export type Login = LoginRecipe | LoginFunction | BrowserLogin;

/** What to do with each page. It is the turn of the first one whose `when` the page's HTML matches, and once of each. */
export type LoginRecipe = readonly (LoginPage | RefusingPage | ScriptedPage)[];

/** A page with a form. */
export interface LoginPage extends FormDeed {
  readonly when: RegExp;
  /** What the user does instead to say no. */
  readonly deny?: FormDeed | LinkDeed;
}

/** A page that tells its user no, whatever its status. */
export interface RefusingPage {
  readonly when: RegExp;
  readonly refuses: true;
}

/** A page whose script talks to the IdP instead of a form. */
export interface ScriptedPage {
  readonly when: RegExp;
  /** What the script does when the person has filled in the page that is at this URL. */
  script(page: URL, person: Person): Scripted;
}

/** What is done with a page, by a function; `refused`: it says no; nothing: the user leaves off there. */
export type LoginFunction = (
  page: Page,
  person: Person,
) => LoginDeed | 'refused' | undefined | Promise<LoginDeed | 'refused' | undefined>;

export type LoginDeed = FormDeed | LinkDeed | Scripted;

/** A form is filled in and sent. */
export interface FormDeed {
  /** Values of its fields; `{username}` and `{password}` stand for the test user's. Others keep what the page says. */
  readonly fill?: { readonly [field: string]: string };
  /** The button, by its label, its value or its name; without one that has a name when absent. */
  readonly press?: string;
  /** Which of the page's forms; the first when absent. */
  readonly form?: number;
}

/** A link is followed: by its label or its address. */
export interface LinkDeed {
  readonly link: string;
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

/** A login in a Chromium without a window, where the pages are scripts. All that it asks for goes over the link. */
export interface BrowserLogin {
  /** `recognised`: fields and buttons are, by what they look like. Else what is done with each page, or a function. */
  readonly browser: 'recognised' | readonly (BrowserPage | RefusingPage)[] | BrowserFunction;
}

/** A page as it stands in the browser: its turn is when its HTML, scripts aside, matches, also in the same document. */
export interface BrowserPage {
  readonly when: RegExp;
  /** What the user does, one after another. */
  readonly does: readonly BrowserDeed[];
  /** The same to say no. */
  readonly deny?: readonly BrowserDeed[];
}

/** One deed in a page. Selectors are CSS, or playwright's: `text=Log in`, `role=button[name="Allow"]`. */
export type BrowserDeed =
  /** `{username}` and `{password}` stand for the test user's. */
  | { readonly fill: string; readonly with: string }
  | { readonly click: string }
  /** Waits until this is seen. */
  | { readonly expect: string };

/** Does all that stands between the first page and the response. Called once, when the first page is there. */
export type BrowserFunction = (page: BrowserTab, person: Person) => Promise<void>;

/** What is certain of the page that a `BrowserFunction` is given: it is a `Page` of playwright-core. */
export interface BrowserTab {
  url(): string;
  content(): Promise<string>;
  fill(selector: string, value: string): Promise<void>;
  click(selector: string): Promise<void>;
  waitForSelector(selector: string): Promise<unknown>;
}
