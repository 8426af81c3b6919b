/** What is wrong with a text, and where. */

/** A stretch of the text, as offsets; `to` is not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Diagnostic extends Span {
  readonly severity: 'error' | 'warning';
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** A sentence without its full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Collects the diagnostics of one text. */
export class Report {
  private readonly lineStarts: number[] = [0];
  private readonly list: Diagnostic[] = [];
  private readonly seen = new Set<string>();
  private readonly unreadable = new Set<number>();

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
  }

  /** How many errors there are so far. */
  errorCount = 0;

  get hasErrors(): boolean {
    return this.errorCount > 0;
  }

  /** A mistake in the form of a line. What else is wrong with this line is mostly its consequence, and is left out. */
  syntaxError(span: Span, message: string, hint?: string): void {
    this.add('error', span, message, hint);
    this.unreadable.add(this.line(span.from));
  }

  error(span: Span, message: string, hint?: string): void {
    this.add('error', span, message, hint);
  }

  warning(span: Span, message: string, hint?: string): void {
    this.add('warning', span, message, hint);
  }

  /** Line of an offset, from 1. */
  line(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** In the order of the text, at most this many. */
  diagnostics(most: number): Diagnostic[] {
    return [...this.list].sort((a, b) => a.from - b.from || a.to - b.to).slice(0, most);
  }

  private add(severity: Diagnostic['severity'], { from, to }: Span, message: string, hint?: string): void {
    const key = `${from} ${message}`;
    const line = this.line(from);
    if (this.seen.has(key) || this.unreadable.has(line)) return;
    this.seen.add(key);
    if (severity === 'error') this.errorCount++;
    const column = from - (this.lineStarts[line - 1] as number) + 1;
    this.list.push({ severity, from, to, line, column, message, ...(hint === undefined ? {} : { hint }) });
  }
}
