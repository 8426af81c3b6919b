export { bytesNeeded, Instances } from './instances';
export { Kernels } from './kernels';
export { type Machine, makeMachine } from './machine';
export { emitWgsl, type Range, type Shader, type ShaderRequest } from './shader';
