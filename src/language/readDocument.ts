/** From the syntax tree of the parser to statements as plain data; what has the wrong form is reported. */
import type { SyntaxNode, Tree } from '@lezer/common';
import type { Report, Span } from './diagnostics';
import type { Binding, Expression, Name } from './expressionSyntax';
import { expressionNodes, readExpression, readIndices } from './readExpression';
import { repeatedLines } from './readFamilies';
import type {
  Comparison,
  ConstraintSyntax,
  CostSyntax,
  Declaration,
  Document,
  Element,
  EquationSyntax,
  GuessSyntax,
  HorizonSyntax,
  IntegratorSyntax,
  Path,
  Quoted,
  Range,
  ScopeSyntax,
  SolverSyntax,
  Target,
} from './syntax';

export function readDocument(tree: Tree, report: Report): Document {
  return new Reader(report).document(tree.topNode);
}

const spanOf = (node: SyntaxNode): Span => ({ from: node.from, to: node.to });

class Reader {
  constructor(private readonly report: Report) {}

  document(top: SyntaxNode): Document {
    let title: Quoted | null = null;
    let source: Quoted | null = null;
    let horizon: HorizonSyntax | null = null;
    let solver: SolverSyntax | null = null;
    const declarations: Declaration[] = [];
    const equations: EquationSyntax[] = [];
    const costs: CostSyntax[] = [];
    const constraints: ConstraintSyntax[] = [];
    const guesses: GuessSyntax[] = [];
    const sections = new Map<string, Span>();

    for (let node = top.firstChild; node; node = node.nextSibling) {
      const opening = node.firstChild;
      if (opening) sections.set(node.name, spanOf(opening));
      switch (node.name) {
        case 'Title':
          title = this.once(title, this.quoted(node), 'the title');
          break;
        case 'Source':
          source = this.once(source, this.quoted(node), 'the source');
          break;
        case 'Horizon':
          horizon = this.once(horizon, this.horizon(node), 'the horizon');
          break;
        case 'Solver':
          solver = this.once(solver, this.solver(node), 'the solver');
          break;
        case 'Parameter':
        case 'Constant':
        case 'Let':
        case 'State':
        case 'Control':
        case 'Algebraic':
        case 'Signal': {
          const declaration = this.declaration(node);
          if (declaration) declarations.push(declaration);
          break;
        }
        case 'Dynamics':
          for (const { line, bindings } of repeatedLines(node, 'Equation', this.report)) {
            equations.push(...this.equation(line, bindings));
          }
          break;
        case 'Minimize':
          for (const line of node.getChildren('Cost')) costs.push(...this.cost(line));
          break;
        case 'SubjectTo':
          for (const { line, bindings } of repeatedLines(node, 'Constraint', this.report)) {
            constraints.push(this.constraint(line, bindings));
          }
          break;
        case 'Guess':
          for (const line of node.getChildren('Guessed')) guesses.push(...this.guessed(line));
          break;
      }
    }
    return { title, source, declarations, equations, costs, constraints, horizon, solver, guesses, sections };
  }

  private once<T extends Span>(before: T | null, now: T | null, what: string): T | null {
    if (before && now) this.report.error(now, `${what} is given twice`);
    return before ?? now;
  }

  private text(node: SyntaxNode): string {
    return this.report.text.slice(node.from, node.to);
  }

  private name(node: SyntaxNode | null | undefined): Name | null {
    return node ? { name: this.text(node), ...spanOf(node) } : null;
  }

  private quoted(node: SyntaxNode): Quoted | null {
    const child = node.getChild('String');
    if (!child) return null;
    const text = this.text(child);
    const closed = text.length > 1 && text.endsWith('"');
    if (!closed) this.report.error(spanOf(child), 'the closing quotation mark is missing');
    return { text: text.slice(1, closed ? -1 : undefined), ...spanOf(child) };
  }

  private expression(node: SyntaxNode | null | undefined): Expression | null {
    return readExpression(node, this.report);
  }

  private target(node: SyntaxNode | null): Target | null {
    const name = this.name(node?.getChild('Name'));
    const shape = node?.getChild('Shape');
    const sizes = shape ? expressionNodes(shape).map((size) => this.expression(size)) : [];
    return name && { ...name, sizes: sizes.filter((size) => size !== null) };
  }

