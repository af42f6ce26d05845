/**
 * Everything that Failwell throws on purpose. `message` is one sentence that says what to do; `code` is stable:
 * `usage`, `config`, `target-not-ready`, `harness`.
 */
export class FailwellError extends Error {
  override readonly name = 'FailwellError';
  readonly code: FailwellErrorCode;

  constructor(code: FailwellErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** `usage` and `config` end in exit code 2, the others in 3. */
export type FailwellErrorCode = 'usage' | 'config' | 'target-not-ready' | 'harness';
