/** The beginning of a body that passes, and how long the body was. */
export interface Capture {
  add(chunk: Uint8Array): void;
  /** Bytes that came by. */
  readonly bytes: number;
  /** The beginning of them. Call it once nothing more comes. */
  body(): Uint8Array;
}

/** What is kept of a body that streams through. Bytes. */
export const kept = 256 * 1024;

/** @param limit bytes */
export function createCapture(limit = kept): Capture {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk) {
      // A copy: a chunk is a piece of a larger buffer, which would live as long as the record does.
      if (bytes < limit) chunks.push(Buffer.from(chunk.subarray(0, limit - bytes)));
      bytes += chunk.byteLength;
    },
    get bytes() {
      return bytes;
    },
    body: () => (chunks.length === 1 ? (chunks[0] as Buffer) : chunks.length === 0 ? nothing : Buffer.concat(chunks)),
  };
}

const nothing = new Uint8Array();

/** What a record says of a body: all of it, or its beginning and its length. */
export function captured(capture: Capture): { readonly body: Uint8Array; readonly bytes?: number } {
  const body = capture.body();
  return capture.bytes > body.byteLength ? { body, bytes: capture.bytes } : { body };
}
