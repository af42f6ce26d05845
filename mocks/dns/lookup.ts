import { isIP, type LookupFunction } from 'node:net';
import type { Names } from './names.ts';

/** As Node names and numbers them, on every platform. */
const failures = {
  NXDOMAIN: { code: 'ENOTFOUND', errno: -3008 },
  NOERROR: { code: 'ENOTFOUND', errno: -3007 },
  SERVFAIL: { code: 'EAI_AGAIN', errno: -3001 },
  REFUSED: { code: 'EAI_AGAIN', errno: -3001 },
} as const;

/** Names in the place of `dns.lookup`, with the errors that it has from glibc's `getaddrinfo`. */
export function lookupIn(names: Names): LookupFunction {
  return (hostname, options, callback) => {
    const wanted = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : (options.family ?? 0);
    find(hostname, wanted).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (options.all) callback(null, found);
        else if (first) callback(null, first.address, first.family);
      },
      (problem) => callback(problem, ''),
    );
  };

  async function find(hostname: string, wanted: number): Promise<readonly string[]> {
    if (isIP(hostname)) return [hostname];
    const type = wanted === 4 ? 'A' : wanted === 6 ? 'AAAA' : 'A and AAAA';
    const answer = await names.ask({ name: hostname, type, over: 'lookup' });
    if (answer?.addresses.length) return answer.addresses;
    const failure = failures[answer?.code ?? 'SERVFAIL'];
    const problem = new Error(`getaddrinfo ${failure.code} ${hostname}`);
    throw Object.assign(problem, { ...failure, syscall: 'getaddrinfo', hostname });
  }
}
