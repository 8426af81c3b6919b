/**
 * The memory of a solve, in the notation of the solver's files. With z_k = (x_k, u_k) and lambda_k the costate,
 *
 *   L = sum_k L_k(z_k) + lambda_0'(x0 - x_0) + sum_k lambda_{k+1}'(F_k(z_k) - x_{k+1}) + y'(c_E - b)
 *       - zeta'(g + e - t) ... g = sign (bound - c) >= -e,  t >= 0 the slack,  zeta >= 0 its multiplier,
 *
 * and for soft sides the violation e >= 0 with multiplier v. Sides, soft sides and equalities are numbered through
 * segment by segment, stage by stage; everything else is stored stage by stage.
 */
import { type Buffer, type Executable, type Indexish, type Place, Program, type Real, real } from '../kernel';
import type { Segment, Stages } from '../problem';
import { defineMethod, type Method } from './integrator';
import { Invariants } from './invariants';
import { MatrixField, matrices } from './matrixField';
import { doublePrecision, type Target } from './target';

/** Where the sides, soft sides and equalities of a segment are among all of the horizon. */
export interface SegmentPlace {
  readonly segment: Segment;
  readonly index: number;
  /** nz, or nx at the last stage. */
  readonly variables: number;
  /** Number of a side i of stage k among all sides; likewise the others. */
  side(k: Indexish, i: number): Indexish;
  /** Of the soft side i (its number among the sides of the stage). */
  soft(k: Indexish, i: number): Indexish;
  /** Of the i-th soft side of the stage. */
  softByOrder(k: Indexish, i: number): Indexish;
  equality(k: Indexish, i: number): Indexish;
  /** Rows that have sides, and the number of the i-th of them at stage k among those of the horizon. */
  readonly boundedRows: readonly number[];
  boundedRow(k: Indexish, i: number): Indexish;
  /** Entries of the row Jacobian: literals, or loads from what `linearise` stored. */
  readonly jacobian: readonly {
    readonly row: number;
    readonly column: number;
    at(k: Indexish): Real;
    /** As it stands in memory, for the host. */
    read(kernel: Executable, k: number): number;
  }[];
  /** Where non-constant entries are stored, in the order of the non-constant entries. */
  readonly jacobianBuffer: Buffer | null;
  /** Of the stage Lagrangian in z, lower triangle. */
  readonly hessian: MatrixField;
}

/** The unknowns of the primal-dual system, or a direction in their space. */
export interface Vector {
  readonly point: Buffer; // [N+1][nz]
  readonly costate: Buffer; // [N+1][nx]
  readonly y: Buffer; // [equalities]
  readonly t: Buffer; // [sides]
  readonly zeta: Buffer; // [sides]
  readonly e: Buffer; // [soft sides]
  readonly v: Buffer; // [soft sides]
}

/** Right-hand side of the reduced KKT system: stationarity, dynamics, equalities. */
export interface Rhs {
  readonly stationarity: Buffer; // [N+1][nz]
  readonly dynamics: Buffer; // [N+1][nx]; row 0 belongs to the initial state
  readonly equalities: Buffer; // [equalities]
}

export class Workspace {
  readonly program: Program;
  readonly invariants: Invariants;
  readonly nx: number;
  readonly nu: number;
  readonly nz: number;
  readonly N: number;
  readonly sides: number;
  readonly softSides: number;
  readonly equalities: number;
  /** Rows with sides, over all stages. */
  readonly boundedRows: number;
  readonly segments: readonly SegmentPlace[];
  /** States whose initial value is given, and the others. */
  readonly fixed: readonly number[];
  readonly free: readonly number[];

  /** How continuous dynamics are integrated. */
  readonly method: Method | null;
  /** 1 where the equations of an implicit step have not been solved, [N]; null: there are none. */
  readonly unsolved: Buffer | null;

  /** Of the linearisation at the iterate: the Hessians of the stage Lagrangians, [N+1][nz][nz]. */
  readonly hessian: Buffer;

