/** What can be written at the cursor: statements where a line begins, names and functions in expressions. */
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion as snippet,
} from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { Report } from './diagnostics';
import { readDocument } from './readDocument';
import type { Declaration, Document } from './syntax';
import {
  explicitIntegrators,
  functions,
  implicitIntegrators,
  solverMethods,
  solverNumbers,
  solverWords,
  statementWords,
} from './words';

export function completeOcp(context: CompletionContext): CompletionResult | null {
  const { state, pos } = context;
  const inside = syntaxTree(state).resolveInner(pos, -1).name;
  if (inside === 'String' || inside === 'Comment' || inside === 'Title' || inside === 'Source') return null;
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  if (!word && !context.explicit) return null;
  const from = word?.from ?? pos;
  const line = state.doc.lineAt(pos);
  const before = state.doc.sliceString(line.from, from).trim();
  const options = optionsAt(state, line.number, before);
  return options.length === 0 ? null : { from, options, validFor: /^\w*$/ };
}

function optionsAt(state: EditorState, lineNumber: number, before: string): readonly Completion[] {
  const document = readDocument(syntaxTree(state), new Report(state.doc.toString()));
  const opening = /^[a-z]+/.exec(before)?.[0] ?? '';
  const section = statementWords.has(opening) ? opening : sectionAbove(state, lineNumber);
  if (before === '') return [...lineStarts(section, document), ...statements];
  // A new name, or a number of steps, is nothing to complete.
  if (before === opening && /^(?:parameter|constant|state|control|let|algebraic|signal|title|source)$/.test(opening))
    return [];
  return [...(wordsIn[section] ?? []), ...named(document, atoms[section] ?? everything), ...functionOptions];
}

/** The section or statement that the line above belongs to. */
function sectionAbove(state: EditorState, lineNumber: number): string {
  for (let number = lineNumber - 1; number >= 1; number--) {
    const opening = /^\s*([a-z]+)(?!\w|\s*:)/.exec(state.doc.line(number).text)?.[1];
    if (opening !== undefined && statementWords.has(opening)) return opening;
  }
  return '';
}

const templates = new Map([
  ['title', 'title "#{name}"'],
  ['source', 'source "#{where it comes from}"'],
  ['parameter', 'parameter #{1:name} = #{2:1} in [#{3:0}, #{4:2}] "#{5:description}"'],
  ['constant', 'constant #{1:name} = #{2:1}'],
  ['state', 'state #{1:name} = #{2:0} "#{3:description}"'],
  ['control', 'control #{1:name} in [#{2:-1}, #{3:1}] "#{4:description}"'],
  ['let', 'let #{1:name} = #{2:1}'],
  ['algebraic', 'algebraic #{1:name} = #{2:0} "#{3:description}"'],
  ['signal', 'signal #{1:name} = #{2:sin(time)} "#{3:description}"'],
  ['solver', 'solver #{1:interior-point}(#{2:tolerance = 1e-8})'],
  ['dynamics', 'dynamics\n  #{}'],
  ['minimize', 'minimize\n  integral #{}'],
  ['minimise', 'minimise\n  integral #{}'],
  ['subject', 'subject to\n  #{}'],
  ['horizon', 'horizon #{1:1} s in #{2:20} steps, rk4'],
  ['guess', 'guess\n  #{}'],
]);

const statements: readonly Completion[] = [...statementWords].map(([label, info]) =>
  snippet(templates.get(label) ?? label, { label: label === 'subject' ? 'subject to' : label, type: 'keyword', info }),
);

const keyword = (label: string, detail: string, template = label): Completion =>
  snippet(template, { label, detail, type: 'keyword', boost: 1 });

