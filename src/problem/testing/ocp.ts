/**
 * Random optimal control problems, written directly as Problem data. Constraints are planted around a random
 * trajectory of the dynamics, so that a point exists that meets them all, strictly where they are inequalities. Every
 * kind of place where a parameter can stand has a parameter of its own.
 */
import fc from 'fast-check';
import { dependsOn, evaluate, Graph, type Node } from '../../expression';
import { real } from '../../expression/testing/numbers';
import { type Constraint, type ExplicitIntegrator, type Guess, noChoice, type Problem } from '../problem';
import { Random } from './random';
import { integrate } from './step';

export interface Recipe {
  readonly seed: number;
  readonly nx: number;
  readonly nu: number;
  readonly N: number;
  readonly dynamics: 'discrete' | ExplicitIntegrator;
  readonly substeps: number;
  /** Linear-quadratic and strictly convex; the same bent a little; with wells and hills that are not convex. */
  readonly shape: 'quadratic' | 'curved' | 'wells';
  readonly initial: 'fixed' | 'free' | 'mixed';
  /** Constraints of each kind; equalities only as many as the controls can meet. */
  readonly inequalities: number;
  readonly soft: number;
  readonly equalities: number;
  /** Equalities are stated twice, in other words. */
  readonly redundant: boolean;
}

/** Where each parameter stands. `idle` only in the guess: nothing depends on it. */
export const places = [
  'stageCost',
  'terminalCost',
  'dynamics',
  'row',
  'bound',
  'equality',
  'softWeight',
  'initial',
  'duration',
  'idle',
] as const;
export type Place = (typeof places)[number];

/** Length of a step where the duration has its nominal value. */
const STEP = 0.3;

type Choices = { readonly [K in keyof Recipe]?: fc.Arbitrary<Recipe[K]> };

/** Recipes of small problems of every kind; `choices` narrows them down. */
export function recipes(choices: Choices = {}): fc.Arbitrary<Recipe> {
  return fc.record({
    seed: choices.seed ?? fc.nat(1e6),
    nx: choices.nx ?? fc.integer({ min: 1, max: 3 }),
    nu: choices.nu ?? fc.integer({ min: 1, max: 2 }),
    N: choices.N ?? fc.integer({ min: 1, max: 5 }),
    dynamics: choices.dynamics ?? fc.constantFrom('discrete', 'rk1', 'rk2', 'rk3', 'rk4'),
    substeps: choices.substeps ?? fc.constantFrom(1, 1, 3),
    shape: choices.shape ?? fc.constantFrom('quadratic', 'curved'),
    initial: choices.initial ?? fc.constantFrom('fixed', 'free', 'mixed'),
    inequalities: choices.inequalities ?? fc.nat(3),
    soft: choices.soft ?? fc.nat(2),
    equalities: choices.equalities ?? fc.nat(2),
    redundant: choices.redundant ?? fc.constant(false),
  });
}

export interface Ocp {
  readonly problem: Problem;
  /** The parameters' values. */
  readonly parameters: Float64Array;
  /** A trajectory that meets all constraints. */
  readonly planted: { readonly x: readonly number[][]; readonly u: readonly number[][] };
}

export function build(recipe: Recipe): Ocp {
  return new Builder(recipe).build();
}

class Builder {
  private readonly random: Random;
  private readonly graph = new Graph({ limit: 2_000_000 });
  private readonly x: readonly Node[];
  private readonly u: readonly Node[];
  private readonly values: readonly number[];
  private readonly symbols: readonly Node[];

  constructor(private readonly recipe: Recipe) {
    this.random = new Random(recipe.seed);
    this.values = places.map(() => this.random.uniform(0.5, 1.5));
    this.symbols = places.map((name) => this.graph.symbol(name));
    this.x = Array.from({ length: recipe.nx }, (_, i) => this.graph.symbol(`x${i}`));
    this.u = Array.from({ length: recipe.nu }, (_, i) => this.graph.symbol(`u${i}`));
  }

