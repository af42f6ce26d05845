/**
 * How the page makes elements. Data enter the document as text nodes and attribute values only: nothing here, or in
 * the parts that follow, parses markup.
 */
export const elementScript = String.raw`
const data = JSON.parse(document.getElementById('overview').textContent);
const page = document.getElementById('page');
const glyph = { pass: '✓', note: '~', warn: '!', fail: '✗', inconclusive: '?', waived: 'w', 'not-applicable': '·' };
const values = ['fail', 'inconclusive', 'warn', 'note', 'waived', 'pass', 'not-applicable'];

/** h('a.link', { href }, 'text', child): listeners are 'on…' members, null children are left out. */
function h(what, attributes, ...children) {
  const [name, ...classes] = what.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined).map((child) => child instanceof Node ? child : visible(String(child))));
  return element;
}

/** What a browser would obey rather than show (bidi overrides, escapes), written out. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => {
    if (c === '\n' || c === '\t') return c;
    const code = c.codePointAt(0).toString(16);
    return code.length <= 2 ? '\\x' + code.padStart(2, '0') : '\\u{' + code + '}';
  });
}

function badge(value, small) {
  return h('span.badge.' + value, {}, small ? glyph[value] : glyph[value] + ' ' + value);
}

function marks(list) {
  return h('span.marks', { role: 'img', 'aria-label': list.map((v, i) => data.properties[i] + ' ' + v).join(', ') },
    list.map((v, i) => h('span.mark.' + v, { title: data.properties[i] + ': ' + v, 'aria-hidden': 'true' }, glyph[v])));
}

/** A link only where it leads to the web; the text alone otherwise. */
function link(href, ...children) {
  return /^https?:\/\//.test(href) ? h('a', { href, rel: 'noopener noreferrer', target: '_blank' }, children) : h('span', {}, children);
}

function section(title, ...children) {
  return h('section', {}, h('h2', {}, title), children);
}

function copyable(text) {
  const pre = h('pre.command', { tabindex: 0 }, text);
  const button = h('button.copy', { type: 'button', onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(pre);
      button.textContent = 'Selected';
    }
  } }, 'Copy');
  return h('div.copyable', {}, pre, button);
}

function anchor(row) {
  return '#' + encodeURI(row.scenario) + '@' + encodeURI(row.target);
}

function duration(ms) {
  return ms === undefined ? '' : ms < 1000 ? Math.round(ms) + ' ms' : ms < 60000 ? (ms / 1000).toFixed(1) + ' s' : Math.floor(ms / 60000) + ' min ' + Math.round(ms % 60000 / 1000) + ' s';
}
`;
