import { lookup as system } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Looks a name up within a deadline, in milliseconds: `getaddrinfo` itself has none. Late answers are dropped. */
export function lookupWithin(deadline: number, lookup: LookupFunction = system): LookupFunction {
  return (hostname, options, callback) => {
    let over = false;
    const settle: typeof callback = (...found) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      callback(...found);
    };
    const late = Object.assign(new Error(`no answer within ${deadline} ms`), { code: 'DNS_TIMEOUT' });
    const timer = setTimeout(() => settle(late, ''), deadline);
    lookup(hostname, options, settle);
  };
}
