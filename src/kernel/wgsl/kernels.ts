/** A shader on a device. Pipelines are made when they are first wanted; making one is where a driver compiles. */
import { bindings } from './prelude';
import type { Shader } from './shader';

/** Bits of GPUBufferUsage, GPUShaderStage and GPUMapMode, which are no globals in Node (WebGPU, sections 5.1, 8.1). */
export const usage = { mapRead: 1, copySource: 4, copyDestination: 8, uniform: 0x40, storage: 0x80, indirect: 0x100 };
const COMPUTE_STAGE = 4;
export const MAP_READ = 1;

export class Kernels {
  readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    readonly device: GPUDevice,
    readonly shader: Shader,
  ) {
    this.layout = device.createBindGroupLayout({
      entries: Object.values(bindings).map((binding) => ({
        binding,
        visibility: COMPUTE_STAGE,
        buffer: { type: binding === bindings.control ? 'uniform' : 'storage' },
      })),
    });
    this.pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [this.layout] });
  }

  /** Rejects where the driver refuses the shader. */
  pipeline(entryPoint: string): Promise<GPUComputePipeline> {
    const known = this.pipelines.get(entryPoint);
    if (known) return known;
    const code = this.shader.code.get(entryPoint);
    if (code === undefined) throw new Error(`there is no entry point ${entryPoint}`);
    const module = this.device.createShaderModule({ label: entryPoint, code });
    const made = this.device.createComputePipelineAsync({
      layout: this.pipelineLayout,
      compute: { module, entryPoint },
    });
    this.pipelines.set(entryPoint, made);
    return made;
  }
}
