import type { Exchange } from './exchange.ts';
import type { FaultId } from './fault.ts';
import type { Json } from './json.ts';
import type { Link, Party } from './parties.ts';
import type { StepOutcome } from './step.ts';

/** The part of a scenario that an entry belongs to. */
export type Phase = 'control-before' | 'stimulus' | 'control-after';

interface Stamp {
  /** Position in the history, from 0, without gaps. */
  readonly seq: number;
  /** Milliseconds since the history began. */
  readonly at: number;
}

/** Whose it is, where that is not plain: a hop of a chain, or the browser that runs a client. Else the judged target's. */
interface Owned {
  readonly party?: Party;
}

export type Occurrence =
  | { readonly kind: 'fault-applied'; readonly fault: FaultId; readonly on: string }
  /** `by`: a changed exchange or document, the flawed token on the wire, or another outcome than the control's. */
  | { readonly kind: 'fault-met'; readonly fault: FaultId; readonly by: 'exchange' | 'token' | 'difference' }
  | { readonly kind: 'fault-cleared'; readonly fault: FaultId }
  | { readonly kind: 'exchange'; readonly link: Link; readonly exchange: Exchange }
  /** A token that was made or seen, without the part that makes it usable. `ref` is its marker's name. */
  | {
      readonly kind: 'token';
      readonly ref: string;
      readonly header?: Json;
      readonly payload?: Json;
      /** `sha256:` and the first 16 hex digits of the digest of the signature, or of an opaque token. */
      readonly digest: string;
    }
  | { readonly kind: 'step-begun'; readonly step: string; readonly phase: Phase; readonly does: string }
  | {
      readonly kind: 'step';
      /** The correlation id of the step. */
      readonly step: string;
      readonly phase: Phase;
      readonly does: string;
      readonly outcome: StepOutcome;
      /** What it came to, in a few words: `401 invalid_token`, `ECONNRESET`. */
      readonly detail: string;
      /** Milliseconds from its begin to its end. */
      readonly took: number;
      /** A control that ran for the scenario before this one, or on a twin of this instance. */
      readonly from?: 'previous' | 'twin';
      /** The part of a `parallel` step, or a step before the last: not what is judged. */
      readonly actor?: string;
      /** The marker of the token that the step was about, by which it is found on the wires: what was revoked. */
      readonly token?: string;
    }
  | ({ readonly kind: 'log'; readonly stream: string; readonly line: string } & Owned)
  | ({
      readonly kind: 'target';
      readonly event: 'started' | 'ready' | 'exited' | 'not-ready';
      readonly detail: string;
    } & Owned)
  /** What a person saw in a browser when a step was over: the page's text, without its markup. */
  | ({ readonly kind: 'page'; readonly step: string; readonly url: string; readonly text: string } & Owned)
  /** What a client without pages told the code that uses it, when a step was over: its error with all its causes. */
  | ({ readonly kind: 'told'; readonly step: string; readonly text: string } & Owned)
  /** A time that was measured; `over`: it was not yet at its end when nobody waited any longer. */
  | {
      readonly kind: 'measure';
      readonly what: string;
      readonly milliseconds: number;
      readonly declared?: number;
      readonly over?: true;
    }
  /** Something that was counted. */
  | { readonly kind: 'count'; readonly what: string; readonly count: number }
  /** One of the harness's own deadlines ran out. */
  | { readonly kind: 'deadline'; readonly what: string; readonly milliseconds: number }
  /** Where the line between two scenarios' log lines is in doubt. */
  | { readonly kind: 'attribution-doubt'; readonly why: string };

/** One thing that happened in a scenario. */
export type Entry = Stamp & Occurrence;

/** The entries of one kind. */
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** Everything that happened in one scenario on one target, in one order. */
export type History = readonly Entry[];

/** Takes what happens, in order. */
export interface Recording {
  record(occurrence: Occurrence): Entry;
  readonly entries: History;
}
