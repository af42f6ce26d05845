import type { AnyFault } from '../../harness/model/fault.ts';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import * as links from '../../mocks/faults/links/index.ts';
import type { Proof } from './links-expected.ts';

/** What a page of another origin is told in its console when it asks with credentials, `Authorization` and PUT. */
export const refusals: readonly (readonly [AnyFault, RegExp])[] = [
  [links.withoutCors(), /No 'Access-Control-Allow-Origin' header is present/],
  [links.corsWildcard(), /must not be the wildcard '\*'/],
  [links.corsOther(), /value 'https:\/\/other\.example' that is not equal/],
  [links.corsDoubled(), /contains multiple values/],
  [links.corsNull(), /value 'null' that is not equal/],
  [links.corsWithoutCredentials(), /'Access-Control-Allow-Credentials' header in the response is ''/],
  [links.corsWithoutHeaders(), /Request header field authorization is not allowed/],
  [links.corsWithoutMethods(), /Method PUT is not allowed/],
  [links.preflightRefused(), /does not have HTTP ok status/],
];

const redirects = linkFaults.filter(({ id }) => id.startsWith('http/redirect-'));
const went = (id: string) =>
  id.includes('loop') ? /ERR_TOO_MANY_REDIRECTS/ : id.includes('elsewhere') ? /ERR_NAME_NOT_RESOLVED/ : /^302$/;

/** What comes of opening a page: the browser's error, or the status of what it shows. */
export const openings: readonly (readonly [AnyFault, RegExp])[] = [
  ...redirects.map((fault) => [fault, went(fault.id)] as const),
  [links.closesBeforeAnswer(), /ERR_EMPTY_RESPONSE/],
  [links.resetBeforeAnswer(), /ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/],
  [links.lengthTwice(), /ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH/],
];

/** What a jar keeps of `sid=1; Path=/`. It comes along no more when another site leads to the same page. */
export const jars: readonly (readonly [AnyFault, readonly object[]])[] = [
  [links.cookiesStripped(), []],
  [links.cookiesForOther(), []],
  [links.cookiesExpired(), []],
  [links.cookiesForPath(), [{ name: 'sid', path: '/nowhere' }]],
  [links.cookiesStrict(), [{ name: 'sid', sameSite: 'Strict' }]],
];

export const browserProofs: readonly Proof[] = [...refusals, ...openings, ...jars].map(([{ id }]) => ({
  fault: id,
  by: 'chromium',
}));
