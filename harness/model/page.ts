/** A field of a form that would be sent, or could be filled in. */
export interface FormField {
  readonly name: string;
  /** `text`, `password`, `hidden`, `checkbox`, …; `select` and `textarea` for those elements. */
  readonly type: string;
  readonly value: string;
  /** A checkbox or a radio button is sent only when it is checked. */
  readonly checked: boolean;
}

/** Something that submits a form: its name and value go along. */
export interface FormButton {
  readonly name: string;
  readonly value: string;
  /** What stands on it. */
  readonly label: string;
  /** Its own `formaction`, which then counts. */
  readonly action?: string;
}

/** A form as its page shows it (HTML Living Standard §4.10). */
export interface PageForm {
  /** As written; empty for the page's own URL. */
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly encoding: string;
  readonly fields: readonly FormField[];
  readonly buttons: readonly FormButton[];
}

/** What a user agent without a script engine understands of a page. */
export interface Html {
  readonly title: string;
  /** Its text, without markup, scripts and styles. */
  readonly text: string;
  readonly forms: readonly PageForm[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
  /** A script submits a form as soon as it is shown (OAuth 2.0 Form Post Response Mode, Appendix A). */
  readonly submitsItself: boolean;
  /** Where `<meta http-equiv="refresh">` leads. */
  readonly refresh?: string;
}

/** A page that a person sees. */
export interface Page {
  readonly url: string;
  readonly status: number;
  /** Its source; empty when it is no text. */
  readonly source: string;
  readonly html: Html;
}
