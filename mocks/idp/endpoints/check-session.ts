import { scripted } from '../authorization/pages.ts';
import type { EndpointDefinition } from '../endpoint.ts';
import { methodNotAllowed } from '../http/answer.ts';
import { cookieName } from '../http/cookies.ts';

/** Answers `client_id session_state` of the page around it with `changed`, `unchanged` or `error`. */
const script = `var name=document.querySelector('[data-cookie]').dataset.cookie;
addEventListener('message',async function(e){
var answer='error',m=typeof e.data==='string'&&/^(.+) ([0-9a-f]+)[.]([0-9a-f]+)$/.exec(e.data);
if(!e.source||e.source===self)return;
if(m)try{
var own=('; '+document.cookie).split('; '+name+'=')[1]||'';
var text=m[1]+' '+e.origin+' '+own.split(';')[0]+' '+m[3];
var hash=new Uint8Array(await crypto.subtle.digest('SHA-256',new TextEncoder().encode(text)));
var hex=Array.from(hash,function(b){return b.toString(16).padStart(2,'0')}).join('');
answer=hex===m[2]?'unchanged':'changed'}catch(problem){}
e.source.postMessage(answer,e.origin)})`;

/** The frame by which a client notices that the login has changed (OpenID Connect Session Management 1.0 §3.2). */
export const checkSession: EndpointDefinition = {
  name: 'check-session',
  paths: (base) => [`${base}/check-session`],
  handle({ method }, { issuer }) {
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
    const body = `<p data-cookie="${cookieName(issuer, 'state')}">Nothing to see here.</p>`;
    return scripted({ title: 'Session', body, script, framable: true }, []);
  },
  metadata: ({ endpoints }) => ({ check_session_iframe: endpoints['check-session'] }),
};