const costWords = [
  keyword('integral', 'times the step, over all stages'),
  keyword('sum', 'over all stages'),
  keyword('terminal', 'at the end'),
];
const scopeWords = [
  keyword('at end', 'only at the last stage', 'at end: #{}'),
  keyword('at start', 'only at stage 0', 'at start: #{}'),
  keyword('on', 'on some stages', 'on #{1:1}..#{2:N-1}: #{3}'),
];
const forWord = keyword('for', 'repeats a line', 'for #{1:i} in 1..#{2:n}: #{3}');
const softWord = keyword('soft', 'may be violated, at a price', 'soft(l1 = #{1:10}, l2 = #{2:100})');

/** Words that may come inside a line. */
const wordsIn: Readonly<Record<string, readonly Completion[]>> = {
  parameter: [
    keyword('in', 'range of its slider', 'in [#{1:0}, #{2:2}]'),
    keyword('at stages', 'one value for each stage', 'at stages = #{1:0}'),
  ],
  control: [keyword('in', 'its bounds', 'in [#{1:-1}, #{2:1}]')],
  state: [keyword('free', 'the optimiser chooses the initial value')],
  horizon: [
    keyword('in', 'number of steps', 'in #{1:20} steps'),
    keyword('steps', ''),
    ...explicitIntegrators.map((name) => keyword(name, 'explicit Runge-Kutta method')),
    ...implicitIntegrators.map((name) => keyword(name, 'implicit Runge-Kutta method', `${name} #{1:2}`)),
    keyword('grid', 'relative lengths of the steps', 'grid #{1:1.1^stage}'),
    keyword('integrated cost', 'integrals along with the dynamics'),
  ],
  solver: [
    ...solverMethods.map((name) => keyword(name, 'method')),
    ...[...solverWords].map(([name, values]) => keyword(name, values.join(', '), `${name} = #{1:${values[0]}}`)),
    ...[...solverWords.values()].flat().map((word) => keyword(word, '')),
    ...[...solverNumbers.keys()].map((name) => keyword(name, 'number', `${name} = #{1}`)),
  ],
  subject: [softWord, ...scopeWords],
  guess: [keyword('from', 'along a line', 'from #{1:0} to #{2:1}'), keyword('to', '')],
};

type Kind = Declaration['kind'];
const fixed: readonly Kind[] = ['parameter', 'constant', 'let'];
const everything: readonly Kind[] = [...fixed, 'signal', 'state', 'control', 'algebraic'];

/** Names that may come inside a line, where not all may. */
const atoms: Readonly<Record<string, readonly Kind[]>> = {
  parameter: ['parameter', 'constant'],
  constant: ['constant'],
  state: fixed,
  control: fixed,
  horizon: fixed,
  signal: [...fixed, 'signal'],
  algebraic: fixed,
  solver: ['constant'],
  guess: everything,
};

/** What a line of a section can begin with. */
function lineStarts(section: string, document: Document): readonly Completion[] {
  switch (section) {
    case 'dynamics': {
      const mark = document.equations.some((equation) => equation.mark === 'discrete') ? '+' : "'";
      const starts = named(document, ['state']).map((option) => ({
        ...option,
        apply: `${option.label}${mark} = `,
        boost: 1,
      }));
      return [...starts, forWord];
    }
    case 'minimize':
    case 'minimise':
      return costWords;
    case 'subject':
      return [...scopeWords, forWord, ...named(document, everything), ...functionOptions];
    case 'guess':
      return named(document, ['state', 'control', 'algebraic']);
    default:
      return [];
  }
}

function named({ declarations }: Document, kinds: readonly Kind[]): Completion[] {
  return declarations
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, target, description }) => ({
      label: target.name,
      detail: description === '' ? kind : description,
      type: kind === 'parameter' || kind === 'constant' ? 'constant' : 'variable',
      boost: 2,
    }));
}

const functionOptions: readonly Completion[] = [
  ...[...functions].map(([label, { signature, description }]) => ({
    ...snippet(`${label}(#{})`, { label, type: 'function' }),
    detail: signature.slice(label.length),
    info: description,
  })),
  { label: 'pi', type: 'constant', detail: '3.14159…' },
  { label: 'time', type: 'constant', detail: 'at the stage' },
  { label: 'stage', type: 'constant', detail: '0..N' },
];