  build(): Ocp {
    const { graph, recipe, random } = this;
    const { nx, nu, N } = recipe;
    const isFree = (i: number): boolean => recipe.initial === 'free' || (recipe.initial === 'mixed' && i % 2 === 0);
    const start = random.vector(nx);
    const duration = this.depending(STEP * N, 'duration', 0.1 * N);
    const rhs = recipe.dynamics === 'discrete' ? this.map() : this.slope();
    const planted = this.simulate(rhs, start, 0.3);
    const guesses = (count: number): Guess[] =>
      Array.from({ length: count }, () => ({
        from: this.depending(random.uniform(-0.3, 0.3), 'idle'),
        to: this.constant(random.uniform(-0.3, 0.3)),
      }));
    const problem: Problem = {
      graph,
      title: '',
      source: '',
      parameters: places.map((name, j) => ({
        name,
        symbol: this.symbols[j],
        value: this.values[j],
        range: null,
        description: '',
      })),
      states: this.x.map((symbol, i) => ({
        name: `x${i}`,
        symbol,
        initial: isFree(i) ? null : this.depending(start[i], 'initial'),
        description: '',
      })),
      algebraics: [],
      numbers: [],
      signals: [],
      arrays: [],
      controls: this.u.map((symbol, i) => ({ name: `u${i}`, symbol, description: '' })),
      dynamics: { kind: recipe.dynamics === 'discrete' ? 'discrete' : 'continuous', rhs, algebraic: [] },
      cost: this.cost(),
      constraints: this.constraints(planted, isFree),
      horizon: {
        duration,
        steps: N,
        lengths: null,
        integrator: recipe.dynamics === 'discrete' ? 'rk1' : recipe.dynamics,
        substeps: recipe.substeps,
        quadrature: 'rectangle',
      },
      solver: noChoice,
      guess: { algebraics: [], states: guesses(nx), controls: guesses(nu) },
    };
    return { problem, parameters: Float64Array.from(this.values), planted };
  }

  /** A x + B u and a little that is not linear. */
  private map(): Node[] {
    const { nx, nu } = this.recipe;
    return this.linear(this.random.matrix(nx, nx, 0.9 / Math.sqrt(nx)), this.random.matrix(nx, nu)).map((f) =>
      this.bend(f, 0.2),
    );
  }

  private slope(): Node[] {
    const { nx, nu } = this.recipe;
    return this.linear(this.random.matrix(nx, nx, 1.5 / Math.sqrt(nx)), this.random.matrix(nx, nu, 2)).map((f) =>
      this.bend(f, 0.5),
    );
  }

  private linear(A: number[][], B: number[][]): Node[] {
    const z = [...this.x, ...this.u];
    return A.map((row, i) => {
      const weights = [...row, ...B[i]].map((value, j) =>
        (i + j) % 2 === 0 ? this.depending(value, 'dynamics', 0.3) : this.constant(value),
      );
      return this.graph.sum(weights.map((weight, j) => this.graph.mul(weight, z[j])));
    });
  }

  private bend(f: Node, size: number): Node {
    if (this.recipe.shape === 'quadratic') return f;
    return this.graph.add(
      f,
      this.graph.mul(this.depending(this.random.uniform(-size, size), 'dynamics'), this.curve()),
    );
  }

  /** A bounded or slowly growing function of some of the variables. */
  private curve(variables: readonly Node[] = [...this.x, ...this.u]): Node {
    const { graph, random } = this;
    const a = random.pick(variables);
    const b = random.pick(variables);
    const one = graph.constant(1);
    return random.pick([
      () => graph.unary('sin', graph.add(a, b)),
      () => graph.unary('cos', graph.mul(this.constant(1.5), a)),
      () => graph.unary('tanh', graph.sub(a, b)),
      () => graph.div(a, graph.add(one, graph.square(b))),
      () => graph.unary('exp', graph.neg(graph.square(a))),
      () => graph.mul(a, graph.unary('cos', b)),
      () => graph.unary('sqrt', graph.add(one, graph.square(graph.add(a, b)))),
      () => graph.unary('atan', graph.mul(a, b)),
    ])();
  }

