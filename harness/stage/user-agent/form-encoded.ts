/** Names and values as `application/x-www-form-urlencoded` (WHATWG URL §5.2). */
export function formEncoded(pairs: Iterable<readonly [name: string, value: string]>): string {
  const encoded = new URLSearchParams();
  for (const [name, value] of pairs) encoded.append(name, value);
  return encoded.toString();
}
