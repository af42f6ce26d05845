import { createHash } from 'node:crypto';

/** What was used once and must not be used again. */
export interface Replays {
  /** `fresh` the first time, and from then on used until it expires. Times are in seconds since 1970. */
  spend(owner: string, id: string, expires: number, now: number): 'fresh' | 'used' | 'full';
}

/** @param capacity what is remembered at once; further ones are refused until old ones expire */
export function createReplays(capacity: number): Replays {
  const used = new Map<string, number>();
  const least = Math.min(1024, capacity);
  let sweepAt = least;

  function sweep(now: number): void {
    for (const [key, expires] of used) if (expires <= now) used.delete(key);
    sweepAt = Math.min(Math.max(least, used.size * 2), capacity);
  }

  return {
    spend(owner, id, expires, now) {
      // A digest, so that a long id takes no more room than a short one.
      const key = createHash('sha256')
        .update(JSON.stringify([owner, id]))
        .digest('base64url');
      const until = used.get(key);
      if (until !== undefined && until > now) return 'used';
      if (used.size >= sweepAt) sweep(now);
      // To forget a live one instead would let it be replayed.
      if (used.size >= capacity) return 'full';
      used.set(key, expires);
      return 'fresh';
    },
  };
}
