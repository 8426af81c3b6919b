/** The part of a module that some procedures need. */
import type { FunctionCode, Module, ProcedureCode, RealTerm, Statement } from '../ir';
import { visit, visitReal } from '../visit';
import { inSinglePrecision } from './elementary';

export interface Reached {
  readonly buffers: ReadonlySet<string>;
  readonly functions: readonly FunctionCode[];
  readonly procedures: readonly ProcedureCode[];
}

/** Throws where something is called but not defined. Elementary functions are those in single precision. */
export function reach(module: Module, wanted: readonly string[]): Reached {
  const procedures = new Map(module.procedures.map((code) => [code.name, code]));
  const functions = new Map(inSinglePrecision(module.functions).map((code) => [code.name, code]));
  const buffers = new Set<string>();
  const reached = { functions: new Set<FunctionCode>(), procedures: new Set<ProcedureCode>() };

  const real = (term: RealTerm): void => {
    if (term.kind === 'load') buffers.add(term.buffer);
    if (term.kind === 'apply') addFunction(term.function);
  };
  const statement = (code: Statement): void => {
    if (code.kind === 'store') buffers.add(code.buffer);
    if (code.kind === 'call') addProcedure(code.procedure);
  };
  function addFunction(name: string): void {
    const code = defined(functions, name);
    if (reached.functions.has(code)) return;
    reached.functions.add(code);
    visit(code.body, { real });
    visitReal(code.result, real);
  }
  function addProcedure(name: string): void {
    const code = defined(procedures, name);
    if (reached.procedures.has(code)) return;
    reached.procedures.add(code);
    visit(code.body, { real, statement });
  }
  wanted.forEach(addProcedure);
  return { buffers, functions: [...reached.functions], procedures: [...reached.procedures] };
}

function defined<Code>(codes: ReadonlyMap<string, Code>, name: string): Code {
  const found = codes.get(name);
  if (!found) throw new Error(`${name} is called but not defined`);
  return found;
}
