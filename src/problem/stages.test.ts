import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type Graph, type Node } from '../expression';
import { discretise, type Problem, type Segment, type Stages } from './index';
import {
  build,
  dense,
  derivatives,
  distance,
  places,
  Random,
  type Recipe,
  recipes,
  secondDerivatives,
  Transcription,
} from './testing';

const runs = { numRuns: 100 };

/** Problems of every kind, with a random point in all their symbols: states, controls, parameters, multipliers. */
function stagesOf(recipe: Recipe): { stages: Stages; point: Map<Node, number>; random: Random } {
  const random = new Random(recipe.seed + 1);
  const stages = discretise(build(recipe).problem);
  const { x, u, parameters, costates, dynamics, segments } = stages;
  const seeds = dynamics.kind === 'map' ? [] : dynamics.seeds;
  const symbols = [...x, ...u, ...costates, ...seeds, ...segments.flatMap((s) => s.rowMultipliers)];
  const point = new Map(symbols.map((symbol) => [symbol, random.uniform()]));
  for (const symbol of parameters) point.set(symbol, random.uniform(0.5, 1.5));
  return { stages, point, random };
}

function values(graph: Graph, nodes: readonly Node[], at: ReadonlyMap<Node, number>): number[] {
  return evaluate(graph, nodes, at);
}

function matrix(
  graph: Graph,
  entries: readonly { readonly row: number; readonly column: number; readonly value: Node }[],
  rows: number,
  columns: number,
  at: ReadonlyMap<Node, number>,
): number[] {
  const numbers = values(
    graph,
    entries.map(({ value }) => value),
    at,
  );
  return dense(entries, numbers, rows, columns).flat();
}

const lowerTriangle = (full: readonly (readonly number[])[]): number[] =>
  full.flatMap((row, i) => row.map((value, j) => (j <= i ? value : 0)));

/** Numbers of the constraints on a segment, sides and equalities alike. */
const constraintsOf = ({ sides, equalities }: Segment): number[] =>
  [...new Set([...sides, ...equalities].map(({ constraint }) => constraint as number))].sort((a, b) => a - b);

/** Value of an expression in parameters, at their declared values. */
const parametric = ({ graph, parameters }: Problem, node: Node): number =>
  evaluate(graph, [node], new Map(parameters.map(({ symbol, value }) => [symbol, value])))[0];

const holding = ({ constraints }: Problem, k: number): number[] =>
  constraints.flatMap(({ from, to }, i) => (from <= k && k <= to ? [i] : []));

describe('segments', () => {
  it('cover the stages once, and stage N stands alone', () => {
    fc.assert(
      fc.property(recipes({ N: fc.integer({ min: 1, max: 8 }) }), (recipe) => {
        const { segments, steps } = discretise(build(recipe).problem);
        expect(segments[0].from).toBe(0);
        segments.slice(1).forEach(({ from }, i) => {
          expect(from).toBe(segments[i].to);
        });
        expect(segments.every(({ from, to }) => from < to)).toBe(true);
        const last = segments[segments.length - 1];
        expect([last.from, last.to]).toEqual([steps, steps + 1]);
        expect(segments.map(({ terminal }) => terminal)).toEqual(segments.map((s) => s === last));
      }),
      runs,
    );
  });

  it('carry at each stage the constraints that hold there, and are as long as these stay the same', () => {
    fc.assert(
      fc.property(recipes({ N: fc.integer({ min: 1, max: 8 }), inequalities: fc.nat(5) }), (recipe) => {
        const { problem } = build(recipe);
        const { segments } = discretise(problem);
        for (const segment of segments)
          for (let k = segment.from; k < segment.to; k++) expect(constraintsOf(segment)).toEqual(holding(problem, k));
        segments.slice(1, -1).forEach((segment, i) => {
          expect(constraintsOf(segment)).not.toEqual(constraintsOf(segments[i]));
        });
      }),
      runs,
    );
  });

  it('have a side for every bound given, an equality where both are one node, and one row per expression', () => {
    fc.assert(
      fc.property(recipes({ equalities: fc.constant(2), redundant: fc.boolean() }), (recipe) => {
        const { problem } = build(recipe);
        for (const { rows, sides, equalities } of discretise(problem).segments) {
          expect(new Set(rows).size).toBe(rows.length);
          const seen = problem.constraints.map(() => 0);
          for (const { row, sign, bound, constraint } of sides) {
            const { expression, lower, upper } = problem.constraints[constraint];
            expect(rows[row]).toBe(expression);
            // Two-sided bounds may have been moved apart: the values count.
            expect(parametric(problem, bound)).toBe(parametric(problem, (sign === 1 ? upper : lower) as Node));
            seen[constraint]++;
          }
          for (const { row, bound, constraint: declared } of equalities) {
            const constraint = declared as number;
            expect(rows[row]).toBe(problem.constraints[constraint].expression);
            expect([bound, bound]).toEqual([
              problem.constraints[constraint].lower,
              problem.constraints[constraint].upper,
            ]);
            seen[constraint] += 2;
          }
          problem.constraints.forEach(({ lower, upper }, i) => {
            if (seen[i] > 0) expect(seen[i]).toBe(Number(lower !== null) + Number(upper !== null));
          });
        }
      }),
      runs,
    );
  });
});

