import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';

/*
 * Loaded into a target's process before its own code: names are asked for at the server in FAILWELL_NAMES, with the
 * errors that `dns.lookup` has from glibc's getaddrinfo. Everything that connects in Node asks `dns.lookup`.
 */

const resolver = new dns.promises.Resolver({ timeout: 2_000, tries: 2 });
resolver.setServers([process.env.FAILWELL_NAMES ?? '']);
const [system, systemPromise] = [dns.lookup, dns.promises.lookup];

/** As getaddrinfo has it: what a server says of itself is EAI_AGAIN, what it says of the name ENOTFOUND. */
const failures: { readonly [code: string]: { readonly code: string; readonly errno: number } } = {
  ENOTFOUND: { code: 'ENOTFOUND', errno: -3008 },
  ENODATA: { code: 'ENOTFOUND', errno: -3007 },
};
const again = { code: 'EAI_AGAIN', errno: -3001 };

async function addressesOf(hostname: string): Promise<readonly string[]> {
  try {
    return await resolver.resolve4(hostname);
  } catch (problem) {
    const failure = failures[(problem as NodeJS.ErrnoException).code ?? ''] ?? again;
    const error = new Error(`getaddrinfo ${failure.code} ${hostname}`);
    throw Object.assign(error, { ...failure, syscall: 'getaddrinfo', hostname });
  }
}

type Answer = { readonly address: string; readonly family: number };

function lookup(hostname: string, options: unknown, done?: unknown): void {
  const callback = (done ?? options) as (problem: Error | null, found?: unknown, family?: number) => void;
  if (isIP(hostname) || hostname === 'localhost') {
    Reflect.apply(system, dns, done === undefined ? [hostname, options] : [hostname, options, done]);
    return;
  }
  const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
  addressesOf(hostname).then(
    (addresses) => {
      const found: Answer[] = addresses.map((address) => ({ address, family: 4 }));
      if (all) callback(null, found);
      else callback(null, found[0]?.address, 4);
    },
    (problem: Error) => callback(problem),
  );
}

async function promised(hostname: string, options: { readonly all?: boolean } = {}): Promise<Answer | Answer[]> {
  if (isIP(hostname) || hostname === 'localhost') return await systemPromise(hostname, options);
  const found = (await addressesOf(hostname)).map((address) => ({ address, family: 4 }));
  return options.all === true ? found : (found[0] as Answer);
}

Object.assign(dns, { lookup });
Object.assign(dns.promises, { lookup: promised });
syncBuiltinESMExports();
