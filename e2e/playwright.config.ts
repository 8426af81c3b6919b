// The page as its users get it: built, served with its headers, in a real Chromium.

import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';

const port = Number(process.env.COSTATE_PORT ?? 4174);
const address = `http://localhost:${port}/`;
const executablePath = await findBrowser();
if (!executablePath) throw new Error('No Chrome or Chromium found. `npm test` installs one.');
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // More pages than two at a time wait for each other: a page has threads of its own, and paints without a GPU here.
  workers: Math.min(2, availableParallelism()),
  forbidOnly: true,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: '../.cache/reports/e2e.json' }]],
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--enable-unsafe-webgpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Chromium refuses to sandbox itself under root.
        ...(asRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    cwd: '..',
    url: address,
    reuseExistingServer: false,
  },
});
