import { isIPv6 } from 'node:net';
import type { NameCode } from '../../harness/model/name.ts';

// DNS messages (RFC 1035 §4), as far as a server needs them that knows addresses only.

/** A message that asks for something, and may be answered. */
export interface Query {
  /** Without the last dot, as it was written; a dot or backslash inside a label has a backslash before it. */
  readonly name: string;
  /** `A`, `AAAA` or `TYPE…` for others (RFC 3597 §5). */
  readonly type: string;
  /** Present for a message that cannot be answered otherwise: malformed, no query, or not of the Internet. */
  readonly problem?: 'FORMERR' | 'NOTIMP' | 'REFUSED';
  /** The first 12 bytes. */
  readonly header: Buffer;
  /** The question as it came: its case is part of the answer. */
  readonly question: Buffer;
}

interface Answer {
  readonly code: NameCode | 'FORMERR' | 'NOTIMP';
  readonly addresses: readonly string[];
  readonly ttl: number;
}

const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
const types: { readonly [number: number]: string } = { 1: 'A', 28: 'AAAA' };
const headerBytes = 12;

/** `undefined` for what nobody may answer: a response, and fewer bytes than a header has. Never throws. */
export function readQuery(message: Buffer): Query | undefined {
  if (message.length < headerBytes || (message.readUInt8(2) & 0x80) !== 0) return undefined;
  const header = message.subarray(0, headerBytes);
  const bad = (problem: Query['problem'] & string): Query => ({ name: '', type: '', problem, header, question: none });
  if ((header.readUInt8(2) & 0x78) !== 0) return bad('NOTIMP');
  const labels: string[] = [];
  let at = headerBytes;
  // A question is the first name in its message, so it cannot be compressed (§4.1.4): pointers are longer than 63.
  for (let length = message[at]; length !== 0; length = message[at]) {
    if (length === undefined || length > 63 || at + 1 + length > message.length) return bad('FORMERR');
    labels.push(message.toString('latin1', at + 1, at + 1 + length).replace(/[.\\]/g, '\\$&'));
    at += 1 + length;
  }
  const end = at + 5;
  if (header.readUInt16BE(4) !== 1 || end > message.length || at - headerBytes > 254) return bad('FORMERR');
  const type = message.readUInt16BE(at + 1);
  const query = {
    name: labels.join('.'),
    type: types[type] ?? `TYPE${type}`,
    header,
    question: message.subarray(headerBytes, end),
  };
  return message.readUInt16BE(at + 3) === internet ? query : { ...query, problem: 'REFUSED' };
}

const internet = 1;
const none = Buffer.alloc(0);

/** @param most bytes; a longer answer becomes one that sends whoever asks to TCP (§4.2.1) */
export function writeAnswer(query: Query, { code, addresses, ttl }: Answer, most: number): Buffer {
  const records = addresses.map((address) => record(address, ttl));
  const whole = Buffer.concat([head(query, code, records.length, 0), query.question, ...records]);
  return whole.length <= most ? whole : Buffer.concat([head(query, code, 0, truncated), query.question]);
}

const truncated = 0x0200;
/** A response, authoritative, recursion available: some stub resolvers insist on the last. */
const response = 0x8480;

function head({ header, question }: Query, code: Answer['code'], records: number, flags: number): Buffer {
  const made = Buffer.alloc(headerBytes);
  header.copy(made, 0, 0, 2);
  // Opcode and "recursion desired" are the query's (§4.1.1).
  made.writeUInt16BE(response | flags | (header.readUInt16BE(2) & 0x7900) | codes[code], 2);
  made.writeUInt16BE(question.length > 0 ? 1 : 0, 4);
  made.writeUInt16BE(records, 6);
  return made;
}

/** An A (RFC 1035 §3.4.1) or AAAA record (RFC 3596 §2.2) for the name in the question. */
function record(address: string, ttl: number): Buffer {
  const data = isIPv6(address) ? ipv6(address) : Buffer.from(address.split('.').map(Number));
  const made = Buffer.alloc(12);
  made.writeUInt16BE(0xc000 | headerBytes, 0);
  made.writeUInt16BE(isIPv6(address) ? 28 : 1, 2);
  made.writeUInt16BE(internet, 4);
  made.writeUInt32BE(ttl, 6);
  made.writeUInt16BE(data.length, 10);
  return Buffer.concat([made, data]);
}

function ipv6(address: string): Buffer {
  // URLs know every spelling, and write it in hexadecimal (WHATWG URL §3.5).
  const [left = [], right = []] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
