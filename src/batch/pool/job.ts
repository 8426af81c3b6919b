/** Many tasks of one kind, done by whichever worker is free, answered one by one in any order. */
import type { Answer, Circumstances, Hand } from './hand';

export interface JobDescription<Remote, Task, Result> {
  readonly tasks: readonly Task[];
  /** Null: the worker was asked to make way, and the task is to be done again. */
  readonly work: (remote: Remote, task: Task, circumstances: Circumstances) => Promise<Result | null>;
  readonly deliver: (answer: Answer<Result>, task: Task) => void;
  /** Jobs of higher priority go first, and take workers from those of lower; default 0. */
  readonly priority?: number;
  readonly signal?: AbortSignal;
}

/** A task whose worker has gone so often may be what ends workers. */
const MOST_LOSSES = 2;

interface Waiting<Task> {
  readonly task: Task;
  readonly number: number;
  losses: number;
}

/** A job as the pool sees it, whatever its tasks are. */
export interface Advancing<Remote> {
  readonly priority: number;
  /** Tasks that nobody has. */
  readonly unclaimed: number;
  /** Whether it is complete, or given up. */
  readonly over: boolean;
  /** The next task, by this hand. */
  advance(hand: Hand<Remote>): Promise<void>;
  /** Nothing is delivered any more. */
  giveUp(): void;
}

export class Job<Remote, Task, Result> implements Advancing<Remote> {
  readonly priority: number;
  /** The next one is the last. */
  private readonly waiting: Waiting<Task>[];
  private unanswered: number;

  /** `ended`: with true when all tasks are answered, with false when the job is given up. */
  constructor(
    private readonly description: JobDescription<Remote, Task, Result>,
    private readonly ended: (complete: boolean) => void,
  ) {
    this.priority = description.priority ?? 0;
    this.waiting = description.tasks.map((task, number) => ({ task, number, losses: 0 })).reverse();
    this.unanswered = this.waiting.length;
    if (this.unanswered === 0) ended(true);
  }

  get unclaimed(): number {
    return this.waiting.length;
  }

  get over(): boolean {
    return this.unanswered === 0;
  }

  async advance(hand: Hand<Remote>): Promise<void> {
    const next = this.waiting.pop();
    if (!next) return;
    const { answer, suspect } = await hand.call((remote, circumstances) =>
      this.description.work(remote, next.task, circumstances),
    );
    if (this.over) return;
    if (answer.ok) {
      if (answer.value === null) this.putBack(next);
      else this.deliver({ ok: true, value: answer.value }, next.task);
    } else if (answer.lost && (!suspect || ++next.losses < MOST_LOSSES)) this.putBack(next);
    else this.deliver(answer, next.task);
  }

  /** Where it was in the order. */
  private putBack(task: Waiting<Task>): void {
    const before = this.waiting.findLastIndex(({ number }) => number > task.number);
    this.waiting.splice(before + 1, 0, task);
  }

  private deliver(answer: Answer<Result>, task: Task): void {
    this.unanswered--;
    this.description.deliver(answer, task);
    if (this.over) this.ended(true);
  }

  giveUp(): void {
    if (this.over) return;
    this.waiting.length = 0;
    this.unanswered = 0;
    this.ended(false);
  }
}
