/**
 * Which loops of a module take their iterations in pairs: those that are independent and whose bodies have a form for
 * two halves, and with them the procedures they call. Between the halves a counter differs by its step: 1 for that of the
 * loop, and what follows from it for the arguments of procedures; the others have none.
 */
import type { ConditionTerm, FunctionCode, Index, Module, ProcedureCode, Statement } from '../ir';
import { blocksOf, visit, visitReal } from '../visit';
import { isUniform } from './outliving';
import { type Uses, usesOf } from './uses';

export type Loop = Statement & { kind: 'for' };
type Call = Statement & { kind: 'call' };

/** By how much counters grow from the first half to the second; 0 where none is given. */
export type Steps = ReadonlyMap<number, number>;

/** A procedure in the form for two halves, whose arguments have these steps. */
export interface PairedProcedure {
  readonly name: string;
  readonly code: ProcedureCode;
  readonly steps: readonly number[];
}

export class Pairing {
  private readonly functions: ReadonlyMap<string, FunctionCode>;
  private readonly procedures: ReadonlyMap<string, ProcedureCode>;
  private readonly scratch: ReadonlySet<string>;
  private readonly found = new Map<readonly Statement[], Uses>();
  private readonly taken = new Map<Loop, boolean>();
  private readonly fitting = new Map<string, boolean>();
  private readonly called = new Map<string, PairedProcedure>();
  private readonly calledPartly = new Map<string, PairedProcedure>();
  private readonly alone = new Set<string>();
  private readonly applied = new Set<string>();

  constructor({ buffers, functions, procedures }: Module) {
    this.functions = new Map(functions.map((code) => [code.name, code]));
    this.procedures = new Map(procedures.map((code) => [code.name, code]));
    this.scratch = new Set(buffers.flatMap(({ name, scratch }) => (scratch ? [name] : [])));
    for (const code of procedures) if (code.exported) this.callAlone(code);
  }

  /** The procedures that are called from paired loops, and from these in turn. */
  get paired(): readonly PairedProcedure[] {
    return [...this.called.values()];
  }

  /** Those of them that are called where perhaps one half alone gets to. */
  get pairedPartly(): readonly PairedProcedure[] {
    return [...this.calledPartly.values()];
  }

  /** Whether the procedure is called, by the host or by another, for one iteration. */
  isCalledAlone(procedure: string): boolean {
    return this.alone.has(procedure);
  }

  /** Whether the function is applied to two halves. */
  isApplied(name: string): boolean {
    return this.applied.has(name);
  }

  isScratch(buffer: string): boolean {
    return this.scratch.has(buffer);
  }

  takes(loop: Loop): boolean {
    if (!loop.independent) return false;
    const known = this.taken.get(loop);
    if (known !== undefined) return known;
    const takes = !this.touchesScratch(loop) && this.fits(loop.body, stepsOf(loop));
    this.taken.set(loop, takes);
    return takes;
  }

  /**
   * Whether an odd iteration at the end may be taken with the one before, which is done again then: what the iterations read
   * is not what they write.
   */
  overlaps({ from, to, reductions, body }: Loop): boolean {
    const counted = from.kind === 'literal' && to.kind === 'literal' && to.value - from.value >= 2;
    if (!counted || reductions.length > 0) return false;
    const all = this.usesThrough(body);
    return all.every(({ writes }) =>
      [...writes].every((buffer) => this.isScratch(buffer) || all.every(({ reads }) => !reads.has(buffer))),
    );
  }

  /** The locals that are set in paired loops of a body, in order: each has a vector of its own. */
  locals(statements: readonly Statement[]): number[] {
    const found = new Set<number>();
    visit(statements, {
      statement: (loop) => {
        if (loop.kind === 'for' && this.takes(loop)) for (const local of setIn(loop.body)) found.add(local);
      },
    });
    return [...found];
  }

  private uses(statements: readonly Statement[]): Uses {
    const known = this.found.get(statements);
    if (known) return known;
    const uses = usesOf(statements);
    this.found.set(statements, uses);
    return uses;
  }

  /** Of the statements and of the procedures that are called from there. */
  private usesThrough(statements: readonly Statement[]): Uses[] {
    const all = [this.uses(statements)];
    for (const { calls } of all)
      for (const { procedure } of calls) {
        const code = this.procedures.get(procedure);
        const uses = code && this.uses(code.body);
        if (uses && !all.includes(uses)) all.push(uses);
      }
    return all;
  }

  /** Whether its own statements work on scratch, which then belongs to what is around the loop. */
  private touchesScratch({ body }: Loop): boolean {
    const { reads, writes } = this.uses(body);
    return [...reads, ...writes].some((buffer) => this.isScratch(buffer));
  }

  /** Whether there is a form for two halves. */
  private fits(body: readonly Statement[], steps: Steps): boolean {
    return this.uses(body).choices.every((condition) => isAlike(condition, steps)) && this.flows(body, steps);
  }

