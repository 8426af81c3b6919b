/** A device of an adapter, with buffers as large as it has any. */

export type OpenedDevice =
  | { readonly ok: true; readonly device: GPUDevice }
  | { readonly ok: false; readonly reason: string };

export async function requestDevice(adapter: GPUAdapter): Promise<OpenedDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  try {
    const device = await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
    return { ok: true, device };
  } catch (error) {
    return { ok: false, reason: `The GPU cannot be opened: ${error instanceof Error ? error.message : String(error)}` };
  }
}
