import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Fault } from '../../../../harness/model/fault.ts';
import type { NameCode, NamePlan } from '../../../../harness/model/name.ts';

/*
 * The catalogue of DNS faults: `links.dns.unknownName()`. A name that comes and goes is any of them on the schedule
 * `{ when: 'every', nth: 2 }`.
 */

type NameFault = Fault<'link/name'>;

/** The same on the wire, whoever is to blame for it. */
interface Blame {
  /** Default `network/dns`. */
  readonly cause?: CauseId;
}

/** Where nobody serves what is looked for. */
interface Elsewhere extends Blame {
  /** Default 127.0.0.2: a host's own, where ports of 127.0.0.1 are closed (on Linux). */
  readonly ipv4?: string;
  /** Default 100::1, whose packets are discarded (RFC 6666). */
  readonly ipv6?: string;
}

/** NXDOMAIN (RFC 1035 §4.1.1): clients see ENOTFOUND. */
export function unknownName(blame: Blame = {}): NameFault {
  return failure('nxdomain', 'NXDOMAIN', 'the name is said not to exist', blame);
}

/** SERVFAIL: resolvers see ESERVFAIL, users of `getaddrinfo` EAI_AGAIN. */
export function serverFailure(blame: Blame = {}): NameFault {
  return failure('servfail', 'SERVFAIL', 'the name server fails', blame);
}

/** REFUSED, as by a server that does not serve this network: EREFUSED, or EAI_AGAIN from `getaddrinfo`. */
export function refusedQuestion(blame: Blame = {}): NameFault {
  return failure('refused', 'REFUSED', 'the name server refuses the question', blame);
}

/** The name exists and has no address (RFC 2308 §2.2): ENODATA, or ENOTFOUND from `getaddrinfo`. */
export function withoutAddress(blame: Blame = {}): NameFault {
  return nameFault('empty', 'the name has no address', blame, (plan) =>
    plan.addresses.length === 0 ? plan : { ...plan, addresses: [] },
  );
}

/** The answer is right and late. Clearing the fault lets it go at once. */
export function slow({ milliseconds = 2000, ...blame }: Blame & { readonly milliseconds?: number } = {}): NameFault {
  return nameFault('slow', `the name server answers ${milliseconds} ms late`, blame, (plan) => ({
    ...plan,
    delay: plan.delay + milliseconds,
  }));
}

/** The question is lost: resolvers see ETIMEOUT. Clearing the fault brings no answer to what was asked before. */
export function unanswered(blame: Blame = {}): NameFault {
  return nameFault('hang', 'the name server never answers', blame, (plan) => ({
    ...plan,
    delay: Number.POSITIVE_INFINITY,
  }));
}

/** As after a move, or from a resolver that lies. */
export function wrongAddress(elsewhere: Elsewhere = {}): NameFault {
  return nameFault('wrong-address', 'the name resolves to other addresses', elsewhere, (plan) =>
    plan.addresses.length === 0 ? plan : { ...plan, addresses: moved(plan, elsewhere) },
  );
}

/** A good client goes on to the second address (RFC 8305 §5). */
export function wrongAddressFirst(elsewhere: Elsewhere = {}): NameFault {
  return nameFault('wrong-address-first', 'a wrong address stands before the right one', elsewhere, (plan) =>
    plan.addresses.length === 0 ? plan : { ...plan, addresses: [...moved(plan, elsewhere), ...plan.addresses] },
  );
}

/** One address elsewhere for each family in which there are addresses. */
function moved({ addresses }: NamePlan, { ipv4 = '127.0.0.2', ipv6 = '100::1' }: Elsewhere): readonly string[] {
  return [...new Set(addresses.map((address) => (address.includes(':') ? ipv6 : ipv4)))];
}

function failure(variant: string, code: NameCode, summary: string, blame: Blame): NameFault {
  return nameFault(variant, summary, blame, (plan) => ({ ...plan, code, addresses: [] }));
}

function nameFault(
  variant: string,
  summary: string,
  { cause = 'network/dns' }: Blame,
  apply: (plan: NamePlan) => NamePlan,
): NameFault {
  return { id: `dns/${variant}`, layer: 'dns', seam: 'link/name', cause, summary, apply };
}
