import { styleText } from 'node:util';
import type { VerdictValue } from '../../harness/model/verdict.ts';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta' | 'cyan';

/** Gives text a style, or leaves it plain. */
export type Paint = (style: Style, text: string) => string;

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** The style in which a verdict stands out, or does not. */
export const styleOf: { readonly [V in VerdictValue]: Style } = {
  pass: 'green',
  note: 'cyan',
  warn: 'yellow',
  fail: 'red',
  inconclusive: 'magenta',
  waived: 'cyan',
  'not-applicable': 'dim',
};