describe('stage functions of random problems', () => {
  it('are those of the problem, the step size included', () => {
    fc.assert(
      fc.property(recipes({ soft: fc.constant(2) }), (recipe) => {
        const { stages, point, random } = stagesOf(recipe);
        const { graph, problem, steps } = stages;
        const parameters = stages.parameters.map((symbol) => point.get(symbol) as number);
        const z = [...stages.x, ...stages.u].map((symbol) => point.get(symbol) as number);
        const transcription = new Transcription(problem);
        for (const segment of stages.segments) {
          const k = segment.from + random.index(segment.to - segment.from);
          const expected = transcription.stage(k, parameters, segment.terminal ? z.slice(0, stages.nx) : z);
          const rowOf = (constraint: number) => expected.rows.find((row) => row.constraint === constraint);
          expect(distance(values(graph, [segment.cost], point), [expected.cost])).toBeLessThan(1e-12);
          for (const { row, sign, bound, soft, constraint } of segment.sides) {
            const numbers = values(graph, [segment.rows[row], bound], point);
            const reference = rowOf(constraint);
            const wanted = sign === 1 ? reference?.upper : reference?.lower;
            expect(distance(numbers, [reference?.value ?? Number.NaN, wanted ?? Number.NaN])).toBeLessThan(1e-12);
            const weights = values(graph, soft ? [soft.l1, soft.l2] : [], point);
            const { l1, l2 } = reference?.soft ?? { l1: 0, l2: 0 };
            expect(distance(weights, soft ? [l1, l2] : [])).toBeLessThan(1e-12);
          }
        }
        const { dynamics } = stages;
        const following = transcription.stage(0, parameters, z).next;
        if (dynamics.kind === 'map')
          expect(distance(values(graph, dynamics.value, point), following)).toBeLessThan(1e-12);
        else {
          const length = values(graph, [problem.horizon.duration], point)[0] / steps / dynamics.substeps;
          const slope = values(graph, problem.dynamics.rhs, point).map((f) => length * f);
          expect(distance(values(graph, dynamics.slope, point), slope)).toBeLessThan(1e-12);
        }
      }),
      runs,
    );
  });

  it('have the gradients, Jacobians and Hessians of complex steps', () => {
    fc.assert(
      fc.property(recipes({ shape: fc.constant('curved') }), (recipe) => {
        const { stages, point } = stagesOf(recipe);
        const { graph, costates, dynamics } = stages;
        for (const segment of stages.segments) {
          const { variables, rows, rowMultipliers } = segment;
          const gradient = values(graph, segment.gradient, point);
          expect(distance(gradient, derivatives(graph, [segment.cost], variables, point)[0])).toBeLessThan(1e-11);

          const rowJacobian = matrix(graph, segment.rowJacobian, rows.length, variables.length, point);
          expect(distance(rowJacobian, derivatives(graph, rows, variables, point).flat())).toBeLessThan(1e-11);

          const terms = [segment.cost, ...rows.map((row, i) => graph.mul(rowMultipliers[i], row))];
          if (dynamics.kind === 'map' && !segment.terminal)
            terms.push(...dynamics.value.map((f, i) => graph.mul(costates[i], f)));
          const lagrangian = values(graph, [graph.sum(terms)], point);
          expect(distance(values(graph, [segment.lagrangian], point), lagrangian)).toBeLessThan(1e-12);

          expect(segment.hessian.every(({ row, column }) => row >= column)).toBe(true);
          const hessian = matrix(graph, segment.hessian, variables.length, variables.length, point);
          const expected = lowerTriangle(secondDerivatives(graph, graph.sum(terms), variables, point));
          expect(distance(hessian, expected)).toBeLessThan(1e-10);
        }
      }),
      runs,
    );
  });

  it('have dynamics whose derivatives are those of complex steps', () => {
    fc.assert(
      fc.property(recipes({ shape: fc.constant('curved'), nx: fc.integer({ min: 1, max: 5 }) }), (recipe) => {
        const { stages, point } = stagesOf(recipe);
        const { graph, dynamics, x, u } = stages;
        const z = [...x, ...u];
        const outputs = dynamics.kind === 'map' ? dynamics.value : dynamics.slope;
        const jacobian = derivatives(graph, outputs, z, point);
        expect(distance(matrix(graph, dynamics.jacobian, x.length, z.length, point), jacobian.flat())).toBeLessThan(
          1e-11,
        );
        if (dynamics.kind === 'map') return;
        const seeds = dynamics.seeds.map((symbol) => point.get(symbol) as number);
        const pullback = x.map((_, j) => seeds.reduce((sum, w, i) => sum + w * jacobian[i][j], 0));
        expect(distance(values(graph, dynamics.pullback, point), pullback)).toBeLessThan(1e-11);
        const seeded = graph.sum(dynamics.slope.map((f, i) => graph.mul(dynamics.seeds[i], f)));
        const hessian = matrix(graph, dynamics.hessian, z.length, z.length, point);
        expect(dynamics.hessian.every(({ row, column }) => row >= column)).toBe(true);
        expect(distance(hessian, lowerTriangle(secondDerivatives(graph, seeded, z, point)))).toBeLessThan(1e-10);
      }),
      runs,
    );
  });
});

