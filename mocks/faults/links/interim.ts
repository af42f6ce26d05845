import { STATUS_CODES } from 'node:http';
import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import { family } from '../idp/family.ts';
import { delivered } from './answer.ts';

interface InterimOptions {
  /** How many. Default 1. */
  readonly times?: number;
  /** Default `network/intermittent`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'network/intermittent' });

/** An interim answer before the right one, which every client must be able to take (RFC 9110 §15.2): a must-accept. */
export function interim(status: 100 | 102 | 103, { times = 1, cause }: InterimOptions = {}): Fault<'link/answer'> {
  const fields = status === 103 ? 'Link: </style.css>; rel=preload; as=style\r\n' : '';
  const one = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields}\r\n`;
  return fault(
    `interim-${status}${times === 1 ? '' : '-flood'}`,
    `${times === 1 ? 'an interim answer' : `${times} interim answers`} (${status}) before the right one`,
    (answer) => delivered(answer, { preamble: one.repeat(times) }),
    cause,
  );
}

/** 101 where nobody asked for another protocol (RFC 9110 §15.2.2). */
export function switchingProtocols({ cause }: { readonly cause?: CauseId } = {}): Fault<'link/answer'> {
  const preamble = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  return fault(
    'switching-protocols',
    'the connection changes to another protocol unasked (101)',
    (answer) => delivered(answer, { preamble, upTo: 'nothing', ending: 'close' }),
    cause,
  );
}
