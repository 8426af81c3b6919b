// npm run picture: takes the picture of the README anew, from the page as it is built now.

import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser } from './browser.mjs';
import { root } from './dependencies.mjs';

const executablePath = await findBrowser();
if (!executablePath) throw new Error('No Chrome or Chromium found. `npm test` installs one.');
await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { port: 4175 } });
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const converged = page.locator('[data-testid=status][data-at-rest=true][data-status=converged]');
  await converged.waitFor({ timeout: 20_000 });
  await page.locator('.drawing .js-line').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[data-drawing]') === null);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${root}/docs/workbench.png`, animations: 'disabled' });
} finally {
  await browser.close();
  await server.close();
}
