/** What every XML 1.0 document of our subset must be: throws where it is not, else returns how often each element begins. */
export function elementsOf(text: string): Map<string, number> {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a character that XML 1.0 §2.2 forbids');
  const seen = new Map<string, number>();
  const open: string[] = [];
  const attribute = String.raw`\s+[a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*"`;
  const token = new RegExp(`<(/?)([a-z-]+)((?:${attribute})*)(/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot|apos);)+)`, 'y');
  const body = text.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  while (token.lastIndex < body.length) {
    const from = token.lastIndex;
    const match = token.exec(body);
    if (match === null) throw new Error(`not well-formed at ${JSON.stringify(body.slice(from, from + 80))}`);
    const [, closing, name, , empty, characters] = match;
    if (characters !== undefined || name === undefined) continue;
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    seen.set(name, (seen.get(name) ?? 0) + 1);
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> stays open`);
  return seen;
}
