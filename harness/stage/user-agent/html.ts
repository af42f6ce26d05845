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

/** Characters of a page that are read; what follows is ignored. */
const longest = 1024 * 1024;

const token =
  /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>|<(script|style|title|textarea)\b([^>]*)>([\s\S]*?)(?:<\/\1\s*>|$)|<(\/?)([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+|</gi;
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

interface OpenForm {
  readonly form: Omit<PageForm, 'fields' | 'buttons'>;
  readonly fields: FormField[];
  readonly buttons: FormButton[];
}

/** Reads a page. Never throws: what is no HTML has no forms. */
export function readHtml(page: string): Html {
  const forms: OpenForm[] = [];
  let form: OpenForm | undefined;
  let button: { readonly attributes: Attributes; label: string } | undefined;
  let select: { readonly name: string; value: string | undefined } | undefined;
  const links: { href: string; label: string }[] = [];
  let link: { href: string; label: string } | undefined;
  let [title, text, scripts] = ['', '', ''];
  let refresh: string | undefined;

  const closeButton = () => {
    if (button !== undefined && form !== undefined) form.buttons.push(asButton(button.attributes, button.label));
    button = undefined;
  };
  const closeSelect = () => {
    if (select !== undefined && form !== undefined)
      form.fields.push({ name: select.name, type: 'select', value: select.value ?? '', checked: true });
    select = undefined;
  };
  const open = (name: string, attributes: Attributes) => {
    if (name === 'form') {
      form = { form: asForm(attributes), fields: [], buttons: [] };
      forms.push(form);
    } else if (name === 'input' && form !== undefined) {
      if (['submit', 'image'].includes(typeOf(attributes))) form.buttons.push(asButton(attributes, attributes.value));
      else if (attributes.name) form.fields.push(asField(attributes));
    } else if (name === 'button' && (attributes.type ?? 'submit').toLowerCase() === 'submit') {
      button = { attributes, label: '' };
    } else if (name === 'select' && attributes.name) {
      select = { name: attributes.name, value: undefined };
    } else if (name === 'option' && select !== undefined) {
      if (select.value === undefined || 'selected' in attributes) select.value = attributes.value ?? '';
    } else if (name === 'a' && attributes.href !== undefined) {
      link = { href: attributes.href, label: '' };
      links.push(link);
    } else if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') {
      refresh = /url\s*=\s*["']?([^"']+)/i.exec(attributes.content ?? '')?.[1]?.trim();
    }
  };

  for (const [whole, raw, rawAttributes = '', content = '', slash, tag, attributes = ''] of page
    .slice(0, longest)
    .matchAll(token)) {
    if (raw !== undefined) {
      const kind = raw.toLowerCase();
      if (kind === 'script') scripts += content;
      if (kind === 'title') title = plain(content);
      const { name } = kind === 'textarea' ? attributesOf(rawAttributes) : {};
      if (name) form?.fields.push({ name, type: 'textarea', value: plain(content), checked: true });
    } else if (tag !== undefined) {
      const name = tag.toLowerCase();
      if (slash !== '/') open(name, attributesOf(attributes));
      else if (name === 'button') closeButton();
      else if (name === 'select') closeSelect();
      else if (name === 'form') form = undefined;
      else if (name === 'a') link = undefined;
      if (/^(?:p|div|h\d|li|br|tr|form|label|button|title|section|main)$/.test(name)) text += '\n';
      if (name === 'body' && /\bsubmit\(/.test(attributes)) scripts += attributes;
    } else if (!whole.startsWith('<')) {
      text += whole;
      for (const labelled of [button, link]) if (labelled !== undefined) labelled.label += plain(whole);
    }
  }
  return {
    title: title.trim(),
    text: plain(text)
      .replace(/[^\S\n]+/g, ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim(),
    forms: forms.map(({ form: about, fields, buttons }) => ({ ...about, fields, buttons })),
    links,
    submitsItself: /\.\s*(?:requestSubmit|submit)\s*\(/.test(scripts),
    ...(refresh !== undefined && { refresh }),
  };
}

type Attributes = { readonly [name: string]: string | undefined };

function attributesOf(text: string): Attributes {
  const found: { [name: string]: string } = Object.create(null);
  for (const [, name = '', double, single, bare] of text.matchAll(attribute))
    found[name.toLowerCase()] ??= plain(double ?? single ?? bare ?? '');
  return found;
}

const typeOf = ({ type = 'text' }: Attributes) => type.toLowerCase();

const asForm = ({ action = '', method = '', enctype = '' }: Attributes): OpenForm['form'] => ({
  action: action.trim(),
  method: method.toUpperCase() === 'POST' ? 'POST' : 'GET',
  encoding: enctype.toLowerCase() || 'application/x-www-form-urlencoded',
});

const asField = (attributes: Attributes): FormField => {
  const type = typeOf(attributes);
  const ticked = type === 'checkbox' || type === 'radio';
  return {
    name: attributes.name ?? '',
    type,
    value: attributes.value ?? (ticked ? 'on' : ''),
    checked: !ticked || 'checked' in attributes,
  };
};

const asButton = (attributes: Attributes, label = ''): FormButton => ({
  name: attributes.name ?? '',
  value: attributes.value ?? '',
  label: label.trim(),
  ...(attributes.formaction !== undefined && { action: attributes.formaction }),
});

const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Text without its character references (those that pages with forms use). */
function plain(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
