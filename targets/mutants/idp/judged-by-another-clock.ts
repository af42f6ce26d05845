import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import { mutant } from '../../reference/idp/variant.ts';

const json = (status: number, body: object): HttpAnswer => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: new TextEncoder().encode(JSON.stringify(body)),
});

/** What another of its machines, whose clock is right, says of what was dated by a wrong one. */
function judged({ path, body }: HttpRequest): HttpAnswer | undefined {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const error_description = 'It was not issued now';
  if (form.get('grant_type') === 'refresh_token') return json(400, { error: 'invalid_grant', error_description });
  if (path.endsWith('/introspect')) return json(200, { active: false });
  if (path.endsWith('/userinfo')) return json(401, { error: 'invalid_token', error_description });
  return undefined;
}

export default mutant(
  'judged-by-another-clock',
  [],
  {
    summary: 'dates tokens by the clock of one machine, and judges them by that of another',
    caughtBy: [
      'idp/own-clock/refresh-fast',
      'idp/own-clock/refresh-slow',
      'idp/own-clock/introspection-fast',
      'idp/own-clock/introspection-slow',
      'idp/own-clock/userinfo-fast',
      'idp/own-clock/userinfo-slow',
    ],
  },
  async (request, ahead) => (ahead === 0 ? undefined : judged(request)),
);
