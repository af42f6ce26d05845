import { FailwellError } from '../../../harness/model/error.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';
import { limits as gateway } from '../gateway/settings.ts';

const { leeway, keyCache, keyCacheWhileDown, keyRefresh, keyId, document } = gateway;
const { idpDeadline, connectDeadline, nameDeadline, retryPause, longestRetryAfter } = gateway;

/** Every bound of the client. Times in milliseconds, sizes in bytes. What it declares to Failwell stands here too. */
export const limits = {
  leeway,
  keyCache,
  keyCacheWhileDown,
  keyRefresh,
  keyId,
  document,
  idpDeadline,
  connectDeadline,
  nameDeadline,
  retryPause,
  longestRetryAfter,
  /** Longer than a gateway in front of the API gives the API, so that its answer is heard. */
  apiDeadline: 2 * gateway.apiDeadline,
  /** The issuer's metadata is used for so long without asking again. */
  metadataCache: 600_000,
  /** Before a token expires by so much, a new one is fetched. */
  renewBefore: 5_000,
  /** Logins that are under way, and users who are logged in. */
  sessions: 1_000,
} as const;

export type Limits = { readonly [L in keyof typeof limits]: number };

/** Refuses a configuration that cannot work, at start-up. Throws `FailwellError` (`config`). */
export function checkSettings({ issuer, clientId, clientSecret, redirectUri }: ClientWiring): void {
  for (const [name, value] of Object.entries({ issuer, clientId, clientSecret, redirectUri })) {
    if (value !== '' && value === value.trim()) continue;
    const problem = value === '' ? 'is empty' : 'begins or ends with a space or line end';
    throw new FailwellError('config', `The client's setting ${name} ${problem}: set the value of this environment`);
  }
  for (const [name, value] of Object.entries({ issuer, redirectUri })) {
    if (URL.canParse(value) && value.startsWith('https://')) continue;
    throw new FailwellError('config', `The client's setting ${name} is '${value}': set an https URL`);
  }
}
