// Asks the authorization server about the bearer token (RFC 7662) for nginx's auth_request: 204 lets the request
// through, 403 is an inactive token, 401 anything else.
async function introspect(r) {
  const token = r.variables.access_token;
  if (!token) {
    r.warn('no bearer token');
    r.return(401);
    return;
  }
  const reply = await r.subrequest('/_introspection', { args: `token=${encodeURIComponent(token)}` });
  if (reply.status !== 200) {
    r.error(`introspection failed: the authorization server answered ${reply.status}`);
    r.return(401);
    return;
  }
  let answer;
  try {
    answer = JSON.parse(reply.responseText);
  } catch (error) {
    r.error(`introspection failed: the answer is not JSON: ${error.message}`);
    r.return(401);
    return;
  }
  if (answer.active !== true) {
    r.warn('introspection: the token is not active');
    r.return(403);
    return;
  }
  r.return(204);
}

export default { introspect };
