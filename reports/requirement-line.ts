import type { Requirement } from '../harness/model/requirement.ts';

/** Where the sentence stands, from its id: `rfc6750/3.1/invalid-token` is `RFC 6750 §3.1`. */
export function sectionOf({ id }: Requirement): string {
  const [document = id, section] = id.split('/');
  const name = document.replace(/^rfc(\d+)$/, 'RFC $1');
  return section !== undefined && /^(\d|[A-Z]\.?\d)/.test(section) ? `${name} §${section}` : id;
}
