/** A number of instances of a shader's kernels on a device: their memory, and which of them still run. */
import { type Kernels, MAP_READ, usage } from './kernels';
import { bindings, controlWords, LIST_HEADER, listWords, TILE } from './prelude';
import { compactionEntries } from './shader';

const WORD_BYTES = 4;
const HEADER_BYTES = LIST_HEADER * WORD_BYTES;
const COUNT_BYTE = 3 * WORD_BYTES;

/** Bytes of the largest buffer that so many instances take. */
export function bytesNeeded({ shader }: Pick<Kernels, 'shader'>, instances: number): number {
  const tiles = Math.ceil(instances / TILE) * TILE;
  const transfers = [...shader.transfers.values()].map(({ length }) => length);
  return Math.max(shader.length, ...transfers) * tiles * WORD_BYTES;
}

export class Instances {
  private readonly device: GPUDevice;
  private readonly memory: GPUBuffer;
  private readonly transfer: GPUBuffer;
  private readonly control: GPUBuffer;
  private readonly indirect: GPUBuffer;
  /** The one in use first. */
  private readonly lists: readonly [GPUBuffer, GPUBuffer];
  private readonly groups: readonly [GPUBindGroup, GPUBindGroup];

  /** Buffers that a device cannot give are an error of its, in whatever scope is open. */
  constructor(
    private readonly kernels: Kernels,
    readonly count: number,
  ) {
    const { device, shader } = kernels;
    this.device = device;
    const tiles = Math.ceil(count / TILE) * TILE;
    const longest = Math.max(1, ...[...shader.transfers.values()].map(({ length }) => length));
    const { storage, copySource, copyDestination, uniform, indirect } = usage;
    const both = copySource | copyDestination;
    const make = (words: number, use: number): GPUBuffer =>
      device.createBuffer({ size: words * WORD_BYTES, usage: use | both });
    this.memory = make(shader.length * tiles, storage);
    this.transfer = make(longest * tiles, storage);
    this.control = make(controlWords().length, uniform);
    this.indirect = make(LIST_HEADER, indirect);
    this.lists = [make(LIST_HEADER + tiles, storage), make(LIST_HEADER + tiles, storage)];
    const group = (running: GPUBuffer, following: GPUBuffer): GPUBindGroup => {
      const { memory, transfer, control } = this;
      const buffers = { memory, running, following, transfer, control };
      return device.createBindGroup({
        layout: kernels.layout,
        entries: Object.entries(bindings).map(([name, binding]) => ({
          binding,
          resource: { buffer: buffers[name as keyof typeof bindings] },
        })),
      });
    };
    const [first, second] = this.lists;
    this.groups = [group(first, second), group(second, first)];
    device.queue.writeBuffer(this.control, 0, controlWords());
  }

  private listAll(): void {
    const { queue } = this.device;
    queue.writeBuffer(this.lists[0], 0, listWords(this.count));
    queue.writeBuffer(this.lists[1], 0, listWords(0));
  }

  /** Numbers of all instances, one instance after the other. */
  async write(name: string, numbers: Float32Array<ArrayBuffer>): Promise<void> {
    this.device.queue.writeBuffer(this.transfer, 0, numbers);
    await this.dispatch(this.transferOf(name).write);
  }

  async read(name: string): Promise<Float32Array> {
    const { read, length } = this.transferOf(name);
    await this.dispatch(read);
    const bytes = Math.max(1, length * this.count) * WORD_BYTES;
    return new Float32Array(await this.fetch(this.transfer, 0, bytes)).subarray(0, length * this.count);
  }

  /** In all instances; returns when it is queued. */
  async run(procedure: string, ...indices: number[]): Promise<void> {
    const entry = this.kernels.shader.procedures.get(procedure);
    if (entry === undefined) throw new Error(`there is no exported procedure ${procedure}`);
    if (indices.length > 0) this.device.queue.writeBuffer(this.control, 0, controlWords(indices));
    await this.dispatch(entry);
  }

  /**
   * The procedures again and again, `most` rounds or until no instance runs, each time for those that still do. The host
   * learns how many they are a round or two late, while the device works on; `progress` may end it by saying false.
   */
  async iterate(procedures: readonly string[], most: number, progress: (running: number) => boolean): Promise<void> {
    const entries = procedures.map((procedure) => this.kernels.shader.procedures.get(procedure) as string);
    const names = [...entries, compactionEntries.compact, compactionEntries.arrange];
    const pipelines = await Promise.all(names.map((name) => this.kernels.pipeline(name)));
    const arrange = pipelines.pop() as GPUComputePipeline;
    this.listAll();
    let going = true;
    let counts: Promise<void>[] = [];
    for (let done = 0; done < most && going; done++) {
      const current = done % 2;
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(this.lists[current], 0, this.indirect, 0, HEADER_BYTES);
      const pass = encoder.beginComputePass();
      pass.setBindGroup(0, this.groups[current]);
      for (const pipeline of pipelines) {
        pass.setPipeline(pipeline);
        pass.dispatchWorkgroupsIndirect(this.indirect, 0);
      }
      pass.setPipeline(arrange);
      pass.dispatchWorkgroups(1);
      pass.end();
      this.device.queue.submit([encoder.finish()]);
      const counted = this.fetch(this.lists[1 - current], COUNT_BYTE, WORD_BYTES).then((bytes) => {
        const running = new Uint32Array(bytes)[0];
        if (!progress(running) || running === 0) going = false;
      });
      // Where one count fails, those after it fail unheard.
      counted.catch(() => {});
      counts.push(counted);
      if (counts.length > ROUNDS_AHEAD) {
        await counts[0];
        counts = counts.slice(1);
      }
    }
    await Promise.all(counts);
  }

  destroy(): void {
    for (const buffer of [this.memory, this.transfer, this.control, this.indirect, ...this.lists]) buffer.destroy();
  }

  private async dispatch(entry: string): Promise<void> {
    const pipeline = await this.kernels.pipeline(entry);
    this.listAll();
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.groups[0]);
    pass.dispatchWorkgroups(Math.ceil(this.count / TILE));
    pass.end();
    this.device.queue.submit([encoder.finish()]);
  }

  private async fetch(from: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer> {
    const staging = this.device.createBuffer({ size: bytes, usage: usage.mapRead | usage.copyDestination });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, offset, staging, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    try {
      await staging.mapAsync(MAP_READ);
      return staging.getMappedRange().slice(0);
    } finally {
      staging.destroy();
    }
  }

  private transferOf(name: string) {
    const found = this.kernels.shader.transfers.get(name);
    if (!found) throw new Error(`there is no transfer ${name}`);
    return found;
  }
}

/** Rounds that are queued before the count of an earlier one has come back. */
const ROUNDS_AHEAD = 2;
