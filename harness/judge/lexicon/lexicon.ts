import type { CauseId } from '../../model/cause.ts';
import type { Audience } from '../../model/scenario.ts';
import type { Words } from '../../model/target.ts';
import { attack } from './attack.ts';
import { client } from './client.ts';
import { gateway } from './gateway.ts';
import { idp } from './idp.ts';
import { network } from './network.ts';
import { policy } from './policy.ts';
import { refresh } from './refresh.ts';
import { request } from './request.ts';
import { tenant } from './tenant.ts';
import { token } from './token.ts';

/**
 * What texts say of a cause, by how well they name it. Patterns ignore case, span one line, and have bounded
 * repetitions only, so that no text can make them slow.
 */
export interface Phrases {
  /** D4: the cause with what was seen and what was expected. */
  readonly values?: readonly RegExp[];
  /** D3: the cause, and no other: these also decide whether a text points at a wrong cause. */
  readonly names?: readonly RegExp[];
  /** D2: the right kind of failure: its OAuth error code, or the hop on which it happened. */
  readonly class?: readonly RegExp[];
}

/** The words for one cause. */
export interface Terms extends Phrases {
  readonly cause: CauseId;
  /** Words that count for one audience only. */
  readonly caller?: Phrases;
  readonly operator?: Phrases;
  /** Causes so close that to name one of them is D2 and never misleading. Holds both ways. */
  readonly near?: readonly CauseId[];
  /** The caller's token has no part in it: an answer that blames the token misleads. */
  readonly blameless?: true;
}

/** One cause's words for one audience, ready for use. */
export interface Compiled {
  readonly cause: CauseId;
  readonly values: RegExp | undefined;
  readonly names: readonly RegExp[];
  readonly class: RegExp | undefined;
  readonly near: ReadonlySet<CauseId>;
  readonly blameless: boolean;
}

/** All that is known about how causes are named. */
export interface Lexicon {
  readonly caller: ReadonlyMap<CauseId, Compiled>;
  readonly operator: ReadonlyMap<CauseId, Compiled>;
}

/** The built-in words. Families that a message is most likely to mean come first. */
export const builtIn: readonly Terms[] = [
  ...token,
  ...network,
  ...idp,
  ...gateway,
  ...client,
  ...tenant,
  ...request,
  ...refresh,
  ...policy,
  ...attack,
];

/** One expression for many; every pattern ignores case. */
export function either(patterns: readonly RegExp[]): RegExp | undefined {
  return patterns.length === 0 ? undefined : new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'i');
}

function compile(audience: Audience, terms: readonly Terms[], extra: readonly Words[]): Map<CauseId, Compiled> {
  const near = new Map<CauseId, Set<CauseId>>();
  const relate = (a: CauseId, b: CauseId) => near.set(a, (near.get(a) ?? new Set()).add(b));
  for (const { cause, near: others = [] } of terms) {
    for (const other of others) {
      relate(cause, other);
      relate(other, cause);
    }
  }
  const own = new Map<CauseId, RegExp[]>();
  for (const words of extra) {
    // A target's own expressions keep their flags, but not the state of a global one.
    for (const [cause, patterns] of Object.entries(words)) {
      const plain = [patterns].flat().map(({ source, flags }) => new RegExp(source, flags.replace(/[gy]/g, '')));
      own.set(cause, [...(own.get(cause) ?? []), ...plain]);
    }
  }
  const known = new Map<CauseId, Terms>(terms.map((each) => [each.cause, each]));
  for (const cause of own.keys()) if (!known.has(cause)) known.set(cause, { cause });
  return new Map(
    [...known].map(([cause, each]) => {
      const named = either([...(each.names ?? []), ...(each[audience]?.names ?? [])]);
      return [
        cause,
        {
          cause,
          values: either([...(each.values ?? []), ...(each[audience]?.values ?? [])]),
          names: [...(named === undefined ? [] : [named]), ...(own.get(cause) ?? [])],
          class: either([...(each.class ?? []), ...(each[audience]?.class ?? [])]),
          near: near.get(cause) ?? new Set(),
          blameless: each.blameless ?? false,
        },
      ];
    }),
  );
}

/** The built-in lexicon, with the own words of targets added as naming their cause (D3). */
export function createLexicon(extra: readonly Words[] = []): Lexicon {
  return { caller: compile('caller', builtIn, extra), operator: compile('operator', builtIn, extra) };
}
