/** Milliseconds that have passed, but for those in which it stood still. */
export class Stopwatch {
  #passed = 0;
  /** Null: it stands still. */
  #since: number | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get elapsed(): number {
    return this.#passed + (this.#since === null ? 0 : this.now() - this.#since);
  }

  restart(): void {
    this.#passed = 0;
    this.#since = this.now();
  }

  stop(): void {
    this.#passed = this.elapsed;
    this.#since = null;
  }

  resume(): void {
    this.#since ??= this.now();
  }
}
