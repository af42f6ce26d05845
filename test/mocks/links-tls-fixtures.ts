import type { AnyFault, Random } from '../../harness/model/fault.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { type LinkOptions, type OpenLink, openLink } from '../../mocks/links/link.ts';
import type { Authority } from '../../mocks/pki/issued.ts';

export const random: Random = {
  next: () => 0.5,
  int: (min) => min,
  pick: (items) => items[0]!,
  hex: (bytes) => 'ab'.repeat(bytes),
};

const name = 'gateway→idp';
const greeting = { status: 200, headers: [['Content-Type', 'text/plain']], body: Buffer.from('hello') } as const;

/** A healthy HTTPS link for loopback that notes what it sees. */
export async function openSecureLink(
  authority: Authority,
  options: Partial<LinkOptions> = {},
): Promise<OpenLink & { readonly seen: readonly SeenExchange[] }> {
  const seen: SeenExchange[] = [];
  const link = await openLink({
    name,
    listen: true,
    tls: { ...(await authority.issue({ hosts: ['127.0.0.1', 'localhost'] })), authority },
    origin: { handle: async () => greeting },
    observe: (exchange) => seen.push(exchange),
    now: () => performance.now(),
    ...options,
  });
  return { ...link, seen };
}

/** Places a fault that always acts; call the result to clear it. */
export function place(link: OpenLink, fault: AnyFault): Promise<() => Promise<void>> {
  return link.place({ fault, on: name, schedule: { when: 'always' } }, random);
}
