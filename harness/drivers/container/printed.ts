/** Lines that are kept while a container starts. */
const most = 1_000;

/** What a container has printed while it started. */
export interface Printed {
  take(line: string): void;
  /** What was printed so far was another life's. */
  forget(): void;
  /** Resolves when another line is printed. */
  next(): Promise<void>;
  /** The lines so far, the last thousand at most. */
  lines(): readonly string[];
  /** The lines that tell why something went wrong, or else the last one, in words. */
  told(): string;
}

export function keepPrinted(): Printed {
  const lines: string[] = [];
  let another = Promise.withResolvers<void>();
  return {
    next: () => another.promise,
    take(line) {
      another.resolve();
      another = Promise.withResolvers();
      if (line.trim() === '') return;
      lines.push(line.trim());
      if (lines.length > most) lines.shift();
    },
    forget() {
      lines.length = 0;
    },
    lines: () => lines,
    told() {
      const at = lines.findIndex((line) => /error|cannot|alert|fatal|AH\d{5}/i.test(line));
      // The line after the first that complains often says of what.
      const told = (at < 0 ? lines.slice(-1) : lines.slice(at, at + 2)).join(' | ');
      return told === '' ? 'it printed nothing' : `it printed: '${told.slice(0, 400)}'`;
    },
  };
}
