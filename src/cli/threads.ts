/**
 * Threads of Node. What they run is bundled once: to read the sources module by module takes each thread longer than what
 * many of them are there for.
 */
import './fused';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const bundled = new Map<string, Promise<string>>();

/** What a thread runs, from a file beside this one; bundled by a process of its own when it is first asked for. */
export function codeOf(file: './sweep.worker.ts' | './layer.worker.ts'): Promise<string> {
  const code = bundled.get(file) ?? bundle(fileURLToPath(new URL(file, import.meta.url)));
  bundled.set(file, code);
  return code;
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

export const startThread = (code: string): Worker => new Worker(code, { eval: true, execArgv: [] });
