import type { Random } from '../../harness/model/fault.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { foreignKey, signingKey } from '../forge/keys.ts';

/** The keys of one issuer. */
export interface Keyring {
  /** Those in the JWK Set: the RS256 key that signs, older ones that are still published, and an ES256 key. */
  readonly published: readonly [SigningKey, ...SigningKey[]];
  /** A key that is never published. */
  readonly foreign: SigningKey;
  /** Signs with a new key from now on; the old one stays published unless it is withdrawn. */
  rotate(options: { readonly withdraw: boolean }): Promise<void>;
  /** Those that no longer sign are no longer published. */
  dropOld(): void;
}

/** Issuers of different slots share no key material; within one, keys differ in `kid` only. */
export async function createKeyring(random: Random, slot: number): Promise<Keyring> {
  // Slots leave room for as many rotations as anybody will wait for.
  let next = slot * 10_000;
  const rsa = async () => signingKey('RS256', `rs256-${random.hex(8)}`, next++);
  const [signing, elliptic, foreign] = await Promise.all([
    rsa(),
    signingKey('ES256', `es256-${random.hex(8)}`, slot * 10_000),
    foreignKey(`foreign-${random.hex(8)}`),
  ]);
  let current = signing;
  let older: readonly SigningKey[] = [];
  return {
    get published(): readonly [SigningKey, ...SigningKey[]] {
      return [current, ...older, elliptic];
    },
    foreign,
    async rotate({ withdraw }) {
      const fresh = await rsa();
      older = withdraw ? [] : [current, ...older];
      current = fresh;
    },
    dropOld() {
      older = [];
    },
  };
}