  private cost(): Problem['cost'] {
    const { graph, recipe, x, u } = this;
    const z = [...x, ...u];
    const bent = (cost: Node, variables: readonly Node[]): Node => {
      if (recipe.shape === 'quadratic') return cost;
      if (recipe.shape === 'curved') return graph.add(cost, graph.mul(this.constant(0.1), this.curve(variables)));
      const wells = variables.map((v) => graph.mul(graph.square(v), graph.sub(graph.square(v), graph.constant(2))));
      return graph.sum([cost, graph.mul(this.constant(0.3), graph.sum(wells)), this.curve(variables)]);
    };
    return {
      integral: bent(this.squares(z, 'stageCost', recipe.shape === 'wells' ? 0.05 : 0.5), z),
      sum: this.squares(z, 'stageCost', 0.05),
      terminal: bent(this.squares(x, 'terminalCost', recipe.shape === 'wells' ? 0.05 : 0.5), x),
    };
  }

  /** |M (z - r)|^2 + weight |z|^2. */
  private squares(z: readonly Node[], place: Place, weight: number): Node {
    const { graph, random } = this;
    const away = z.map((variable) => graph.sub(variable, this.depending(random.uniform(), place, 0.5)));
    const rows = random
      .matrix(z.length, z.length, Math.sqrt(weight))
      .map((row) => graph.sum(row.map((value, j) => graph.mul(this.constant(value), away[j]))));
    const convex = graph.sum(z.map((variable) => graph.square(variable)));
    return graph.add(
      graph.mul(this.depending(1, place, 0.2), graph.sum(rows.map((row) => graph.square(row)))),
      graph.mul(this.constant(weight), convex),
    );
  }

  private constraints(planted: Ocp['planted'], isFree: (i: number) => boolean): Constraint[] {
    const { recipe, random } = this;
    const { N, nu } = recipe;
    const made: Constraint[] = [];
    const movable = new Set([...this.u, ...this.x.filter((_, i) => isFree(i))]);
    const add = (isSoft: boolean): void => {
      const withControls = nu > 0 && random.chance(0.5);
      const before = made.length > 0 && random.chance(0.3) ? random.pick(made) : null;
      const expression = before?.expression ?? this.row(withControls);
      // At stage 0 a row must not consist of what is fixed there.
      const first = before?.from ?? (dependsOn(this.graph, expression, movable) ? 0 : 1);
      const last = before?.to ?? (withControls ? N - 1 : N);
      const from = first + random.index(last - first + 1);
      const to = random.chance(0.3) ? from : from + random.index(last - from + 1);
      const along = this.along(expression, planted, from, to);
      const margin = (): number => random.uniform(isSoft ? -0.3 : 0.05, 0.4);
      const sides = random.pick(['lower', 'upper', 'both']);
      const low = Math.min(...along) - margin();
      made.push({
        name: `c${made.length}`,
        expression,
        lower: sides === 'upper' ? null : this.depending(low, 'bound', 0.3),
        upper: sides === 'lower' ? null : this.depending(Math.max(low + 0.1, Math.max(...along) + margin()), 'bound'),
        from,
        to,
        soft: isSoft ? this.softWeights() : null,
      });
    };
    for (let i = 0; i < recipe.inequalities; i++) add(false);
    for (let i = 0; i < recipe.soft; i++) add(true);
    for (let i = 0; i < Math.min(recipe.equalities, Math.floor((N * nu) / 2)); i++)
      made.push(...this.equality(planted, i));
    return made;
  }

