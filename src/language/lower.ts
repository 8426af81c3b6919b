/** From the syntax of an expression to a node of the graph, with names looked up in the light of where it stands. */
import type { Graph, Node } from '../expression';
import type { Report } from './diagnostics';
import {
  bothUses,
  type Entity,
  kindInWords,
  type Lowered,
  type Names,
  stateUsed,
  type Uses,
  usesNothing,
} from './names';
import type { Expression, Name, Operation } from './syntax';
import { functions } from './words';

/** Where an expression stands, and what it may depend on there. */
export interface Place {
  /** As the subject of a sentence, such as "the terminal cost". */
  readonly name: string;
  /** `values`: the declared values of parameters, as numbers. */
  readonly parameters: 'symbols' | 'values' | 'none';
  readonly lets: boolean;
  readonly states: boolean;
  readonly controls: boolean;
  /** Value of `N`, where it has one. */
  readonly steps?: number;
}

const numeric = { lets: false, states: false, controls: false };

export const places = {
  constant: { name: 'a constant', parameters: 'none', ...numeric },
  value: { name: 'the value of a parameter', parameters: 'values', ...numeric },
  let: { name: 'a let', parameters: 'symbols', lets: true, states: true, controls: true },
  terminal: { name: 'the terminal cost', parameters: 'symbols', lets: true, states: true, controls: false },
} as const satisfies Record<string, Place>;

/** A place that sees states and controls of one stage. */
export const stagePlace = (name: string): Place => ({ ...places.let, name });

/** A place for what is the same at every stage: an initial value, a bound, a weight. */
export const fixedPlace = (name: string): Place => ({ ...places.let, name, states: false, controls: false });

/** A place for stage numbers. */
export const stageNumberPlace = (steps: number): Place => ({ ...places.constant, name: 'a stage number', steps });

export class Lowering {
  constructor(
    readonly graph: Graph,
    private readonly names: Names,
    private readonly report: Report,
  ) {}

  /** Null where the expression has a mistake, which is then reported. */
  lower(expression: Expression | null, place: Place): Lowered | null {
    if (expression === null) return null;
    switch (expression.kind) {
      case 'number':
        return { node: this.graph.constant(expression.value), uses: usesNothing };
      case 'name':
        return this.name(expression, place);
      case 'call':
        return this.call(expression, place);
      default:
        return this.operation(expression, place);
    }
  }

  private operation(expression: Operation, place: Place): Lowered | null {
    const { graph } = this;
    switch (expression.kind) {
      case 'negation':
        return this.fold(expression, [expression.operand], place, (_, a) => graph.neg(a));
      case 'power':
        return this.fold(expression, [expression.base, expression.exponent], place, (base, a) =>
          base === null ? a : graph.pow(base, a),
        );
      case 'sum':
        return this.fold(
          expression,
          expression.terms.map(({ value }) => value),
          place,
          (total, a, i) =>
            total === null ? a : expression.terms[i]?.negative ? graph.sub(total, a) : graph.add(total, a),
        );
      case 'product':
        return this.fold(
          expression,
          expression.factors.map(({ value }) => value),
          place,
          (total, a, i) =>
            total === null ? a : expression.factors[i]?.inverse ? graph.div(total, a) : graph.mul(total, a),
        );
    }
  }

  /** Lowers the operands and joins them from left to right; the operand so far is null at the first. */
  private fold(
    whole: Expression,
    operands: readonly Expression[],
    place: Place,
    join: (soFar: Node | null, operand: Node, index: number) => Node,
  ): Lowered | null {
    const lowered = operands.map((operand) => this.lower(operand, place));
    let node: Node | null = null;
    let uses: Uses = usesNothing;
    for (const [index, operand] of lowered.entries()) {
      if (operand === null) return null;
      const numbers = this.graph.isConstant(operand.node) && (node === null || this.graph.isConstant(node));
      node = join(node, operand.node, index);
      uses = bothUses(uses, operand.uses);
      if (numbers && !this.graph.isConstant(node)) {
        this.report.error(
          whole,
          'this has no finite value',
          'look for a division by zero, or a root or logarithm of a negative number',
        );
        return null;
      }
    }
    return node === null ? null : { node, uses };
  }

