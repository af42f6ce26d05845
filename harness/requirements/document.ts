import type { Level, Requirement } from '../model/requirement.ts';

/** CWE and OWASP ASVS 5.0 ids of a requirement. */
export type Tags = Pick<Requirement, 'cwe' | 'asvs'>;

/** Makes a requirement of one document: section (`3.1`), name (`invalid-token`), literal quote. */
type Quote = (section: string, name: string, quote: string, tags?: Tags) => Requirement;

/** One maker a level; `MUST NOT` counts as `MUST`, `SHOULD NOT` and `RECOMMENDED` as `SHOULD`, `OPTIONAL` as `MAY`. */
export interface Document {
  readonly must: Quote;
  readonly should: Quote;
  readonly may: Quote;
}

/** A document whose sections are linked as `url` followed by the section. */
function document(id: string, url: string): Document {
  const at =
    (level: Level): Quote =>
    (section, name, quote, tags) => ({
      id: `${id}/${section}/${name}`,
      level,
      quote,
      href: `${url}${section}`,
      ...tags,
    });
  return { must: at('MUST'), should: at('SHOULD'), may: at('MAY') };
}

/** An RFC, by number. */
export function rfc(number: number): Document {
  return document(`rfc${number}`, `https://www.rfc-editor.org/rfc/rfc${number}#section-`);
}

/** A final specification of the OpenID Foundation, by its file name: `openid-connect-core-1_0`. */
export function openid(name: string): Document {
  return document(name, `https://openid.net/specs/${name}.html#rfc.section.`);
}