  private softWeights(): NonNullable<Constraint['soft']> {
    return {
      l1: this.depending(this.random.uniform(0.2, 3), 'softWeight', 0.1),
      l2: this.depending(this.random.uniform(0.1, 3), 'softWeight', 0.05),
    };
  }

  /** At one stage, no two at the same one. */
  private equality(planted: Ocp['planted'], i: number): Constraint[] {
    const { graph, recipe, random } = this;
    const k = recipe.N - i;
    const expression = this.row(k < recipe.N, true);
    const bound = this.depending(this.along(expression, planted, k, k)[0], 'equality', 0.3);
    const stated: Constraint = { name: `e${i}`, expression, lower: bound, upper: bound, from: k, to: k, soft: null };
    if (!recipe.redundant) {
      if (random.chance(0.8)) return [stated];
      const above = graph.add(bound, this.constant(random.uniform(0.1, 1)));
      return [stated, { ...stated, name: `above${i}`, lower: null, upper: above }];
    }
    const factor = this.constant(random.uniform(1, 3));
    const again = graph.mul(factor, bound);
    return [
      stated,
      { ...stated, name: `again${i}`, expression: graph.mul(factor, expression), lower: again, upper: again },
    ];
  }

  /** A single variable or a combination of several. */
  private row(withControls: boolean, isMixed = false): Node {
    const { graph, random } = this;
    const variables = withControls ? [...this.u, ...this.x] : this.x;
    if (!isMixed && random.chance(0.4)) return withControls ? random.pick(this.u) : random.pick(this.x);
    const sum = graph.sum(
      variables.map((v, j) => {
        const weight = random.pick([-1, 1]) * random.uniform(0.3, 1);
        return graph.mul(j === 0 ? this.depending(weight, 'row', 0.3) : this.constant(weight), v);
      }),
    );
    if (this.recipe.shape === 'quadratic' || random.chance(0.4)) return sum;
    return graph.add(sum, graph.mul(this.constant(random.uniform(-0.2, 0.2)), this.curve(variables)));
  }

  private simulate(rhs: readonly Node[], start: readonly number[], size: number): Ocp['planted'] {
    const { recipe, graph } = this;
    const { nu, N } = recipe;
    const u = Array.from({ length: N }, () => this.random.vector(nu, size));
    const x = [[...start]];
    const length = STEP / recipe.substeps;
    for (let k = 0; k < N; k++) {
      const f = (at: readonly number[]): number[] => evaluate(graph, rhs, this.point(at, u[k]));
      x.push(
        recipe.dynamics === 'discrete' ? f(x[k]) : integrate(real, recipe.dynamics, f, x[k], length, recipe.substeps),
      );
    }
    return { x, u };
  }

  private along(expression: Node, { x, u }: Ocp['planted'], from: number, to: number): number[] {
    return x.slice(from, to + 1).map((at, i) => this.valueOf(expression, at, u[from + i] ?? []));
  }

  private valueOf(node: Node, x: readonly number[], u: readonly number[]): number {
    return evaluate(this.graph, [node], this.point(x, u))[0];
  }

  private point(x: readonly number[], u: readonly number[]): Map<Node, number> {
    const symbols = [...this.symbols, ...this.x.slice(0, x.length), ...this.u.slice(0, u.length)];
    const values = [...this.values, ...x, ...u];
    return new Map(symbols.map((symbol, i) => [symbol, values[i]]));
  }

  private constant(value: number): Node {
    return this.graph.constant(value);
  }

  /** An expression in a parameter, with this value where the parameter has its own. */
  private depending(value: number, place: Place, size = 1): Node {
    const j = places.indexOf(place);
    const slope = size * this.random.uniform(0.3, 1);
    return this.graph.add(
      this.constant(value),
      this.graph.mul(this.constant(slope), this.graph.sub(this.symbols[j], this.constant(this.values[j]))),
    );
  }
}