  /** The same of the statements without their reals. */
  private flows(statements: readonly Statement[], steps: Steps): boolean {
    return statements.every(
      (statement) => this.flow(statement, steps) && blocksOf(statement).every((block) => this.flows(block, steps)),
    );
  }

  private flow(statement: Statement, steps: Steps): boolean {
    switch (statement.kind) {
      case 'assign':
        return true;
      case 'store':
        return this.isScratch(statement.buffer) || stepOf(statement.index, steps) !== 0;
      case 'for':
        return stepOf(statement.from, steps) === 0 && stepOf(statement.to, steps) === 0;
      case 'if':
      case 'while':
        return isAlike(statement.condition, steps);
      case 'call': {
        const code = this.procedures.get(statement.procedure);
        if (!code) return false;
        const given = statement.indices.map((index) => stepOf(index, steps));
        const name = pairedName(code.name, given);
        const known = this.fitting.get(name);
        if (known !== undefined) return known;
        const fits = this.fits(code.body, argumentSteps(given));
        this.fitting.set(name, fits);
        return fits;
      }
    }
  }

  private callAlone(code: ProcedureCode): void {
    if (this.alone.has(code.name)) return;
    this.alone.add(code.name);
    this.runAlone(code.body);
  }

  private runAlone(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'for' && this.takes(statement)) {
        this.gather(statement.body, stepsOf(statement));
        if (this.overlaps(statement)) continue;
      }
      const code = statement.kind === 'call' && this.procedures.get(statement.procedure);
      if (code) this.callAlone(code);
      for (const block of blocksOf(statement)) this.runAlone(block);
    }
  }

  /** What a paired body with these steps calls and applies; `partly`: where perhaps one half alone gets to. */
  private gather(body: readonly Statement[], steps: Steps, partly = false): void {
    const { calls, functions } = this.uses(body);
    const masked = partly ? calls : maskedCalls(body);
    for (const name of functions) this.apply(name);
    for (const call of partly ? [] : calls) this.callPaired(call, steps, false);
    for (const call of masked) this.callPaired(call, steps, true);
  }

  private callPaired({ procedure, indices }: Call, steps: Steps, partly: boolean): void {
    const code = this.procedures.get(procedure);
    const given = indices.map((index) => stepOf(index, steps));
    const name = pairedName(procedure, given);
    const called = partly ? this.calledPartly : this.called;
    if (!code || called.has(name)) return;
    called.set(name, { name, code, steps: given });
    this.gather(code.body, argumentSteps(given), partly);
  }

  private apply(name: string): void {
    const code = this.functions.get(name);
    if (!code || this.applied.has(name)) return;
    this.applied.add(name);
    for (const inner of this.uses(code.body).functions) this.apply(inner);
    visitReal(code.result, (term) => term.kind === 'apply' && this.apply(term.function));
  }
}

export function pairedName(procedure: string, steps: readonly number[]): string {
  return `pair ${steps.join()} of ${procedure}`;
}

export function stepsOf({ counter }: Loop): Steps {
  return new Map([[counter, 1]]);
}

export function argumentSteps(steps: readonly number[]): Steps {
  return new Map(steps.entries());
}

export function setIn(statements: readonly Statement[]): Set<number> {
  const found = new Set<number>();
  visit(statements, { statement: (inner) => inner.kind === 'assign' && found.add(inner.local) });
  return found;
}

/** By how much the index grows from the first half to the second. */
export function stepOf(index: Index, steps: Steps): number {
  switch (index.kind) {
    case 'literal':
      return 0;
    case 'counter':
      return steps.get(index.id) ?? 0;
    case 'sum':
      return stepOf(index.first, steps) + stepOf(index.second, steps);
    case 'product':
      return stepOf(index.first, steps) * index.factor;
  }
}

/** The calls in branches that perhaps one half alone takes. */
function maskedCalls(statements: readonly Statement[], masked = false): Call[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'call') return masked ? [statement] : [];
    const inner = masked || (isConditional(statement) && !isUniform(statement.condition));
    return blocksOf(statement).flatMap((block) => maskedCalls(block, inner));
  });
}

function isConditional(statement: Statement): statement is Statement & { kind: 'if' | 'while' } {
  return statement.kind === 'if' || statement.kind === 'while';
}

/** Whether the indices that are compared are the same in both halves. */
function isAlike(condition: ConditionTerm, steps: Steps): boolean {
  switch (condition.kind) {
    case 'compare':
      return true;
    case 'compareIndex':
      return stepOf(condition.first, steps) === 0 && stepOf(condition.second, steps) === 0;
    case 'and':
    case 'or':
      return isAlike(condition.first, steps) && isAlike(condition.second, steps);
    case 'not':
      return isAlike(condition.operand, steps);
  }
}
