import { FailwellError } from '../../model/error.ts';
import type { ClientRole } from '../../model/step.ts';
import type { Known } from './changes.ts';

/** What a step got from the IdP and later ones use: a code, tokens, and what belongs to them. */
export interface Kept {
  readonly client: ClientRole;
  readonly code?: string;
  readonly redirect_uri?: string;
  readonly code_verifier?: string;
  readonly code_challenge?: string;
  readonly state?: string;
  readonly nonce?: string;
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** What one scenario has got so far, by name. */
export interface Store {
  find(name: string): Kept | undefined;
  /** Throws a `FailwellError` (`usage`) when nothing goes by this name. */
  get(name: string): Kept;
  put(name: string, kept: Kept): void;
  /** All of it, for parameters that name it: `{stolen.code}`. */
  named(): Known;
  clear(): void;
}

export function createStore(): Store {
  const all = new Map<string, Kept>();
  return {
    find: (name) => all.get(name),
    get(name) {
      const kept = all.get(name);
      if (kept !== undefined) return kept;
      throw new FailwellError(
        'usage',
        `Nothing in this scenario is kept as '${name}': give an earlier step 'keep: ${name}', or name what there is.`,
      );
    },
    put: (name, kept) => void all.set(name, kept),
    named: () =>
      Object.fromEntries(
        [...all].flatMap(([name, kept]) =>
          Object.entries(kept).map(([member, value]) => [`${name}.${member}`, value] as const),
        ),
      ),
    clear: () => all.clear(),
  };
}
