/** The benchmark in Chromium: the same measuring code, bundled, in a page that may share memory between its threads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser } from '../browser.mjs';
import { hardware } from './nodePlace';
import type { Place } from './place';

const root = join(dirname(fileURLToPath(import.meta.url)), 'page');
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export async function browserPlace(): Promise<Place> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium found. `npm test` installs one.');
  const outDir = mkdtempSync(join(tmpdir(), 'costate-bench-'));
  const settings = { root, configFile: false, logLevel: 'warn', base: './' } as const;
  await build({ ...settings, worker: { format: 'es' }, build: { outDir, emptyOutDir: false, target: 'es2022' } });
  const server = await preview({ ...settings, build: { outDir }, preview: { headers: isolation } });
  const address = server.resolvedUrls?.local[0] ?? '';
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const page = await browser.newPage();
  const open = async (): Promise<void> => {
    await page.goto(address);
    await page.waitForFunction(() => 'bench' in window);
  };
  await open();
  return {
    machine: async () => ({
      ...hardware(),
      engine: `Chromium ${browser.version()}`,
      ...(await page.evaluate(() => window.bench.abilities())),
    }),
    problem: (name, options) =>
      page.evaluate(([name, options]) => window.bench.problem(name, options), [name, options] as const),
    growth: (size, share) => page.evaluate(([size, share]) => window.bench.growth(size, share), [size, share] as const),
    fresh: async (name) => {
      await open();
      return page.evaluate((name) => window.bench.fresh(name), name);
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
