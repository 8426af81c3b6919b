// Browsers and hosts differ: the page works without a GPU, without cross-origin isolation, without storage, and starts light.

import { gzipSync } from 'node:zlib';
import { expect, test } from './page';
import { drawn, field, objective, open } from './workbench';

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
  await open(page);
  await drawn(page);
  await Promise.all(reading);
  const sizeOf = (wanted: (url: string) => boolean) =>
    loaded.filter(({ url }) => wanted(url)).reduce((sum, { size }) => sum + size, 0);
  // Fetched at leisure: the plots themselves, the editor, the formulas.
  const later = /worker|plotly|editor|Code|katex|Formulas/i;
  expect(sizeOf((url) => !later.test(url))).toBeGreaterThan(20_000);
  expect(sizeOf((url) => !later.test(url))).toBeLessThan(150_000);
  // And those no larger than they have to be.
  expect(sizeOf((url) => /plotly/.test(url))).toBeGreaterThan(100_000);
  expect(sizeOf((url) => /plotly/.test(url))).toBeLessThan(400_000);
});
