/** How to get along with an IdP under test. */
export interface IdpManners {
  /** Its issuer identifier, where it is not the URL on which it serves. */
  issuer?(url: string): string;
  /** How a user logs in and consents. Default: forms are recognised. */
  readonly login?: LoginRecipe;
  /** Further parameters that its authorization endpoint needs; `{audience}` stands for the API. */
  readonly authorizationParameters?: { readonly [name: string]: string };
  /** Further parameters that its token endpoint needs. */
  readonly tokenParameters?: { readonly [name: string]: string };
}

/** What to do with each page that stands between an authorization request and its response, in order. */
export type LoginRecipe = readonly LoginPage[];

/** A page with a form. It is the turn of the first one whose `when` the page's HTML matches. */
export interface LoginPage {
  readonly when: RegExp;
  /** Values of its fields; `{username}` and `{password}` stand for the test user's. Others keep what the page says. */
  readonly fill: { readonly [field: string]: string };
  /** Which of the page's forms; the first when absent. */
  readonly form?: number;
}
