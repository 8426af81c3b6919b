// The script of a page that is made for a test, with all of the engine that it imports, as one module.

import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** `file`: beside this one. */
export async function bundle(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['es'], fileName: 'gpu' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!('output' in output)) throw new Error('The script was not built.');
  return output.output[0].code;
}
