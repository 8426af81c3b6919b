/**
 * What every shader begins with: its bindings, and the operations WGSL lacks or leaves loose.
 *
 * WGSL lets an implementation assume that infinities and not-a-number do not occur, and refuses them as constants. Here
 * they do occur and must not be lost, so they are told by their bits, and come from a uniform where one is needed.
 */

/** Instances whose numbers lie side by side, and invocations of a workgroup. */
export const TILE = 64;

export const bindings = { memory: 0, running: 1, following: 2, transfer: 3, control: 4 } as const;

/** The uniform: the bits of infinity and not-a-number, and the index arguments of a procedure. */
export function controlWords(indices: readonly number[] = []): Uint32Array<ArrayBuffer> {
  if (indices.length > MOST_INDICES) throw new Error(`a shader's procedure takes ${MOST_INDICES} indices at most`);
  const words = new Uint32Array(8);
  words.set([0x7f800000, 0x7fc00000]);
  words.set(indices, 4);
  return words;
}
const MOST_INDICES = 4;

/** A list of instances: the workgroups it needs, as an indirect dispatch takes them, how many they are, and which. */
export function listWords(instances: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(LIST_HEADER + instances);
  words.set([Math.ceil(instances / TILE), 1, 1, instances]);
  for (let i = 0; i < instances; i++) words[LIST_HEADER + i] = i;
  return words;
}
export const LIST_HEADER = 4;

export const prelude = `
struct Control { infinity: u32, notANumber: u32, indices: vec4i }
struct List { workgroups: vec3u, count: atomic<u32>, instances: array<u32> }

@group(0) @binding(${bindings.memory}) var<storage, read_write> memory: array<f32>;
@group(0) @binding(${bindings.running}) var<storage, read_write> running: List;
@group(0) @binding(${bindings.following}) var<storage, read_write> following: List;
@group(0) @binding(${bindings.transfer}) var<storage, read_write> transfer: array<f32>;
@group(0) @binding(${bindings.control}) var<uniform> control: Control;

fn infinity() -> f32 { return bitcast<f32>(control.infinity); }
fn notANumber() -> f32 { return bitcast<f32>(control.notANumber); }
fn isNotANumber(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
fn differenceFromItself(x: f32) -> f32 { return select(notANumber(), 0f, isFinite(x)); }
fn lesser(x: f32, y: f32) -> f32 { return select(select(y, x, (x < y) | isNotANumber(x)), y, isNotANumber(y)); }
fn greater(x: f32, y: f32) -> f32 { return select(select(y, x, (x > y) | isNotANumber(x)), y, isNotANumber(y)); }
fn withSign(x: f32, y: f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(x) & 0x7fffffffu) | (bitcast<u32>(y) & 0x80000000u));
}
fn negative(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ 0x80000000u); }
fn exponentOf(x: f32) -> f32 { return f32(i32((bitcast<u32>(x) >> 23u) & 0xffu) - 127); }
fn significandOf(x: f32) -> f32 { return bitcast<f32>((bitcast<u32>(x) & 0x807fffffu) | 0x3f800000u); }
fn powerOfTwo(n: i32) -> f32 { return bitcast<f32>(u32(n + 127) << 23u); }
/** In two steps, so that every power that leaves the range does so through the product. */
fn scaled(x: f32, power: f32) -> f32 {
  let n = clamp(i32(power), -252, 254);
  let half = n >> 1u;
  return x * powerOfTwo(half) * powerOfTwo(n - half);
}
`;