  private call(expression: Expression & { kind: 'call' }, place: Place): Lowered | null {
    const { name, arguments: values } = expression;
    const known = functions.get(name);
    if (!known) {
      this.reportNoFunction(expression);
      return null;
    }
    const { least, most, signature, operation } = known;
    if (values.length < least || values.length > most) {
      const wanted = most === 1 ? 'one argument' : most === least ? `${least} arguments` : `${least} or more arguments`;
      const given = values.length === 0 ? 'none is' : values.length === 1 ? 'one is' : `${values.length} are`;
      this.report.error(expression, `\`${name}\` takes ${wanted}, but ${given} given`, `write \`${signature}\``);
      return null;
    }
    return this.fold(expression, values, place, (soFar, a) => {
      if ('unary' in operation) return this.graph.unary(operation.unary, a);
      return soFar === null ? a : this.graph.binary(operation.binary, soFar, a);
    });
  }

  private reportNoFunction({ name, from }: Expression & { kind: 'call' }): void {
    const span = { from, to: from + name.length };
    const entity = this.names.get(name);
    if (entity) {
      entity.used = true;
      this.report.error(
        span,
        `\`${name}\` is ${kindInWords(entity.kind)}, not a function`,
        `write \`${name}*(…)\` if a product is meant`,
      );
    } else this.names.reportUnknown(span, name, 'function');
  }

  private name(expression: Expression & Name, place: Place): Lowered | null {
    const { name } = expression;
    if (name === 'N' && place.steps !== undefined) return { node: this.graph.constant(place.steps), uses: usesNothing };
    if (name === 'pi') return { node: this.graph.constant(Math.PI), uses: usesNothing };
    if (name === 'inf') {
      this.report.error(expression, '`inf` can only be a whole bound', 'such as in `control u in [0, inf]`');
      return null;
    }
    if (functions.has(name)) {
      const hint = `write \`${functions.get(name)?.signature}\``;
      this.report.error(expression, `the function \`${name}\` stands here without an argument`, hint);
      return null;
    }
    const entity = this.names.get(name);
    if (!entity) {
      this.names.reportUnknown(expression, name, 'value');
      return null;
    }
    entity.used = true;
    return this.entity(expression, entity, place);
  }

  private entity(span: Name, entity: Entity, place: Place): Lowered | null {
    const refused = this.refusal(span.name, entity, place);
    if (refused) {
      this.report.error(span, refused.message, refused.hint);
      return null;
    }
    if (entity.kind !== 'parameter' || place.parameters !== 'values') return entity.lowered;
    if (entity.value !== null) return { node: this.graph.constant(entity.value), uses: usesNothing };
    if (entity.declaration.from > span.from) {
      const message = `the parameter \`${span.name}\` is declared only further down`;
      this.report.error(span, message, 'the value of a parameter may use the parameters above it');
    }
    return null;
  }

  /** Why the name may not stand in this place; null: it may. */
  private refusal(name: string, entity: Entity, place: Place): { message: string; hint?: string } | null {
    const uses = entity.lowered?.uses ?? usesNothing;
    const through = entity.kind === 'let' ? `\`${name}\` uses` : null;
    if (entity.kind === 'control' || (!place.controls && uses.control !== null)) {
      if (place.controls) return null;
      const what = through ? `${through} the control \`${uses.control}\`` : `\`${name}\` is a control`;
      const why = place.states ? 'there is no control at the end' : `${place.name} can depend only on parameters`;
      return { message: `${what}, but ${why}` };
    }
    if (entity.kind === 'state' || (!place.states && stateUsed(uses) !== null)) {
      if (place.states) return null;
      const what = through ? `${through} the state \`${stateUsed(uses)}\`` : `\`${name}\` is a state`;
      return { message: `${what}, but ${place.name} can depend only on ${allowed(place)}` };
    }
    if (entity.kind === 'parameter' && place.parameters === 'none') {
      const hint = place.steps === undefined ? 'use `let` for expressions in parameters' : undefined;
      const message = `\`${name}\` is a parameter, but ${place.name} can depend only on ${allowed(place)}`;
      return hint === undefined ? { message } : { message, hint };
    }
    if (entity.kind === 'let' && !place.lets) {
      return { message: `\`${name}\` is a let, but ${place.name} can depend only on ${allowed(place)}` };
    }
    return null;
  }
}

function allowed(place: Place): string {
  if (place.steps !== undefined) return 'numbers, constants and `N`';
  if (place.parameters === 'none') return 'numbers and other constants';
  if (place.parameters === 'values') return 'numbers, constants and the parameters above it';
  return 'parameters';
}
