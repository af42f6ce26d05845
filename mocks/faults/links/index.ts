/** The catalogue of wire faults: `links.status(503)`, `links.body.malformedJson()`. */
export * as body from './body.ts';
export { hangs, refused, resets } from './connection.ts';
export { missingContentType, wrongContentType } from './content-type.ts';
export { withoutCors } from './cors.ts';
export { drips, neverAnswers, resetAfter, resetBeforeAnswer, truncated } from './delivery.ts';
export { gzipCut, gzipGarbage, gzipPlain } from './encoding.ts';
export { captivePortal, proxyAuthenticationRequired, proxyForbidden } from './proxy.ts';
export { redirectLoop, redirectsElsewhere } from './redirect.ts';
export { headerDoubled, headerDropped, headerRecased } from './request.ts';
export { rateLimited, status, unavailable } from './status.ts';
export * as tls from './tls/index.ts';
