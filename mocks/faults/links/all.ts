import type { AnyFault } from '../../../harness/model/fault.ts';
import * as body from './body.ts';
import { hangs, refused, resets } from './connection.ts';
import { missingContentType, wrongContentType } from './content-type.ts';
import { withoutCors } from './cors.ts';
import { drips, neverAnswers, resetAfter, resetBeforeAnswer, truncated } from './delivery.ts';
import { gzipCut, gzipGarbage, gzipPlain } from './encoding.ts';
import { captivePortal, proxyAuthenticationRequired, proxyForbidden } from './proxy.ts';
import { redirectLoop, redirectsElsewhere } from './redirect.ts';
import { headerDoubled, headerDropped, headerRecased } from './request.ts';
import { rateLimited, status, unavailable } from './status.ts';
import { tlsFaults } from './tls/all.ts';

/** Every wire fault, with its defaults. */
export const linkFaults: readonly AnyFault[] = [
  refused(),
  hangs(),
  resets(),
  ...[400, 401, 403, 404, 500, 502, 503, 504].map((code) => status(code)),
  rateLimited(),
  rateLimited({ retryAfter: null }),
  unavailable(),
  unavailable({ retryAfter: 1 }),
  wrongContentType(),
  missingContentType(),
  withoutCors(),
  body.empty(),
  body.htmlPage(),
  body.malformedJson(),
  body.truncatedJson(),
  body.trailingGarbage(),
  body.jsonArray(),
  body.huge(),
  body.deepJson(),
  body.byteOrderMark(),
  truncated(),
  resetAfter(),
  resetBeforeAnswer(),
  neverAnswers(),
  drips(),
  redirectsElsewhere(),
  redirectLoop(),
  gzipGarbage(),
  gzipCut(),
  gzipPlain(),
  headerDropped(),
  headerDoubled(),
  headerRecased(),
  proxyForbidden(),
  proxyAuthenticationRequired(),
  captivePortal(),
  ...tlsFaults,
];