  private element(node: SyntaxNode | null): Element | null {
    const name = this.name(node?.getChild('Name'));
    if (!node || !name) return null;
    const indices = node.getChild('[') ? readIndices(node, this.report) : [];
    return indices && { ...name, indices, whole: spanOf(node) };
  }

  private declaration(node: SyntaxNode): Declaration | null {
    const target = this.target(node.getChild('Definition'));
    if (!target) return null;
    const span = spanOf(node);
    const description = this.quoted(node)?.text ?? '';
    const value = this.expression(expressionNodes(node)[0]);
    const common = { target, description, ...span };
    switch (node.name) {
      case 'Parameter':
        return {
          kind: 'parameter',
          value,
          range: this.range(node),
          atStages: node.getChild('AtStages') !== null,
          ...common,
        };
      case 'Constant':
        return { kind: 'constant', value, ...common };
      case 'Let':
        return { kind: 'let', value, ...common };
      case 'Signal':
        return { kind: 'signal', value, ...common };
      case 'Algebraic':
        return {
          kind: 'algebraic',
          guess: this.inlineGuess(node) ?? (value && { start: value, end: value }),
          ...common,
        };
      case 'Control':
        return { kind: 'control', range: this.range(node), guess: this.inlineGuess(node), ...common };
      default: {
        const free = node.getChild('free') !== null;
        const range = node.getChild('Range');
        if (range) {
          const hint = `write \`-1 <= ${target.name} <= 1\` under \`subject to\``;
          this.report.error(spanOf(range), 'a state has no range of its own', hint);
        } else if (!free && !node.getChild('=')) {
          const hint = `write \`state ${target.name} = 0\`, or \`state ${target.name} free\` to leave it to the optimiser`;
          this.report.error(target, `the initial value of \`${target.name}\` is missing`, hint);
        }
        return { kind: 'state', initial: free ? 'free' : value, guess: this.inlineGuess(node), ...common };
      }
    }
  }

  private range(node: SyntaxNode): Range | null {
    const range = node.getChild('Range');
    if (!range) return null;
    const side = (name: string) => this.expression(range.getChild(name)?.firstChild);
    return { lower: side('Lower'), upper: side('Upper'), ...spanOf(range) };
  }

  private inlineGuess(node: SyntaxNode): Path | null {
    const guess = node.getChild('InlineGuess');
    return guess && this.path(guess);
  }

  private path(node: SyntaxNode): Path | null {
    const path = node.getChild('Path');
    const [first, last] = expressionNodes(path ?? node);
    const start = this.expression(first);
    const end = path ? this.expression(last) : start;
    return start && end && { start, end };
  }

  private equation(node: SyntaxNode, bindings: readonly Binding[]): EquationSyntax[] {
    const value = this.expression(expressionNodes(node)[0]);
    const zero = node.getChild('Zero');
    if (zero) {
      const written = this.text(zero);
      if (Number(written) !== 0) {
        const message = `an equation begins with a derivative, or with \`0 =\`, but \`${written}\` stands here`;
        this.report.error(spanOf(zero), message, 'bring everything to the right: `0 = …`');
      }
      return [{ target: null, mark: null, value, bindings, ...spanOf(node) }];
    }
    const target = this.element(node.getChild('Target'));
    if (!target) return [];
    const mark = node.getChild('Prime') ? 'continuous' : node.getChild('Plus') ? 'discrete' : null;
    return [{ target, mark, value, bindings, ...spanOf(node) }];
  }

  private cost(node: SyntaxNode): CostSyntax[] {
    const kind = (['integral', 'sum', 'terminal'] as const).find((name) => node.getChild(name));
    if (!kind) return [];
    return [{ kind, value: this.expression(expressionNodes(node)[0]), ...spanOf(node) }];
  }

