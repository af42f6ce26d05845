/**
 * When the requests of some tabs were answered on the wire. Chromium does not call a request finished whose answer the
 * page's own code has seen the head of and never reads; nothing will come of that one either.
 */
export interface Answers {
  /** Told of a request as its tab begins it. Returns when its answer went out, undefined as long as it has not. */
  asked(method: string, url: string): () => number | undefined;
  /** Told that an answer has gone out, or as much of it as there will be. May be told before its request is. */
  answered(method: string, url: string): void;
  /** Counts anew. */
  forget(): void;
}

/** Goes by the order of requests that are alike. */
export function countAnswers(now: () => number): Answers {
  let alike = new Map<string, { asked: number; readonly answered: number[] }>();
  const of = (method: string, url: string) => {
    const key = `${method} ${url.split('#', 1)[0]}`;
    const known = alike.get(key) ?? { asked: 0, answered: [] };
    alike.set(key, known);
    return known;
  };
  return {
    asked(method, url) {
      const known = of(method, url);
      const place = known.asked;
      known.asked += 1;
      return () => known.answered[place];
    },
    answered: (method, url) => void of(method, url).answered.push(now()),
    forget() {
      alike = new Map();
    },
  };
}
