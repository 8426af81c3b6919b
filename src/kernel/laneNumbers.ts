/** The numbers that one lane has in a buffer: where there are two lanes, every second one of the memory they share. */
export class LaneNumbers {
  readonly length: number;

  /** `memory`: the buffer in all lanes, the lanes of an element side by side. */
  constructor(
    private readonly memory: Float64Array,
    private readonly lane: number,
    private readonly lanes: number,
  ) {
    this.length = memory.length / lanes;
  }

  get(i: number): number {
    return this.memory[i * this.lanes + this.lane];
  }

  set(i: number, value: number): void {
    this.memory[i * this.lanes + this.lane] = value;
  }

  /** Elements from `from` on, as many as `into` has. */
  read(into: Float64Array, from = 0): Float64Array {
    const { memory, lanes } = this;
    for (let i = 0, at = from * lanes + this.lane; i < into.length; i++, at += lanes) into[i] = memory[at];
    return into;
  }

  /** `values` to the elements from `from` on. */
  write(values: ArrayLike<number>, from = 0): void {
    const { memory, lanes } = this;
    for (let i = 0, at = from * lanes + this.lane; i < values.length; i++, at += lanes) memory[at] = values[i];
  }
}