  readonly parameters: Buffer; // [np]
  readonly numbers: Buffer; // of the text, where they are inputs
  readonly initial: Buffer; // [nx] value of x_0 where it is fixed
  readonly iterate: Vector;
  readonly direction: Vector;
  readonly trial: Pick<Vector, 'point' | 't' | 'e'>;

  /** Of the linearisation at the iterate. */
  readonly dynamicsJacobian: MatrixField; // [N][nx][nz]
  readonly costGradient: Buffer; // [N+1][nz]
  /** Of the point evaluated last. */
  readonly stageCost: Buffer; // [N+1]
  readonly residual: Rhs; // stationarity dL/dz, defects, c_E - b
  readonly sideResidual: Buffer; // [sides], g + e - t
  private inTiles: boolean | null = null;
  readonly trialResidual: Pick<Rhs, 'dynamics' | 'equalities'> & { sides: Buffer };

  constructor(
    readonly stages: Stages,
    readonly target: Target = doublePrecision,
  ) {
    const program = new Program(target.unroll);
    this.program = program;
    const { nx, nu, steps } = stages;
    this.nx = nx;
    this.nu = nu;
    this.nz = nx + nu;
    this.N = steps;
    this.invariants = new Invariants(program, stages);
    this.fixed = indicesWhere(stages, (initial) => initial !== null);
    this.free = indicesWhere(stages, (initial) => initial === null);

    this.method = stages.dynamics.kind === 'runge-kutta' ? defineMethod(this, stages.dynamics) : null;
    this.unsolved = this.method?.unsolved ? program.buffer('unsolved', steps) : null;

    this.hessian = matrices(program, 'hessian', steps + 1, this.nz, this.nz);
    const count = { sides: 0, soft: 0, equalities: 0, boundedRows: 0 };
    this.segments = stages.segments.map((segment, index) => this.place(segment, index, count));
    this.sides = count.sides;
    this.softSides = count.soft;
    this.equalities = count.equalities;
    this.boundedRows = count.boundedRows;

    this.parameters = program.buffer('parameters', stages.parameters.length);
    this.numbers = program.buffer('numbers', stages.numbers.length);
    this.initial = program.buffer('initial', nx);
    this.iterate = this.vector('');
    this.direction = this.vector('d.');
    this.trial = {
      point: program.buffer('trial.point', steps + 1, this.nz),
      t: program.buffer('trial.t', this.sides),
      e: program.buffer('trial.e', this.softSides),
    };
    this.dynamicsJacobian = this.field(
      matrices(program, 'dynamicsJacobian', steps, nx, this.nz),
      0,
      steps,
      nx,
      this.nz,
    );
    this.costGradient = program.buffer('costGradient', steps + 1, this.nz);
    this.stageCost = program.buffer('stageCost', steps + 1);
    this.residual = this.rhs('residual.');
    this.sideResidual = program.buffer('residual.sides', this.sides);
    this.trialResidual = {
      dynamics: program.buffer('trial.dynamics', steps + 1, nx),
      equalities: program.buffer('trial.equalities', this.equalities),
      sides: program.buffer('trial.sides', this.sides),
    };
  }

  /**
   * Whether dense blocks go in tiles (see tiles.ts); decided when first asked, which is to be after the linearisation is
   * defined.
   */
  get tiled(): boolean {
    this.inTiles ??= this.dynamicsJacobian.paysTiled();
    return this.inTiles;
  }

  /** Record, once all is defined, the stores of what the tiles read and nothing else stores. */
  fillTiles(): void {
    if (!this.tiled) return;
    for (const field of [this.dynamicsJacobian, ...this.segments.map((place) => place.hessian)]) field.fill();
  }

  private field(buffer: Buffer, from: number, to: number, rows: number, columns: number): MatrixField {
    return new MatrixField(this.program, buffer, from, to, rows, columns, (value) => this.invariants.holds(value));
  }

