/**
 * What takes the derivatives along a direction (along.ts) as well: adjoint sensitivities and the Hessian of the optimal
 * value. Apart from the forward sensitivities, because a drag needs only those and their kernels are compiled in less
 * time.
 */
import type { Solver } from '../solver';
import { alongNames } from './along';
import { names } from './forward';
import { SeedWriter } from './seeding';
import type { AdjointSensitivities, Seed, ValueDerivatives } from './sensitivities';
import { SensitivitySystem } from './sensitivitySystem';

export class SecondOrderSystem extends SensitivitySystem {
  private readonly seeds: SeedWriter;
  /** What derivatives along a direction write and read. */
  private readonly along;

  constructor(solver: Solver) {
    super(solver);
    this.seeds = new SeedWriter(this.workspace, this.kernel, solver.constraints);
    this.along = {
      gradient: this.kernel.buffer(alongNames.gradient),
      change: this.kernel.buffer(alongNames.change),
      weight: this.kernel.buffer(alongNames.weight),
      costate: this.kernel.buffer('costate'),
      costateChange: this.kernel.buffer('d.costate'),
    };
  }

  adjoint(seed: Seed): AdjointSensitivities {
    this.factorise();
    const { kernel, along, columns } = this;
    this.seeds.write(seed);
    kernel.run('kkt.solve');
    const residual = this.residual.begin();
    residual.take();
    const weight = seed.objective ?? 0;
    along.weight[0] = weight;
    kernel.run(alongNames.atRest);
    const gradient = new Float64Array(columns.length);
    this.readAlong(gradient, 0, weight);
    return { columns, gradient, ...this.trust(residual.largest()) };
  }

  value(): ValueDerivatives {
    const { kernel, columns } = this;
    const { change, weight, costate } = this.along;
    const np = this.workspace.stages.parameters.length;
    const size = columns.length;
    const rows = new Float64Array(size * size);
    weight[0] = 0;
    const residual = this.eachColumn([...columns.keys()], (j) => {
      change.fill(0);
      if (j < np) change[j] = 1;
      kernel.run(alongNames.moving);
      this.readAlong(rows, j * size, 0);
    });
    kernel.run(alongNames.curve);
    const curvature = kernel.buffer(alongNames.curvature);
    const curved = (i: number, j: number): number => (i < np && j < np ? (curvature[i * np + j] ?? 0) : 0);
    const hessian = rows.map((value, n) => {
      const [i, j] = [Math.floor(n / size), n % size];
      return (value + rows[j * size + i]) / 2 + curved(i, j);
    });
    const gradient = new Float64Array(size);
    gradient.set(kernel.buffer(names.gradient));
    this.workspace.fixed.forEach((i, place) => {
      gradient[np + place] = costate[i];
    });
    return { columns, gradient, hessian, ...this.trust(residual) };
  }

  /** The derivatives along the direction by the parameters, then by the fixed initial states. */
  private readAlong(target: Float64Array, offset: number, weight: number): void {
    const { gradient, costate, costateChange } = this.along;
    target.set(gradient, offset);
    const { fixed } = this.workspace;
    for (let place = 0; place < fixed.length; place++) {
      const i = fixed[place];
      target[offset + gradient.length + place] = costateChange[i] + weight * costate[i];
    }
  }
}
