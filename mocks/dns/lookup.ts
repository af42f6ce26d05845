import { isIP, type LookupFunction } from 'node:net';
import type { Names } from './names.ts';

/** As Node numbers them, on every platform. */
const errnos = { ENOTFOUND: -3008, EAI_AGAIN: -3001 } as const;

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
    const code = answer?.code === 'NXDOMAIN' || answer?.code === 'NOERROR' ? 'ENOTFOUND' : 'EAI_AGAIN';
    const problem = new Error(`getaddrinfo ${code} ${hostname}`);
    throw Object.assign(problem, { errno: errnos[code], code, syscall: 'getaddrinfo', hostname });
  }
}
