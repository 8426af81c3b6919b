/** Single precision on the backends that compute in double: the reference for shaders. */
import type { FunctionCode, Module } from '../ir';
import { Program } from '../program';
import { abs, copysign, select } from '../real';
import { inSinglePrecision } from './elementary';
import { Instances } from './instances';
import { Kernels } from './kernels';
import { type Rewrite, rewriteReal, rewriteStatements } from './rewrite';
import { emitWgsl } from './shader';

const ROUND = 'single.round';

/** The nearest number of 24 bits (Veltkamp 1968); too small a number is 0, as on machines that have no subnormal ones. */
const round: FunctionCode = define();

function define(): FunctionCode {
  const program = new Program();
  program.function(ROUND, 1, (x) => {
    const shifted = program.let(x.times(2 ** 29 + 1));
    const rounded = program.let(shifted.minus(shifted.minus(x)));
    const inside = select(abs(rounded).lt(2 ** -126), copysign(0, x), rounded);
    const largest = 2 ** 128 - 2 ** 103;
    return select(abs(x).lt(largest), inside, select(x.eq(x), copysign(Number.POSITIVE_INFINITY, x), x));
  });
  return program.module().functions[0];
}

const rewrite: Rewrite = {
  read: (id) => ({ kind: 'local', id }),
  write: (local, value) => ({ kind: 'assign', local, value }),
  result(term) {
    if (term.kind === 'literal') return { ...term, value: Math.fround(term.value) };
    const computed = term.kind === 'unary' || term.kind === 'binary' || term.kind === 'index';
    return computed ? { kind: 'apply', function: ROUND, operands: [term] } : term;
  },
};

/** The same module with every result rounded to single precision, and the elementary functions of shaders. */
export function rounded(module: Module): Module {
  const functions = inSinglePrecision(module.functions).map((code) => ({
    ...code,
    body: rewriteStatements(code.body, rewrite),
    result: rewriteReal(code.result, rewrite),
  }));
  return {
    buffers: module.buffers,
    functions: [round, ...functions],
    procedures: module.procedures.map((code) => ({ ...code, body: rewriteStatements(code.body, rewrite) })),
  };
}

/** Runs an exported procedure on a device: from the numbers of one buffer, alike in all instances, to those after. */
export async function runOnDevice(
  device: GPUDevice,
  module: Module,
  procedure: string,
  buffer: string,
  start: readonly (readonly number[])[],
  ...indices: number[]
): Promise<number[][]> {
  const length = module.buffers.find(({ name }) => name === buffer)?.length ?? 0;
  const transfers = { all: [{ buffer, from: 0, count: length }] };
  const instances = new Instances(
    new Kernels(device, emitWgsl(module, { procedures: [procedure], transfers })),
    start.length,
  );
  await instances.write('all', Float32Array.from(start.flat()));
  await instances.run(procedure, ...indices);
  const after = [...(await instances.read('all'))];
  instances.destroy();
  return start.map((_, i) => after.slice(i * length, (i + 1) * length));
}
