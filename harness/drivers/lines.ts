import type { Readable } from 'node:stream';

/** Characters of one line that are kept; a longer line is cut there and ends in `…`. */
const longest = 16_384;

/** Calls `line` with every line of a stream, without its line end, the last one also when no line end follows it. */
export function eachLine(stream: Readable, line: (text: string) => void): void {
  let rest = '';
  let cut = false;

  const finish = () => {
    line(cut ? `${rest}…` : rest.replace(/\r$/, ''));
    rest = '';
    cut = false;
  };
  const grow = (text: string) => {
    const room = longest - rest.length;
    rest += text.slice(0, room);
    cut ||= text.length > room;
  };

  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = chunk.split('\n');
    parts.forEach((part, index) => {
      grow(part);
      if (index < parts.length - 1) finish();
    });
  });
  stream.on('close', () => {
    if (rest !== '' || cut) finish();
  });
}
