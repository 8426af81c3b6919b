// Browsers and hosts differ: the page works without a GPU, without cross-origin isolation, without storage, and starts light.

import { gzipSync } from 'node:zlib';
import { expect, test } from './page';
import { field, objective, open } from './workbench';

test('without a GPU', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => null } });
  });
  await open(page);
  expect(Number(await objective(page))).toBeCloseTo(2242.8281, 3);
});

test('without cross-origin isolation', async ({ page }) => {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
  await open(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(Number(await objective(page))).toBeCloseTo(2242.8281, 3);
});

test('without storage', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await open(page);
  await field(page, 'M').fill('1.4');
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#c1:/);
});

test('without a clipboard the address bar still holds the link', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await open(page);
  await page.getByTestId('copy-link').click();
  await expect(page.locator('.notice')).toContainText('address bar');
});

test('less than 150 kB, compressed, before the first plot, the solver in its worker apart', async ({ page }) => {
  const loaded: { url: string; size: number }[] = [];
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    if (!/\.(js|css)$/.test(new URL(response.url()).pathname)) return;
    reading.push(
      response.body().then((body) => void loaded.push({ url: response.url(), size: gzipSync(body).length })),
    );
  });
  await page.goto('/');
  await page.locator('.plot .trace').first().waitFor();
  const plotShown = reading.length;
  await Promise.all(reading.slice(0, plotShown));
  const early = loaded.filter(({ url }) => !/worker|editor|Code|katex|Formulas/i.test(url));
  expect(early.length).toBeGreaterThan(1);
  expect(early.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(150_000);
});