  private constraint(node: SyntaxNode, bindings: readonly Binding[]): ConstraintSyntax {
    const comparisons: (Span & { relation: Comparison })[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'Compare' || child.name === '=') {
        comparisons.push({ relation: this.relation(child), ...spanOf(child) });
      }
    }
    const operands = expressionNodes(node).map((child) => this.expression(child));
    return {
      label: this.name(node.getChild('Label')),
      scope: this.scope(node.getChild('Scope')),
      operands: operands.includes(null) ? [] : (operands as Expression[]),
      comparisons,
      soft: this.soft(node.getChild('Soft')),
      bindings,
      ...spanOf(node),
    };
  }

  private relation(node: SyntaxNode): Comparison {
    const written = this.text(node);
    const meant = { '=': '==', '<': '<=', '>': '>=', '=<': '<=', '=>': '>=' }[written];
    if (meant === undefined) return written as Comparison;
    const message =
      written === '=' ? 'an equality constraint is written `==`' : `\`${written}\` is written \`${meant}\``;
    this.report.error(spanOf(node), message, `write \`${meant}\``);
    return meant as Comparison;
  }

  private scope(node: SyntaxNode | null): ScopeSyntax | null {
    if (!node) return null;
    const span = { from: node.from, to: node.getChild(':')?.from ?? node.to };
    if (node.getChild('start')) return { kind: 'start', ...span };
    if (node.getChild('end')) return { kind: 'end', ...span };
    const [first, last] = expressionNodes(node).map((child) => this.expression(child));
    const end = node.getChild('..') ? last : first;
    return first && end ? { kind: 'stages', first, last: end, ...span } : null;
  }

  private soft(node: SyntaxNode | null): ConstraintSyntax['soft'] {
    if (!node) return null;
    const penalties = node.getChildren('Penalty').flatMap((child) => {
      const [name, expression] = expressionNodes(child);
      const target = this.name(name);
      const value = this.expression(expression);
      return target && value ? [{ ...target, value }] : [];
    });
    return { penalties, ...spanOf(node) };
  }

  private horizon(node: SyntaxNode): HorizonSyntax {
    const [first, second] = expressionNodes(node);
    const timed = node.getChild('in') !== null;
    const unit = node.getChild('Unit');
    return {
      duration: timed ? this.expression(first) : null,
      unit: unit ? this.text(unit) : '',
      steps: this.expression(timed ? second : first),
      integrator: this.single(node, 'Integrator', (item) => this.integrator(item)),
      grid: this.single(node, 'Grid', (item) => this.expression(expressionNodes(item)[0])),
      integrated: this.single(node, 'Integrated', (item) => this.integrated(item)) ?? false,
      ...spanOf(node),
    };
  }

  /** The one item of this kind in the list of the horizon. */
  private single<T>(node: SyntaxNode, kind: string, read: (item: SyntaxNode) => T): T | null {
    const [item, ...more] = node.getChildren(kind);
    for (const again of more) this.report.error(spanOf(again), 'this is given twice in the horizon');
    return item ? read(item) : null;
  }

  private integrated(node: SyntaxNode): boolean {
    const what = node.getChild('Name');
    if (!what || this.text(what) === 'cost') return true;
    const message = `\`${this.text(what)}\` cannot be integrated with the dynamics`;
    this.report.error(spanOf(what), message, 'write `integrated cost`');
    return false;
  }

  private solver(node: SyntaxNode): SolverSyntax | null {
    const words = node.getChild('Method');
    if (!words) return null;
    const options = node.getChildren('Option').flatMap((child) => {
      const [name, expression] = expressionNodes(child);
      const target = this.name(name);
      const value = this.expression(expression);
      return target && value ? [{ ...target, value }] : [];
    });
    return { method: this.hyphenated(words), options, ...spanOf(node) };
  }

  /** Words that are written with hyphens between them. */
  private hyphenated(node: SyntaxNode): Name {
    const words = node.getChildren('Name').map((word) => this.text(word));
    return { name: words.join('-'), ...spanOf(node) };
  }

  private integrator(node: SyntaxNode | null): IntegratorSyntax | null {
    const words = node?.getChild('IntegratorName');
    if (!node || !words) return null;
    const name = this.hyphenated(words);
    const times = node.getChild('Name');
    if (times && this.text(times) !== 'x') {
      const hint = `write \`${name.name} x 2\` for two steps of the integrator in each step of the horizon`;
      this.report.error(spanOf(times), `\`${this.text(times)}\` is not expected here`, hint);
    }
    const count = (child: string) => {
      const written = node.getChild(child);
      return written && { value: Number(this.text(written)), ...spanOf(written) };
    };
    return { ...name, stages: count('Stages'), substeps: count('Substeps') };
  }

  private guessed(node: SyntaxNode): GuessSyntax[] {
    const target = this.element(node.getChild('Target'));
    return target ? [{ target, path: this.path(node), ...spanOf(node) }] : [];
  }
}
