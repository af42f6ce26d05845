/** A map that forgets its oldest entry when it holds more than `most`, so that no flood of requests fills the memory. */
export function boundedMap<V>(most = 10_000): Map<string, V> {
  const entries = new Map<string, V>();
  const set = entries.set.bind(entries);
  entries.set = (key, value) => {
    set(key, value);
    if (entries.size > most) entries.delete(entries.keys().next().value as string);
    return entries;
  };
  return entries;
}
