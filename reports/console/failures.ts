import type { ScenarioCard } from '../../harness/model/event.ts';
import { type FailureKind, kindsOf } from '../failures.ts';
import { glyph } from '../matrix.ts';
import { sectionOf } from '../requirement-line.ts';
import type { RunSoFar } from '../run-so-far.ts';
import { count, oneLine, wrap } from '../text.ts';
import { type Paint, styleOf } from './paint.ts';

/** Where the evidence lies: files as the reader should open them; absent when that report was not asked for. */
export interface EvidenceFiles {
  readonly record?: string;
  readonly html?: string;
  /** A folder. */
  readonly har?: string;
}

const label = 10;

/** How many kinds are shown in full: some three screens. */
const few = 12;

const done = { fail: 'failed', warn: 'warned', note: 'noted' } as const;

/**
 * The kinds of verdict of this value, by target: a heading and four lines each. Without `all`, a few screens of them at
 * most, the same number for each target.
 */
export function failureLines(
  run: RunSoFar,
  value: keyof typeof done,
  files: EvidenceFiles,
  { width, all, paint }: { readonly width: number; readonly all: boolean; readonly paint: Paint },
): string[] {
  const byTarget = kindsOf(run, value);
  const most = all ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(few / byTarget.size));
  const targets = run.started?.targets.map((target) => target.id) ?? [];
  const lines: string[] = [];
  for (const [target, kinds] of byTarget) {
    const scenarios = kinds.reduce((sum, kind) => sum + 1 + kind.others.length, 0);
    const alike = kinds.length < scenarios ? `, of ${count(kinds.length, 'kind')}` : '';
    const number = targets.indexOf(target) + 1;
    lines.push(
      '',
      paint('bold', `${number} ${oneLine(target)}`) + paint('dim', `  ${scenarios} ${done[value]}${alike}`),
    );
    for (const kind of kinds.slice(0, most)) lines.push('', ...kindLines(run, kind, files, width, paint));
    const left = kinds.length - most;
    if (left > 0) {
      const where = files.html === undefined ? '--verbose shows them' : `see ${files.html}, or --verbose`;
      lines.push('', `  … and ${count(left, 'more kind')}: ${where}`);
    }
  }
  return lines;
}

function kindLines(run: RunSoFar, kind: FailureKind, files: EvidenceFiles, width: number, paint: Paint): string[] {
  const { first, findings, others } = kind;
  const { verdict } = first;
  const card = run.cards.get(first.scenario);
  const [main] = findings;
  const style = styleOf[verdict.value];
  const asked = [...new Set(findings.map((f) => f.property))].join(', ');
  const row = (name: string, text: string, most: number) =>
    wrap(oneLine(text, most), Math.max(30, width - label - 4)).map(
      (part, i) => `    ${paint('dim', (i === 0 ? name : '').padEnd(label))}${part}`,
    );

  const did = card === undefined ? first.scenario : didWhat(card);
  const also = findings.slice(1).map((f) => `${f.property}: ${f.finding.observed}`);
  const happened = [main?.finding.observed ?? verdict.because, ...also].join('; ');
  const should =
    main === undefined ? (card?.remedy ?? '') : shouldHave(main.finding.expected, main.finding.requirement);
  const seqs = [...new Set(findings.flatMap((f) => f.finding.evidence))].sort((a, b) => a - b);
  const where = [
    files.record === undefined
      ? undefined
      : `${files.record}${seqs.length > 0 ? ` seq ${seqs.slice(0, 8).join(', ')}` : ''}`,
    files.html === undefined ? undefined : `${files.html}#${first.scenario}@${first.target}`,
    first.replay,
  ].filter((part) => part !== undefined);

  return [
    `  ${paint(style, glyph[verdict.value])} ${paint('bold', oneLine(first.scenario))}${asked === '' ? '' : `  ${paint(style, asked)}`}`,
    ...row('did', did, 400),
    ...row('happened', happened, 300),
    ...row('should', should, 600),
    // Never wrapped: these are to be copied.
    ...where.map((part, i) => `    ${paint('dim', (i === 0 ? 'evidence' : '').padEnd(label))}${oneLine(part)}`),
    ...(others.length > 0 ? row('', `+ ${others.length} alike: ${named(others)}`, 600) : []),
  ];
}

/** The stimulus, and what was broken on the way meanwhile; the flaws of a token stand in the stimulus already. */
function didWhat({ stimulus, faults }: ScenarioCard): string {
  const broken = faults.filter(({ on }) => on !== 'the token').map(({ on, summary }) => `${on}: ${summary}`);
  return [stimulus.join(', then '), ...(broken.length > 0 ? [`while on ${broken.join('; ')}`] : [])].join(', ');
}

function shouldHave(expected: string, requirement: FailureKind['findings'][number]['finding']['requirement']): string {
  return `${expected} — ${requirement.level}: "${requirement.quote}" (${sectionOf(requirement)}, ${requirement.href})`;
}

/** The first few names; the rest as a number. */
function named(ids: readonly string[]): string {
  const few = ids.slice(0, 6).join(', ');
  return ids.length > 6 ? `${few} and ${ids.length - 6} more` : few;
}

/** Why verdicts are inconclusive, each reason once. */
export function inconclusiveLines(run: RunSoFar, width: number, paint: Paint): string[] {
  const open = run.finished.filter(({ verdict }) => verdict.value === 'inconclusive');
  const reasons = Map.groupBy(open, ({ target, verdict }) =>
    JSON.stringify([target, verdict.because.replace(/\d+/g, '#')]),
  );
  return [...reasons.values()].flatMap((alike) => {
    const [first] = alike;
    const gate = first!.verdict.gates.find((g) => !g.open)?.id;
    const text = `${first!.target}: ${first!.verdict.because}${gate === undefined ? '' : ` [${gate}]`} — ${named(alike.map((f) => f.scenario))}`;
    return wrap(oneLine(text, 600), Math.max(30, width - 10)).map(
      (part, i) =>
        `  ${i === 0 ? `${paint(styleOf.inconclusive, '?')} ${`${alike.length} ×`.padStart(4)} ` : '       '}${part}`,
    );
  });
}
