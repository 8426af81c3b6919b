/**
 * WebGPU in Node: Dawn, from the npm package `webgpu`, an optional dependency. Where the machine has no GPU, or no driver
 * for it, the software adapter that comes with Chromium serves; it computes the same, slowly.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { constants, homedir } from 'node:os';
import { dirname, join } from 'node:path';

export type FoundAdapter =
  | { readonly ok: true; readonly adapter: GPUAdapter; readonly name: string }
  | { readonly ok: false; readonly reason: string };

interface Dawn {
  create(options: readonly string[]): GPU;
}

/** Not named in the import: the package need not be there, and is nothing for the page. */
const PACKAGE: string = 'webgpu';

type Working = { readonly ok: true; readonly gpu: GPU } | { readonly ok: false; readonly reason: string };

/** Kept: Dawn goes when nothing refers to it any more, whatever its adapters and devices are doing. */
let working: Promise<Working> | null = null;

/** An adapter of this machine, good for one device. */
export async function nodeAdapter(): Promise<FoundAdapter> {
  working ??= start();
  const answer = await working;
  if (!answer.ok) return answer;
  const adapter = await requestFrom(answer.gpu);
  return adapter ? { ok: true, adapter, name: nameOf(adapter) } : { ok: false, reason: 'The GPU has gone.' };
}

const requestFrom = (gpu: GPU): Promise<GPUAdapter | null> =>
  gpu.requestAdapter({ powerPreference: 'high-performance' });

async function start(): Promise<Working> {
  let dawn: Dawn;
  try {
    dawn = await import(/* @vite-ignore */ PACKAGE);
  } catch {
    return { ok: false, reason: 'The optional npm package webgpu is not installed here.' };
  }
  const own = dawn.create([]);
  if (await requestFrom(own)) return { ok: true, gpu: own };
  const folder = softwareFolder();
  if (!folder)
    return { ok: false, reason: 'There is no GPU here, and no Chromium whose software adapter could serve.' };
  offerSoftware(folder);
  const software = dawn.create([]);
  if (await requestFrom(software)) return { ok: true, gpu: software };
  return { ok: false, reason: `There is no GPU here, and the software adapter in ${folder} does not start.` };
}

export function nameOf({ info }: GPUAdapter): string {
  return [info.description, info.device, info.architecture, info.vendor].find((part) => part) ?? 'unnamed adapter';
}

const DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';

/** The folder of a Chromium, with its software driver for Vulkan. */
function softwareFolder(): string | null {
  const cache = join(homedir(), '.cache', 'ms-playwright');
  const downloaded = existsSync(cache)
    ? readdirSync(cache).flatMap((name) => ['chrome-linux', 'chrome-linux64'].map((inner) => join(cache, name, inner)))
    : [];
  const chosen = process.env.COSTATE_BROWSER;
  const folders = [
    ...(chosen && existsSync(chosen) ? [dirname(realpathSync(chosen))] : []),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
    ...downloaded,
  ];
  return folders.find((folder) => existsSync(join(folder, DRIVER))) ?? null;
}

/**
 * Dawn asks the system for the Vulkan loader by name, and that for its drivers by an environment variable. Chromium
 * brings a loader too: once it is in the process, it is found under that name wherever it came from.
 */
function offerSoftware(folder: string): void {
  process.env.VK_ICD_FILENAMES = join(folder, DRIVER);
  const KEEP = 0x1000; // RTLD_NODELETE
  try {
    process.dlopen({ exports: {} }, join(folder, LOADER), constants.dlopen.RTLD_NOW | KEEP);
  } catch {
    // It is no module of Node's, which Node says after loading it; where it is missing, the system's may serve.
  }
}
