/** The end of a sentence about an id that is not there: what was perhaps meant, or else what there is to be done. */
export function meant(typed: string, ids: readonly string[], otherwise = `choose from ${ids.join(', ')}.`): string {
  const near = nearest(typed, ids);
  return near === undefined ? otherwise : `did you mean '${near}'?`;
}

/** The id that shares most of its three-letter pieces with what was typed, if any comes near. */
function nearest(typed: string, ids: readonly string[]): string | undefined {
  const wanted = pieces(typed);
  let best: { readonly id: string; readonly score: number } | undefined;
  for (const id of ids) {
    const have = pieces(id);
    const score = (2 * [...wanted].filter((piece) => have.has(piece)).length) / (wanted.size + have.size || 1);
    if (score > (best?.score ?? 0.3)) best = { id, score };
  }
  return best?.id;
}

function pieces(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3)));
}
