/** A URL without its query, in which the browser's own codes stand. */
export function bare(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
