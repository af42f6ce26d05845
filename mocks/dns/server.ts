import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type LookupFunction, type Server, type Socket } from 'node:net';
import { lookupIn } from './lookup.ts';
import { readQuery, writeAnswer } from './message.ts';
import { createNames, type Names, type NamesOptions } from './names.ts';

export type { SeenQuestion } from './names.ts';

export interface NameServerOptions extends NamesOptions {
  /** Where to listen. Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: one that the system chooses. */
  readonly port?: number;
}

/** A name server that can be broken: it knows the names that it was told of, and no others. */
export interface NameServer extends AsyncDisposable, Pick<Names, 'place' | 'know'> {
  /** `127.0.0.1:5353`, as `dns.setServers` takes it; UDP and TCP. */
  readonly address: string;
  /** The same names in the place of `dns.lookup`: for connectors in this process (`lookup` of net, tls, undici). */
  readonly lookup: LookupFunction;
}

/** Dispose of it to close every socket; what is held up by faults is let go. */
export async function openNameServer({
  host = '127.0.0.1',
  port = 0,
  ...options
}: NameServerOptions): Promise<NameServer> {
  const names = createNames(options);
  const { udp, tcp } = await bind(host, port);
  const connections = new Set<Socket>();

  async function answer(message: Buffer, over: 'udp' | 'tcp', most: number): Promise<Buffer | undefined> {
    const query = readQuery(message);
    if (!query) return undefined;
    if (query.problem) return writeAnswer(query, { code: query.problem, addresses: [], ttl: 0 }, most);
    const planned = await names.ask({ name: query.name, type: query.type, over });
    return planned && writeAnswer(query, planned, most);
  }

  // Errors of sending are the peer's affair: it is gone.
  udp
    .on('error', () => undefined)
    .on('message', async (message, peer) => {
      const reply = await answer(message, 'udp', 512);
      if (reply) udp.send(reply, peer.port, peer.address, () => undefined);
    });

  tcp.on('connection', (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined).on('close', () => connections.delete(socket));
    let rest = Buffer.alloc(0);
    // Two bytes of length before each message (RFC 1035 §4.2.2); several may be under way (RFC 7766 §6.2.1.1).
    socket.on('data', async (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      const messages: Buffer[] = [];
      while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
        const end = 2 + rest.readUInt16BE(0);
        messages.push(rest.subarray(2, end));
        rest = rest.subarray(end);
      }
      await Promise.all(
        messages.map(async (message) => {
          const reply = await answer(message, 'tcp', 65_535);
          if (!reply || socket.destroyed) return;
          const length = Buffer.alloc(2);
          length.writeUInt16BE(reply.length);
          socket.write(Buffer.concat([length, reply]));
        }),
      );
    });
  });

  async function close(): Promise<void> {
    await names.clear();
    for (const socket of connections) socket.destroy();
    await Promise.all([closed(udp), closed(tcp)]);
  }

  const { port: bound } = udp.address();
  return {
    address: host.includes(':') ? `[${host}]:${bound}` : `${host}:${bound}`,
    lookup: lookupIn(names),
    place: names.place,
    know: names.know,
    [Symbol.asyncDispose]: close,
  };
}

/** Both on one port. One that is free for TCP may be taken for UDP: then another is tried. */
async function bind(host: string, port: number, tries = 10): Promise<{ udp: Datagrams; tcp: Server }> {
  const tcp = createServer();
  tcp.listen(port, host);
  await once(tcp, 'listening');
  const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    udp.bind((tcp.address() as AddressInfo).port, host);
    await once(udp, 'listening');
    return { udp, tcp };
  } catch (problem) {
    await Promise.all([closed(udp), closed(tcp)]);
    if (port !== 0 || tries <= 1) throw problem;
    return await bind(host, port, tries - 1);
  }
}

const closed = (one: Datagrams | Server) => new Promise<void>((resolve) => void one.close(() => resolve()));
