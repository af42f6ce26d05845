import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault, FaultId, PlacedFault, Random } from '../../harness/model/fault.ts';
import type { Link } from '../../harness/model/parties.ts';
import type { Idp } from '../idp/idp.ts';
import type { PlannedCall } from '../idp/outgoing.ts';
import { openTenant, type Tenant, type TenantOptions } from './tenant.ts';

type Hosted = Tenant & { readonly idp: Idp };

/** The issuers of one server. */
export interface Tenants {
  /** Rejects with a `FailwellError` (`usage`) for a name that cannot be had. */
  create(name: string, options?: TenantOptions): Promise<Tenant>;
  find(name: string): Tenant | undefined;
  /** Throws a `FailwellError` (`usage`) when it is not there. */
  named(name: string): Tenant;
  list(): readonly Tenant[];
  /** From now on its paths lead nowhere. Throws a `FailwellError` (`usage`) for the default tenant and unknown ones. */
  delete(name: string): Promise<void>;
  /** The tenant that a path (with or without a query) belongs to. */
  at(path: string): Hosted;
  /** The tenant whose attacker's documents are at a path. */
  attackerAt(path: string): Hosted | undefined;
}

/** The one at the root. */
export const defaultTenant = 'default';

/** Each one takes some memory, and keys. */
const most = 1000;

export function createTenants(server: {
  /** Issuer of the default tenant; the others are below it. */
  readonly base: string;
  readonly link: Link;
  readonly seed: number;
  random(path: string): Random;
  faultNamed(id: FaultId): Promise<AnyFault>;
  readonly call: PlannedCall;
  readonly clientCertificates: boolean;
  placeOnLink(placed: PlacedFault, by: Random, within: (path: string) => boolean): Promise<() => Promise<void>>;
}): Tenants {
  const { base, placeOnLink, ...common } = server;
  const { pathname } = new URL(base);
  const root = pathname.replace(/\/$/, '');
  const tenants = new Map<string, Hosted>();
  const opening = new Set<string>();
  const slots = new Set<number>();

  /** Key material is made once and shared by nobody at the same time. */
  function freeSlot(): number {
    let slot = 0;
    while (slots.has(slot)) slot += 1;
    slots.add(slot);
    return slot;
  }
  const slotOf = new Map<string, number>();

  function check(name: string): void {
    if (!/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(name))
      throw new FailwellError('usage', `'${name}' cannot be a tenant's name: use up to 63 letters, digits, - and _.`);
    if (tenants.has(name) || opening.has(name))
      throw new FailwellError('usage', `There is a tenant '${name}' already: choose another name, or delete it first.`);
    if (tenants.size + opening.size >= most)
      throw new FailwellError('usage', `There are ${most} tenants: delete some of them first.`);
    const taken = Object.values(tenants.get(defaultTenant)?.endpoints ?? {}).map(
      (url) => new URL(url).pathname.slice(root.length).split('/')[1],
    );
    if (name === 'attacker' || taken.includes(name))
      throw new FailwellError('usage', `A tenant cannot be called '${name}', as the default one uses that path.`);
  }

  /** The segments of a path below the default issuer; none for any other path. */
  function segments(path: string): readonly string[] {
    const [plain = ''] = path.split('?', 1);
    // RFC 8414 §3.1 puts the issuer's path behind the name of the document.
    const named = plain.startsWith('/.well-known/') ? `/${plain.split('/').slice(3).join('/')}` : plain;
    return named.startsWith(`${root}/`) ? named.slice(root.length + 1).split('/') : [];
  }

  function named(name: string): Hosted {
    const tenant = tenants.get(name);
    if (tenant) return tenant;
    throw new FailwellError('usage', `There is no tenant '${name}': create it first.`);
  }

  function at(path: string): Hosted {
    if (tenants.size === 1) return tenants.get(defaultTenant) as Hosted;
    const [name = ''] = segments(path);
    const found = name === defaultTenant ? undefined : tenants.get(name);
    return found ?? (tenants.get(defaultTenant) as Hosted);
  }

  return {
    at,
    attackerAt(path) {
      if (!path.startsWith(`${root}/attacker/`)) return undefined;
      const [first, name = ''] = segments(path);
      return first === 'attacker' ? tenants.get(name) : undefined;
    },
    find: (name) => tenants.get(name),
    named,
    list: () => [...tenants.values()],
    async create(name, options = {}) {
      check(name);
      const keySlot = freeSlot();
      opening.add(name);
      try {
        const tenant = await openTenant(options, {
          ...common,
          name,
          keySlot,
          issuer: name === defaultTenant ? base : `${base}/${name}`,
          attackerUrl: `${base}/attacker/${name}/jwks`,
          placeOnLink: (placed, by) => placeOnLink(placed, by, (path) => at(path).name === name),
        });
        slotOf.set(name, keySlot);
        tenants.set(name, tenant);
        return tenant;
      } catch (problem) {
        slots.delete(keySlot);
        throw problem;
      } finally {
        opening.delete(name);
      }
    },
    async delete(name) {
      const tenant = named(name);
      if (name === defaultTenant)
        throw new FailwellError('usage', 'The default tenant stays as long as the server: delete any other.');
      await tenant.clearFaults();
      tenants.delete(name);
      slots.delete(slotOf.get(name) as number);
    },
  };
}
