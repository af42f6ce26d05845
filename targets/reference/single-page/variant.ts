import { inProcess } from '../../../harness/drivers/in-process.ts';
import type { ClientWiring, Target } from '../../../harness/model/target.ts';
import type { Parts } from './parts.ts';

/** The page as a target, or a variant of it with other parts. */
export function pageOf(id: string, summary: string, parts?: Parts): Target<'client'> {
  return {
    id,
    role: 'client',
    summary,
    capabilities: [
      'browser',
      'web',
      'code',
      'pkce',
      'iss-response',
      'id-token',
      'id-token-signature',
      'nonce',
      'discovery',
      'jwks',
      'userinfo',
      'calls-api',
    ],
    declares: { leeway: { value: '60s', source: 'targets/reference/single-page/parts.ts' } },
    // Loaded when it starts, so that a list need not wait for it.
    driver: inProcess<ClientWiring>(async (wiring, io) => (await import('./server.ts')).startPage(wiring, io, parts)),
    web: { login: '/login', callback: '/callback', page: '/', loggedIn: /^200 .*Hello, /s },
  };
}

/** A page with exactly one flaw, and the scenarios that must catch it. */
export function mutant(name: string, parts: Parts, flaw: NonNullable<Target['flaw']>): Target<'client'> {
  return { ...pageOf(`mutant/${name}`, `The reference page, but it ${flaw.summary}`, parts), flaw };
}
