import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { FormButton, FormField, Html, PageForm } from '../../model/page.ts';

/** Characters of a page that are read; what follows is ignored. */
const longest = 1024 * 1024;

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Reads a page as browsers do. Never throws: what is no HTML has no forms. */
export function readHtml(page: string): Html {
  const all = [...elementsOf(parse(page.slice(0, longest)))];
  const of = (name: string) => all.filter(({ tagName }) => tagName === name);
  const scripts = [...of('script').map(textOf), ...of('body').map((body) => attribute(body, 'onload') ?? '')].join(
    '\n',
  );
  const refresh = of('meta')
    .filter((meta) => attribute(meta, 'http-equiv')?.toLowerCase() === 'refresh')
    .map((meta) => /url\s*=\s*["']?([^"']+)/i.exec(attribute(meta, 'content') ?? '')?.[1]?.trim())
    .find((url) => url !== undefined);
  return {
    title: of('title').map(textOf).join('').trim(),
    text: of('body')
      .map(shownText)
      .join('\n')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim(),
    forms: of('form').map((form) => formOf(form, all)),
    links: of('a').flatMap((link) => {
      const href = attribute(link, 'href');
      return href === undefined ? [] : [{ href, label: textOf(link) }];
    }),
    submitsItself: /\.\s*(?:requestSubmit|submit)\s*\(/.test(scripts),
    ...(refresh !== undefined && { refresh }),
  };
}

/** Every element of a page in its order. Without recursion: how deep a page nests is its author's choice. */
function* elementsOf(root: Node): Generator<Element> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('tagName' in node) yield node;
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
}

const attribute = ({ attrs }: Element, name: string) => attrs.find((one) => one.name === name)?.value;

/** All text in an element. */
const textOf = (element: Element) =>
  textIn(
    element,
    () => true,
    () => '',
  );

const blocks = new Set(['p', 'div', 'h1', 'h2', 'h3', 'li', 'br', 'tr', 'form', 'label', 'button', 'section', 'main']);
const unseen = new Set(['script', 'style', 'template', 'noscript']);

/** The text that a page shows, a block on lines of its own. */
const shownText = (element: Element) =>
  textIn(
    element,
    ({ tagName }) => !unseen.has(tagName),
    ({ tagName }) => (blocks.has(tagName) ? '\n' : ''),
  );

function textIn(root: Element, enters: (element: Element) => boolean, edge: (element: Element) => string): string {
  let text = '';
  const waiting: (Node | string)[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') text += next;
    else if (next.nodeName === '#text') text += (next as DefaultTreeAdapterTypes.TextNode).value;
    else if ('tagName' in next && enters(next)) {
      text += edge(next);
      waiting.push(edge(next), ...next.childNodes.toReversed());
    }
  }
  return text;
}

function formOf(form: Element, all: readonly Element[]): PageForm {
  const inside = new Set(elementsOf(form));
  const id = attribute(form, 'id');
  // A control may name its form from elsewhere (HTML Living Standard §4.10.17.3).
  const own = all.filter((element) => {
    const named = attribute(element, 'form');
    return named === undefined ? inside.has(element) : id !== undefined && named === id;
  });
  return {
    action: (attribute(form, 'action') ?? '').trim(),
    method: attribute(form, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
    encoding: attribute(form, 'enctype')?.toLowerCase() || 'application/x-www-form-urlencoded',
    fields: own.flatMap((element) => fieldOf(element) ?? []),
    buttons: own.flatMap((element) => buttonOf(element) ?? []),
  };
}

const typeOf = (element: Element, usual: string) => (attribute(element, 'type') ?? usual).toLowerCase();

function fieldOf(element: Element): FormField | undefined {
  const name = attribute(element, 'name');
  if (!name) return undefined;
  switch (element.tagName) {
    case 'input': {
      const type = typeOf(element, 'text');
      if (['submit', 'image', 'button', 'reset'].includes(type)) return undefined;
      const ticked = type === 'checkbox' || type === 'radio';
      const value = attribute(element, 'value') ?? (ticked ? 'on' : '');
      return { name, type, value, checked: !ticked || attribute(element, 'checked') !== undefined };
    }
    case 'textarea':
      return { name, type: 'textarea', value: textOf(element), checked: true };
    case 'select': {
      const options = [...elementsOf(element)].filter(({ tagName }) => tagName === 'option');
      const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
      const value = chosen && (attribute(chosen, 'value') ?? textOf(chosen).trim());
      return { name, type: 'select', value: value ?? '', checked: true };
    }
    default:
      return undefined;
  }
}

function buttonOf(element: Element): FormButton | undefined {
  const { tagName } = element;
  const submits =
    tagName === 'button'
      ? typeOf(element, 'submit') === 'submit'
      : tagName === 'input' && ['submit', 'image'].includes(typeOf(element, 'text'));
  if (!submits) return undefined;
  const value = attribute(element, 'value') ?? '';
  const action = attribute(element, 'formaction');
  return {
    name: attribute(element, 'name') ?? '',
    value,
    label: (tagName === 'button' ? textOf(element) : value).trim(),
    ...(action !== undefined && { action }),
  };
}
