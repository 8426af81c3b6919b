/**
 * One request running, at most one waiting: a new request replaces the waiting one. A drag of a slider can so never
 * queue up behind the solver, and the last request made is always the last one answered.
 */
export class LatestWins<Request, Reply> {
  private running = false;
  private waiting: { readonly request: Request } | null = null;

  constructor(
    private readonly answer: (request: Request) => Promise<Reply>,
    private readonly deliver: (reply: Reply, request: Request) => void,
  ) {}

  get busy(): boolean {
    return this.running;
  }

  request(request: Request): void {
    if (this.running) this.waiting = { request };
    else void this.run(request);
  }

  private async run(first: Request): Promise<void> {
    this.running = true;
    let next: { readonly request: Request } | null = { request: first };
    while (next) {
      const { request }: { readonly request: Request } = next;
      this.waiting = null;
      const reply = await this.answer(request);
      next = this.waiting;
      if (!next) this.running = false;
      this.deliver(reply, request);
    }
  }
}
