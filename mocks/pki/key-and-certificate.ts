/** A private key and its certificate (followed by any intermediates), both PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}
