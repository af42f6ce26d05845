/** A form of a page, as a browser would send it. */
export interface PageForm {
  readonly method: string;
  /** Absolute. */
  readonly action: string;
  readonly fields: readonly Field[];
  readonly buttons: readonly Button[];
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** What a click on it adds to the form; nothing for a button without a name. */
interface Button {
  readonly name: string | undefined;
  readonly value: string;
  readonly text: string;
}

const attributes = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const inner = tag.replace(/^<\w+|\/?>$/g, '');
  return new Map(
    [...inner.matchAll(attributes)].map(([, name = '', a, b, c]) => [name.toLowerCase(), unescaped(a ?? b ?? c ?? '')]),
  );
}

/** The forms of a page, in order: login and consent pages, and forms that post themselves. */
export function formsOf(html: string, url: string): readonly PageForm[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/gi)].map(([whole, inside = '']) => {
    const form = attributesOf(/^<form\b[^>]*>/i.exec(whole)?.[0] ?? '');
    const inputs = [...inside.matchAll(/<(?:input|textarea|select)\b[^>]*>/gi)].map(([tag]) => attributesOf(tag));
    const fields = inputs.flatMap((input) => {
      const [name, type = 'text'] = [input.get('name'), input.get('type')?.toLowerCase()];
      const unsent = name === undefined || /^(?:submit|button|reset|image|file)$/.test(type) || input.has('disabled');
      const unchecked = /^(?:checkbox|radio)$/.test(type) && !input.has('checked');
      return unsent || unchecked ? [] : [{ name, type, value: input.get('value') ?? '' }];
    });
    const clicked = [...inside.matchAll(/<button\b[^>]*>([\s\S]*?)<\/button>/gi)].map(([tag, text = '']) => {
      const button = attributesOf(/^<button\b[^>]*>/i.exec(tag)?.[0] ?? '');
      return { name: button.get('name'), value: button.get('value') ?? '', text: textOf(text) };
    });
    const submits = inputs
      .filter((input) => input.get('type')?.toLowerCase() === 'submit')
      .map((input) => ({ name: input.get('name'), value: input.get('value') ?? '', text: input.get('value') ?? '' }));
    return {
      method: (form.get('method') ?? 'get').toUpperCase(),
      action: new URL(form.get('action') || url, url).href,
      fields,
      buttons: [...clicked, ...submits],
    };
  });
}

/** Whether a page sends its form by itself, as that of the Form Post Response Mode does (§2). */
export const postsItself = (html: string) =>
  /\bonload\s*=\s*["'][^"']*\bsubmit\s*\(/i.test(html) || /<script\b[^>]*>[^<]*\.submit\s*\(\)/i.test(html);

/** The text of a page as a person reads it, without markup, scripts and styles. */
export function textOf(html: string): string {
  const bare = html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<(?:br|\/p|\/h\d|\/li|\/div|\/tr)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ');
  return unescaped(bare)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
