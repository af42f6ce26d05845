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

  for (const piece of piecesOf(page.slice(0, longest))) {
    if (piece.is === 'text') {
      text += piece.text;
      for (const labelled of [button, link]) if (labelled !== undefined) labelled.label += plain(piece.text);
      continue;
    }
    const { name, attributes } = piece;
    if (piece.is === 'end') {
      if (name === 'button') closeButton();
      else if (name === 'select') closeSelect();
      else if (name === 'form') form = undefined;
      else if (name === 'a') link = undefined;
    } else {
      open(name, attributes);
      if (name === 'script') scripts += piece.content;
      if (name === 'title') title = plain(piece.content);
      if (name === 'textarea' && attributes.name)
        form?.fields.push({ name: attributes.name, type: 'textarea', value: plain(piece.content), checked: true });
      if (name === 'body') scripts += attributes.onload ?? '';
    }
    if (blocks.has(name)) text += '\n';
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

const blocks = new Set(['p', 'div', 'h1', 'h2', 'h3', 'li', 'br', 'tr', 'form', 'label', 'button', 'section', 'main']);

type Piece =
  | { readonly is: 'text'; readonly text: string }
  | {
      readonly is: 'start' | 'end';
      readonly name: string;
      readonly attributes: Attributes;
      /** What stands between it and its end, for elements that hold text alone. */
      readonly content: string;
    };

const textOnly = new Set(['script', 'style', 'title', 'textarea']);

/** Tags and texts in order, in one pass: no page takes longer than its length. */
function* piecesOf(page: string): Generator<Piece> {
  let at = 0;
  while (at < page.length) {
    const tag = page.indexOf('<', at);
    if (tag < 0 || tag > at) yield { is: 'text', text: page.slice(at, tag < 0 ? page.length : tag) };
    if (tag < 0) return;
    if (page.startsWith('<!--', tag)) {
      const end = page.indexOf('-->', tag + 4);
      if (end < 0) return;
      at = end + 3;
      continue;
    }
    const [head, slash = '', rawName = ''] = /^<(\/?)([a-z][a-z0-9-]{0,30})/i.exec(page.slice(tag, tag + 34)) ?? [];
    const end = head === undefined && !/[!?]/.test(page[tag + 1] ?? '') ? tag : endOfTag(page, tag + 1);
    // A tag that never ends is the end of what can be understood.
    if (end < 0) return;
    at = end + 1;
    if (head === undefined) continue;
    const name = rawName.toLowerCase();
    const attributes = attributesOf(page.slice(tag + head.length, end));
    if (slash === '/' || !textOnly.has(name)) {
      yield { is: slash === '/' ? 'end' : 'start', name, attributes, content: '' };
      continue;
    }
    const close = new RegExp(`</${name}`, 'gi');
    close.lastIndex = at;
    const closed = close.exec(page)?.index ?? page.length;
    yield { is: 'start', name, attributes, content: page.slice(at, closed) };
    at = closed;
  }
}

/** Where the tag ends that begins before `from`: at the first `>` outside quotes. */
function endOfTag(page: string, from: number): number {
  let quote = '';
  for (let at = from; at < page.length; at += 1) {
    const character = page[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') return at;
    else if (character === '"' || character === "'") quote = character;
  }
  return -1;
}

const attribute = /([^\s"'<>/=]{1,100})(?:\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Characters of a tag that are read. */
const longestTag = 8 * 1024;

type Attributes = { readonly [name: string]: string | undefined };

function attributesOf(text: string): Attributes {
  const found: { [name: string]: string } = Object.create(null);
  for (const [, name = '', double, single, bare] of text.slice(0, longestTag).matchAll(attribute))
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
