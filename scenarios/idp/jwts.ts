/** A JWT that says in its header how it is signed, and is not. */
export const unsigned = (alg: string) => (right: string) =>
  `${Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url')}.${right.split('.')[1]}.`;

/** The signature with its first letter changed. */
export const flipped = (right: string) => {
  const at = right.lastIndexOf('.') + 1;
  return `${right.slice(0, at)}${right[at] === 'A' ? 'B' : 'A'}${right.slice(at + 1)}`;
};

/** Claims that were changed after they had been signed. */
export const tampered = (right: string) => {
  const [header, payload = '', signature] = right.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), tampered: true };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};
