/** The second view: one scenario on one target, from the verdict down to the bytes. */
export const detailScript = String.raw`
function requirement(id) {
  const r = data.requirements[id];
  if (!r) return h('span', {}, id);
  const tags = [r.level, ...(r.cwe || []), ...(r.asvs || []).map((n) => 'ASVS ' + n)].join(' · ');
  return h('span.requirement', {}, h('q', {}, r.quote), ' ', link(r.href, r.section), h('small', {}, ' ' + tags));
}

function evidence(seqs) {
  return seqs.map((seq) => h('button.evidence', { type: 'button', title: 'Show entry ' + seq, onclick: () => reveal(seq) }, '#' + seq));
}

function reveal(seq) {
  const entry = document.getElementById('seq-' + seq);
  if (!entry) return;
  for (let fold = entry; fold; fold = fold.parentElement) if (fold.tagName === 'DETAILS') fold.open = true;
  entry.scrollIntoView({ block: 'center' });
  entry.classList.add('pointed');
  setTimeout(() => entry.classList.remove('pointed'), 2000);
}

function finding(f) {
  return h('article.finding.' + f.value, {}, h('h3', {}, badge(f.value), ' ' + f.property + ' ', h('code', {}, f.oracle)),
    h('dl', {}, h('dt', {}, 'observed'), h('dd', {}, f.observed, ' ', evidence(f.evidence)), h('dt', {}, 'expected'), h('dd', {}, f.expected, f.held ? ' (held: ' + f.held + ')' : ''),
      h('dt', {}, 'required'), h('dd', {}, requirement(f.requirement))));
}

function folded(how, list) {
  if (list.length === 0) return null;
  return h('details.folded', {}, h('summary', {}, list.length + (list.length === 1 ? ' finding ' : ' findings ') + how), list.map(finding));
}

function gates(list) {
  return h('ul.gates', {}, list.map((gate) => h('li', {}, badge(gate.open ? 'pass' : 'warn', true), h('strong', {}, ' ' + gate.id + ' '), gate.because)));
}

function graded({ audience, grade, text, misleading }) {
  return h('div.graded', {}, h('h3', {}, 'The ' + audience + ' was told ', h('span.grade.' + grade, {}, grade)),
    text ? h('pre', { tabindex: 0 }, text) : h('p.none', {}, 'nothing that names a cause'),
    misleading ? h('p.error', {}, 'This points at another cause: ' + misleading) : null);
}

/** The line with the words that earned the grade marked, wherever it holds them. */
function marked(line, words) {
  if (!words) return [line];
  if (words.includes(line) && line.trim() !== '') return [h('mark', {}, line)];
  const pieces = line.split(words);
  return pieces.flatMap((piece, i) => i === 0 ? [piece] : [h('mark', {}, words), piece]);
}

function log(entries, words) {
  const lines = entries.filter((e) => e.kind === 'log');
  if (lines.length === 0) return h('p.none', {}, 'The target logged nothing.');
  return h('ol.log', {}, lines.map((e) => h('li', { id: 'seq-' + e.seq }, stamp(e), h('small', {}, e.party ? e.party + ' ' + e.stream : e.stream), h('code', {}, marked(e.line, words)))));
}

/** A JSON object a member a line; members that the control's token has otherwise are marked. */
function members(part, other) {
  const plain = typeof part === 'object' && part !== null && !Array.isArray(part);
  if (!plain) return h('pre', {}, JSON.stringify(part, null, 2));
  const differs = (key) => other && JSON.stringify(other[key]) !== JSON.stringify(part[key]);
  const gone = other ? Object.keys(other).filter((key) => !(key in part)) : [];
  return h('pre', { tabindex: 0 }, Object.entries(part).map(([key, value]) => {
    const text = JSON.stringify(key) + ': ' + JSON.stringify(value) + '\n';
    return differs(key) ? h('mark', {}, text) : text;
  }), gone.map((key) => h('del', {}, JSON.stringify(key) + '\n')));
}

function tokens(entries, card) {
  const list = entries.filter((e) => e.kind === 'token');
  const ofControl = (e) => e.ref.startsWith('control');
  const readable = list.filter((e) => e.payload && typeof e.payload === 'object');
  // A control before may have been another scenario's; then the control after minted the token to compare with.
  const control = readable.find(ofControl) || readable[0];
  const latest = list.slice().reverse();
  const shown = latest.filter((e) => !ofControl(e)).concat(latest.filter(ofControl));
  const changed = card.faults.map((f) => h('li', {}, h('code', {}, f.id), ' on ' + f.on + ': ' + f.summary));
  return [changed.length > 0 ? h('ul.faults', {}, changed) : null,
    shown.map((e, i) => {
      const other = control && control !== e ? control : null;
      const parts = [h('div', {}, h('h4', {}, 'header'), members(e.header === undefined ? null : e.header, other && other.header)),
        h('div', {}, h('h4', {}, 'payload'), members(e.payload === undefined ? null : e.payload, other && other.payload))];
      return h('details.token', { id: 'seq-' + e.seq, open: i === 0 }, h('summary', {}, stamp(e), e.ref, h('small', {}, ' ' + e.digest + (other ? ' · what differs from ' + other.ref + ' is marked' : ''))), h('div.columns', {}, parts));
    }), list.length === 0 ? h('p.none', {}, 'No token was recorded.') : null];
}

function steps(row) {
  const rows = listed();
  const at = rows.indexOf(row);
  const to = (other, text) => other ? h('a', { href: anchor(other) }, text) : null;
  return h('nav', { 'aria-label': 'Scenarios' }, h('a', { href: '#' }, '← All verdicts'), to(rows[at - 1], 'Previous'), at < 0 ? null : to(rows[at + 1], 'Next'));
}

function detail(row) {
  const d = JSON.parse(document.getElementById('detail-' + data.rows.indexOf(row)).textContent);
  const card = cards.get(row.scenario) || { summary: '', remedy: '', stimulus: [], faults: [], cause: '', needs: [] };
  const ordered = d.findings.slice().sort((a, b) => values.indexOf(a.value) - values.indexOf(b.value));
  const open = ordered.filter((f) => f.value === 'inconclusive' && row.value !== 'inconclusive');
  const loud = ordered.filter((f) => f.value !== 'pass' && f.value !== 'not-applicable' && !open.includes(f));
  const quiet = ordered.filter((f) => !loud.includes(f) && !open.includes(f));
  page.replaceChildren(h('header', {}, steps(row),
      h('h1', { tabindex: -1, id: 'scenario' }, row.scenario, h('span.where', {}, ' on ' + row.target)),
      h('p.verdict', {}, badge(row.value), ' ', marks(row.properties), ' ', h('span', {}, d.because)),
      h('p', {}, card.summary),
      card.stimulus.length > 0 ? h('p.facts', {}, 'done: ' + card.stimulus.join(', then ')) : null,
      h('p.facts', {}, [card.cause, card.isolation, 'expected to ' + card.expected, duration(d.milliseconds), d.instance].filter(Boolean).join(' · '))),
    h('main', {},
      loud.length > 0 ? section('What went wrong', loud.map(finding), folded('could not be judged', open), card.remedy ? h('p.remedy', {}, h('strong', {}, 'How to fix it: '), card.remedy) : null) : null,
      section('What happened', d.dropped > 0 ? h('p.facts', {}, d.dropped + ' entries are left out here; the run\'s record has them all.') : null, sequence(d.entries)),
      d.diagnosis.length > 0 ? section('Diagnosis', h('div.columns', {}, d.diagnosis.map(graded))) : null,
      section('Log', log(d.entries, (d.diagnosis.find((told) => told.audience === 'operator') || {}).text)),
      section('What was changed, and the tokens', tokens(d.entries, card)),
      section('Gates', gates(d.gates)),
      quiet.length > 0 ? section('What held', folded('held', quiet)) : null,
      section('Again', copyable(d.replay), d.curl ? [h('p.facts', {}, 'By hand: the line above with --hold keeps it broken and prints CA and TOKEN for'), copyable(d.curl)] : null)));
  document.title = row.scenario + ' on ' + row.target;
  document.getElementById('scenario').focus({ preventScroll: true });
}
`;
