import type { ResponseMode } from '../../../harness/model/issuing.ts';

/** OAuth 2.0 Multiple Response Types §2.1 and OAuth 2.0 Form Post Response Mode §2. */
const plain: readonly ResponseMode[] = ['query', 'fragment', 'form_post'];

/** Those, and each as a JWT (JARM §2.3). */
export const responseModes: readonly string[] = [...plain, 'jwt', ...plain.map((mode) => `${mode}.jwt`)];

/** How a response travels. */
export interface Manner {
  readonly mode: ResponseMode;
  readonly asJwt: boolean;
}

/** @param usual the mode of the response type; `jwt` alone means that one as a JWT (JARM §2.3.4) */
export function mannerOf(responseMode: string | undefined, usual: ResponseMode): Manner | undefined {
  if (responseMode === undefined) return { mode: usual, asJwt: false };
  if (responseMode === 'jwt') return { mode: usual, asJwt: true };
  const mode = plain.find((one) => responseMode === one || responseMode === `${one}.jwt`);
  return mode && { mode, asJwt: responseMode !== mode };
}
