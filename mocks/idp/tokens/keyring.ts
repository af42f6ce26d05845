import { FailwellError } from '../../../harness/model/error.ts';
import type { Random } from '../../../harness/model/fault.ts';
import type { SigningKey } from '../../../harness/model/token.ts';
import { foreignKey, signingKey } from '../../forge/keys.ts';

/** The keys of one issuer. */
export interface Keyring {
  /** Those in the JWK Set. The first one is the usual one to sign with; of each algorithm, the first one signs. */
  readonly published: readonly [SigningKey, ...SigningKey[]];
  /** A key that is never published. */
  readonly foreign: SigningKey;
  /** The key that signs with this algorithm; made and published when there is none yet. */
  keyFor(alg: string): Promise<SigningKey>;
  /** Publishes a further key, which does not sign while another one of its algorithm does. */
  add(alg: string): Promise<SigningKey>;
  /** Publishes this key no longer. Throws a `FailwellError` (`usage`) for the last one. */
  withdraw(kid: string): void;
  /**
   * Signs with a new key from now on, of the usual algorithm when none is named; the old one stays published unless it
   * is withdrawn.
   */
  rotate(options: { readonly withdraw: boolean; readonly alg?: string }): Promise<void>;
  /** Those that no longer sign are no longer published. */
  dropOld(): void;
}

/**
 * Issuers of different slots share no key material; within one, keys differ in `kid` only.
 * @param algs JWS algorithms to have keys for at once, the usual one first
 */
export async function createKeyring(
  random: Random,
  slot: number,
  algs: readonly [string, ...string[]],
): Promise<Keyring> {
  const made = new Map<string, number>();
  const fresh = (alg: string) => {
    const number = made.get(alg) ?? 0;
    made.set(alg, number + 1);
    // Slots leave room for as many rotations as anybody will wait for.
    return signingKey(alg, `${alg.toLowerCase()}-${random.hex(8)}`, slot * 10_000 + number);
  };
  type Published = Keyring['published'];
  let published = (await Promise.all([...new Set(algs)].map(fresh))) as readonly SigningKey[] as Published;
  const foreign = `foreign-${random.hex(8)}`;
  const signing = (alg: string) => published.find((key) => key.alg === alg);
  const coming = new Map<string, Promise<SigningKey>>();

  async function add(alg: string): Promise<SigningKey> {
    const key = await fresh(alg);
    published = [...published, key];
    return key;
  }

  return {
    get published() {
      return published;
    },
    get foreign() {
      return foreignKey(foreign);
    },
    async keyFor(alg) {
      const known = signing(alg);
      if (known) return known;
      const key = coming.get(alg) ?? add(alg);
      coming.set(alg, key);
      return key.finally(() => coming.delete(alg));
    },
    add,
    withdraw(kid) {
      const [first, ...others] = published.filter((key) => key.kid !== kid);
      if (!first) throw new FailwellError('usage', `${kid} is the only key of this issuer: add another one first.`);
      published = [first, ...others];
    },
    async rotate({ withdraw, alg = published[0].alg }) {
      const key = await fresh(alg);
      const isOld = (one: SigningKey) => one.alg === alg;
      const place = published.findIndex(isOld);
      const kept = withdraw ? published.filter((one) => !isOld(one)) : published;
      published = kept.toSpliced(place < 0 ? kept.length : place, 0, key) as readonly SigningKey[] as Published;
    },
    dropOld() {
      published = published.filter((key) => signing(key.alg) === key) as readonly SigningKey[] as Published;
    },
  };
}
