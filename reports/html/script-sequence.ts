/** The sequence of exchanges: parties as columns, each exchange a pair of arrows that opens to its messages. */
export const sequenceScript = String.raw`
const order = ['caller', 'browser', 'client', 'gateway', 'idp', 'api', 'attacker'];

function partiesOf(entries) {
  const met = new Set(entries.filter((e) => e.kind === 'exchange').flatMap((e) => e.link.split('→')));
  const rank = (party) => order.includes(party) ? order.indexOf(party) : order.length - 1.5;
  return [...met].sort((a, b) => rank(a) - rank(b));
}

/** From the middle of one party's column to the middle of the other's. */
function arrow(parties, from, to, text, kind) {
  const [a, b] = [parties.indexOf(from), parties.indexOf(to)];
  const [left, right] = [Math.min(a, b), Math.max(a, b)];
  const line = h('span.arrow.' + (a <= b ? 'right' : 'left') + '.' + kind, {}, h('span.label', {}, text));
  line.style.setProperty('--from', String((left + 0.5) / parties.length));
  line.style.setProperty('--to', String((right + 0.5) / parties.length));
  return line;
}

function message(title, start, headers, body) {
  const size = body.bytes > 0 ? body.bytes + ' bytes' + (body.cut ? ', only the beginning kept' : '') : 'no body';
  return h('div.message', {}, h('h4', {}, title, h('small', {}, ' ' + size)),
    h('pre', { tabindex: 0 }, start + '\n' + headers.map(([name, value]) => name + ': ' + value).join('\n') + (body.text ? '\n\n' + body.text : '')));
}

/** First where it began. */
function seen({ error, errors = {} }) {
  const ends = error && error.side === 'far' ? ['far', 'near'] : ['near', 'far'];
  return ends.filter((end) => errors[end]).map((end) => {
    const { code, alert, message } = errors[end];
    return h('p.error', {}, code + (alert ? ' (alert ' + alert + ')' : '') + ' seen at the ' + end + ' end: ' + message);
  });
}

function exchange(parties, entry) {
  const { exchange: x, link } = entry;
  const [from, to] = link.split('→');
  const broken = x.faults.length > 0 || x.end !== 'complete';
  const asked = x.request ? x.request.method + ' ' + x.request.path : 'connect';
  const answered = x.response ? String(x.response.status) + (x.end === 'complete' ? '' : ' ' + x.end) : x.error ? x.error.code : x.end;
  const kind = x.end !== 'complete' || !x.response ? 'broken' : x.response.status >= 400 ? 'refused' : 'fine';
  const said = [from, 'to', to + ':', asked, 'answered', answered].join(' ');
  return h('details.exchange' + (broken ? '.broken' : ''), { id: 'seq-' + entry.seq },
    h('summary', { 'aria-label': said }, stamp(entry),
      h('span.lanes', { 'aria-hidden': 'true' }, lifelines(parties), arrow(parties, from, to, asked, 'request'), arrow(parties, to, from, answered, kind)),
      x.faults.length > 0 ? h('span.fault', {}, 'ϟ ' + x.faults.join(', ')) : null),
    h('div.messages', {},
      x.request ? message('Request', x.request.method + ' ' + x.request.path, x.request.headers, x.request.body) : null,
      x.response ? message('Response', String(x.response.status), x.response.headers, x.response.body) : null,
      ...seen(x),
      h('p.facts', {}, 'ended ' + x.end + ' after ' + Math.round(x.endedAt - x.startedAt) + ' ms · ' + x.id)));
}

function stamp(entry) {
  return h('span.stamp', { title: 'entry ' + entry.seq + ', ' + Math.round(entry.at) + ' ms after the history began' }, '#' + entry.seq);
}

function lifelines(parties) {
  return parties.map((_, i) => {
    const line = h('span.lifeline', {});
    line.style.setProperty('--at', String((i + 0.5) / parties.length));
    return line;
  });
}

function saying(entry) {
  switch (entry.kind) {
    case 'fault-applied': return 'ϟ fault ' + entry.fault + ' applied on ' + entry.on;
    case 'fault-met': return 'ϟ fault ' + entry.fault + ' met, shown by the ' + entry.by;
    case 'fault-cleared': return 'fault ' + entry.fault + ' cleared';
    case 'step-begun': return entry.does;
    case 'step': return entry.outcome + ': ' + entry.detail + ' (' + Math.round(entry.took) + ' ms)' + (entry.actor ? ' · ' + entry.actor : '')
      + (entry.from === 'previous' ? ' · proven after the scenario before' : entry.from === 'twin' ? ' · proven on a twin' : '');
    case 'target': return (entry.party || 'target') + ' ' + entry.event + ': ' + entry.detail;
    case 'page': return 'the user saw: ' + entry.text;
    case 'told': return 'the client said: ' + entry.text;
    case 'count': return 'counted ' + entry.what + ': ' + entry.count;
    case 'measure': return 'measured ' + entry.what + ': ' + (entry.over ? 'over ' : '') + Math.round(entry.milliseconds) + ' ms' + (entry.declared === undefined ? '' : ', declared ' + entry.declared + ' ms');
    case 'deadline': return 'the harness waited ' + entry.milliseconds + ' ms: ' + entry.what;
    case 'attribution-doubt': return 'attribution in doubt: ' + entry.why;
    default: return null;
  }
}

/** The phases fold; the stimulus is open. Faults that are applied or cleared stand between them. */
function sequence(entries) {
  const parties = partiesOf(entries);
  const heads = h('div.parties', { 'aria-hidden': 'true' }, parties.map((party) => h('span', {}, party)));
  const titles = { 'control-before': 'Control before', stimulus: 'Stimulus', 'control-after': 'Control after' };
  const whole = h('div.sequence', {}, parties.length > 0 ? heads : null);
  let group = null;
  let phase = null;
  for (const entry of entries) {
    const starts = entry.kind === 'step-begun' || (entry.kind === 'step' && entry.phase !== phase) ? entry.phase : null;
    if (starts !== null && (starts !== phase || group === null)) {
      phase = starts;
      group = h('details.phase', { open: phase === 'stimulus' }, h('summary', {}, titles[phase] || phase));
      whole.append(group);
    } else if (entry.kind === 'fault-applied' || entry.kind === 'fault-cleared') group = null;
    const text = saying(entry);
    const shown = entry.kind === 'exchange' ? exchange(parties, entry)
      : text === null ? null
      : h('p.event.' + entry.kind + (entry.outcome ? '.' + entry.outcome : ''), { id: 'seq-' + entry.seq }, stamp(entry), text);
    if (shown !== null) (group || whole).append(shown);
  }
  return whole;
}
`;