  vector(prefix: string): Vector {
    const { program, N, nz, nx, sides, softSides, equalities } = this;
    return {
      point: program.buffer(`${prefix}point`, N + 1, nz),
      costate: program.buffer(`${prefix}costate`, N + 1, nx),
      y: program.buffer(`${prefix}y`, equalities),
      t: program.buffer(`${prefix}t`, sides),
      zeta: program.buffer(`${prefix}zeta`, sides),
      e: program.buffer(`${prefix}e`, softSides),
      v: program.buffer(`${prefix}v`, softSides),
    };
  }

  rhs(prefix: string): Rhs {
    const { program, N, nz, nx, equalities } = this;
    return {
      stationarity: program.buffer(`${prefix}stationarity`, N + 1, nz),
      dynamics: program.buffer(`${prefix}dynamics`, N + 1, nx),
      equalities: program.buffer(`${prefix}equalities`, equalities),
    };
  }

  scalar(name: string): Place {
    return this.program.scalar(name);
  }

  /** Record `body` for every stage, segment by segment. */
  forStages(body: (k: Indexish, place: SegmentPlace) => void): void {
    for (const place of this.segments) this.forSegment(place, (k) => body(k, place));
  }

  /** The same for what is done at a stage without reading what is done at another. */
  forEachStage(body: (k: Indexish, place: SegmentPlace) => void): void {
    for (const place of this.segments) {
      const { from, to } = place.segment;
      if (to === from + 1) body(from, place);
      else this.program.forEach(from, to, (k) => body(k, place));
    }
  }

  forSegment({ segment: { from, to } }: SegmentPlace, body: (k: Indexish) => void): void {
    if (to === from + 1) body(from);
    else this.program.for(from, to, body);
  }

  private place(
    segment: Segment,
    index: number,
    count: { sides: number; soft: number; equalities: number; boundedRows: number },
  ): SegmentPlace {
    const { stages, program } = this;
    const length = segment.to - segment.from;
    const softOrder = segment.sides.map((side, i) => (side.soft ? i : -1)).filter((i) => i >= 0);
    const number =
      (base: number, perStage: number) =>
      (k: Indexish, i: number): Indexish =>
        typeof k === 'number'
          ? base + (k - segment.from) * perStage + i
          : k.times(perStage).plus(base - segment.from * perStage + i);
    const side = number(count.sides, segment.sides.length);
    const softNumber = number(count.soft, softOrder.length);
    const equality = number(count.equalities, segment.equalities.length);
    const boundedRows = [...new Set(segment.sides.map(({ row }) => row))];
    const boundedRow = number(count.boundedRows, boundedRows.length);
    count.boundedRows += length * boundedRows.length;
    count.sides += length * segment.sides.length;
    count.soft += length * softOrder.length;
    count.equalities += length * segment.equalities.length;

    const variables = segment.variables.length;
    const varying = segment.rowJacobian.filter((entry) => !stages.graph.isConstant(entry.value));
    const buffer = varying.length > 0 ? program.buffer(`rowJacobian.${index}`, length, varying.length) : null;
    const jacobian = segment.rowJacobian.map((entry) => ({
      row: entry.row,
      column: entry.column,
      at: (k: Indexish): Real => {
        const position = varying.indexOf(entry);
        if (position < 0 || !buffer) return real(stages.graph.value(entry.value));
        return buffer.at(typeof k === 'number' ? k - segment.from : k.minus(segment.from), position);
      },
      read: (kernel: Executable, k: number): number => {
        const position = varying.indexOf(entry);
        if (position < 0 || !buffer) return stages.graph.value(entry.value);
        return kernel.buffer(buffer.name)[(k - segment.from) * varying.length + position];
      },
    }));
    return {
      segment,
      index,
      variables,
      side,
      soft: (k, i) => softNumber(k, softOrder.indexOf(i)),
      softByOrder: softNumber,
      equality,
      boundedRows,
      boundedRow,
      jacobian,
      jacobianBuffer: buffer,
      hessian: this.field(this.hessian, segment.from, segment.to, variables, variables),
    };
  }
}

function indicesWhere(stages: Stages, wanted: (initial: unknown) => boolean): number[] {
  return stages.problem.states.map((state, i) => (wanted(state.initial) ? i : -1)).filter((i) => i >= 0);
}
