/**
 * The gradient of a sum over the stages by parameters and signals ("inputs"): every stage of a segment keeps its own share,
 * so that stages are independent of one another, and the shares are summed at the end.
 */
import { symbolsOf } from '../expression';
import type { Buffer, Indexish, Place, Real } from '../kernel';
import type { SegmentPlace, Workspace } from '../solver';
import { stageLagrangian } from './parameterDerivatives';
import type { SignalDerivatives } from './signalDerivatives';

export class Pulls {
  /** Numbers of the inputs on which the stages' shares of the Lagrangian depend; from np on those of signals. */
  readonly inputs: readonly number[];
  private readonly shares: Buffer; // [inputs][stages]
  private readonly sums: Buffer; // [inputs]

  constructor(
    private readonly w: Workspace,
    private readonly place: SegmentPlace,
    name: string,
  ) {
    const { stages, program } = w;
    const { graph, dynamics } = stages;
    const { segment, index } = place;
    const slope = !segment.terminal && dynamics.kind === 'runge-kutta' ? dynamics.slope : [];
    const present = new Set(symbolsOf(graph, [stageLagrangian(w, place).value, ...slope]));
    this.inputs = [...stages.parameters, ...stages.signals].flatMap((symbol, i) => (present.has(symbol) ? [i] : []));
    this.shares = program.buffer(`${name}.${index}`, this.inputs.length, segment.to - segment.from);
    this.sums = program.buffer(`${name}.sums.${index}`, this.inputs.length);
  }

  /** Record the shares of stage k. */
  set(k: Indexish, share: (input: number) => Real): void {
    this.inputs.forEach((input, i) => this.at(i, k).set(share(input)));
  }

  /**
   * Record gradient += the shares, [np], those of signals through the parameters that these depend on; and to
   * `signalGradient` [N+1][signals] as they are.
   */
  gather(gradient: Buffer, signals: SignalDerivatives, signalGradient: Buffer | null = null): void {
    const { w, place, sums } = this;
    const { program } = w;
    const { from, to } = place.segment;
    const count = w.stages.parameters.length;
    const parameters = this.inputs.filter((input) => input < count);
    program.for(0, parameters.length, (i) => {
      sums.at(i).set(program.total(from, to, (k) => this.at(i, k)));
    });
    this.inputs.forEach((input, i) => {
      if (input < count) gradient.at(input).add(sums.at(i));
      else {
        const signal = input - count;
        if (signalGradient) program.forEach(from, to, (k) => signalGradient.at(k, signal).set(this.at(i, k)));
        for (const [j, derivative] of signals.of(signal))
          gradient.at(j).add(program.total(from, to, (k) => this.at(i, k).times(derivative.at(k))));
      }
    });
  }

  private at(i: Indexish, k: Indexish): Place {
    const { from } = this.place.segment;
    return this.shares.at(i, typeof k === 'number' ? k - from : k.plus(-from));
  }
}
