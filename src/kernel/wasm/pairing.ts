/**
 * Which loops of a module take their iterations in pairs: those that are independent and whose bodies have a form for
 * two halves, and with them the procedures they call. Between the halves a counter differs by its step: 1 for that of the
 * loop, and what follows from it for the arguments of procedures; the others have none.
 */
import type { ConditionTerm, Index, Module, ProcedureCode, RealTerm, Statement } from '../ir';
import { blocksOf, visit, visitOwn } from '../visit';
import { isUniform } from './outliving';

export type Loop = Statement & { kind: 'for' };

/** By how much counters grow from the first half to the second; 0 where none is given. */
export type Steps = ReadonlyMap<number, number>;

/** A procedure in the form for two halves, whose arguments have these steps. */
export interface PairedProcedure {
  readonly name: string;
  readonly code: ProcedureCode;
  readonly steps: readonly number[];
}

export class Pairing {
  private readonly procedures: ReadonlyMap<string, ProcedureCode>;
  private readonly scratch: ReadonlySet<string>;
  private readonly decided = new Map<Loop | string, boolean>();
  private applies = false;
  private readonly called = new Map<string, PairedProcedure>();

  constructor({ buffers, procedures }: Module) {
    this.procedures = new Map(procedures.map((code) => [code.name, code]));
    this.scratch = new Set(buffers.flatMap(({ name, scratch }) => (scratch ? [name] : [])));
    for (const { body } of procedures)
      visit(body, {
        statement: (loop) => {
          if (loop.kind === 'for' && this.takes(loop)) this.gather(loop.body, stepsOf(loop));
        },
      });
  }

  /** The procedures that paired loops call, and those that these call. */
  get paired(): readonly PairedProcedure[] {
    return [...this.called.values()];
  }

  /** Whether a paired loop, or what it calls, applies a function. */
  get appliesFunctions(): boolean {
    return this.applies;
  }

  isScratch(buffer: string): boolean {
    return this.scratch.has(buffer);
  }

  takes(loop: Loop): boolean {
    return loop.independent && this.once(loop, () => !this.touches(loop) && this.fits(loop.body, stepsOf(loop), false));
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

  /** Whether its own statements work on scratch, which then belongs to what is around the loop. */
  private touches({ body }: Loop): boolean {
    let touches = false;
    visit(body, {
      statement: (inner) => {
        if (inner.kind === 'store' && this.isScratch(inner.buffer)) touches = true;
      },
      real: (term) => {
        if (term.kind === 'load' && this.isScratch(term.buffer)) touches = true;
      },
    });
    return touches;
  }

  /** Whether there is a form for two halves; `masked`: where not all of them may get to. */
  private fits(statements: readonly Statement[], steps: Steps, masked: boolean): boolean {
    return statements.every((statement) => {
      let fits = this.fitsItself(statement, steps, masked);
      visitOwn(statement, (term) => {
        if (!isAlike(term, steps)) fits = false;
      });
      const inner = masked || (isConditional(statement) && !isUniform(statement.condition));
      return fits && blocksOf(statement).every((block) => this.fits(block, steps, inner));
    });
  }

  private fitsItself(statement: Statement, steps: Steps, masked: boolean): boolean {
    switch (statement.kind) {
      case 'assign':
        return true;
      case 'store':
        return this.isScratch(statement.buffer) || stepOf(statement.index, steps) !== 0;
      case 'for':
        return stepOf(statement.from, steps) === 0 && stepOf(statement.to, steps) === 0;
      case 'if':
      case 'while':
        return comparesAlike(statement.condition, steps);
      case 'call': {
        const code = this.procedures.get(statement.procedure);
        if (masked || !code) return false;
        const given = statement.indices.map((index) => stepOf(index, steps));
        return this.once(pairedName(code.name, given), () => this.fits(code.body, argumentSteps(given), false));
      }
    }
  }

  private gather(statements: readonly Statement[], steps: Steps): void {
    visit(statements, {
      real: (term) => {
        if (term.kind === 'apply') this.applies = true;
      },
      statement: (inner) => {
        const code = inner.kind === 'call' && this.procedures.get(inner.procedure);
        if (!code) return;
        const given = inner.indices.map((index) => stepOf(index, steps));
        const name = pairedName(code.name, given);
        if (this.called.has(name)) return;
        this.called.set(name, { name, code, steps: given });
        this.gather(code.body, argumentSteps(given));
      },
    });
  }

  private once(key: Loop | string, decide: () => boolean): boolean {
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const decision = decide();
    this.decided.set(key, decision);
    return decision;
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

function isConditional(statement: Statement): statement is Statement & { kind: 'if' | 'while' } {
  return statement.kind === 'if' || statement.kind === 'while';
}

/** Indices are compared as one number for both halves. */
function isAlike(term: RealTerm, steps: Steps): boolean {
  return term.kind !== 'select' || comparesAlike(term.condition, steps);
}

function comparesAlike(condition: ConditionTerm, steps: Steps): boolean {
  switch (condition.kind) {
    case 'compare':
      return true;
    case 'compareIndex':
      return stepOf(condition.first, steps) === 0 && stepOf(condition.second, steps) === 0;
    case 'and':
    case 'or':
      return comparesAlike(condition.first, steps) && comparesAlike(condition.second, steps);
    case 'not':
      return comparesAlike(condition.operand, steps);
  }
}