describe('the step size', () => {
  it('carries the derivative by the duration into cost, penalties and slope', () => {
    const duration = places.indexOf('duration');
    fc.assert(
      fc.property(recipes({ dynamics: fc.constantFrom('rk1', 'rk4'), soft: fc.constant(2) }), (recipe) => {
        const { stages, point } = stagesOf(recipe);
        const { graph, problem, steps, dynamics } = stages;
        const symbol = [stages.parameters[duration]];
        const by = (nodes: readonly Node[]): number[] => derivatives(graph, nodes, symbol, point).map(([d]) => d);
        const [stretch] = by([problem.horizon.duration]);
        expect(Math.abs(stretch)).toBeGreaterThan(0.01);
        const [integral] = values(graph, [problem.cost.integral], point);
        for (const { terminal, cost, sides } of stages.segments) {
          expect(distance(by([cost]), [terminal ? 0 : (stretch / steps) * integral])).toBeLessThan(1e-11);
          for (const { soft, constraint } of sides) {
            const given = problem.constraints[constraint].soft;
            if (!soft || !given) continue;
            const weights = values(graph, [given.l1, given.l2], point).map((w) =>
              terminal ? 0 : (stretch / steps) * w,
            );
            expect(distance(by([soft.l1, soft.l2]), weights)).toBeLessThan(1e-11);
          }
        }
        if (dynamics.kind === 'map') return;
        const share = stretch / steps / dynamics.substeps;
        const rates = values(graph, problem.dynamics.rhs, point).map((f) => share * f);
        expect(distance(by(dynamics.slope), rates)).toBeLessThan(1e-11);
      }),
      runs,
    );
  });
});
