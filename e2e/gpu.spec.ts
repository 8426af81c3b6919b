// A batch on the WebGPU of a real Chromium, with its software adapter: the same code as in Node.

import { expect, test } from '@playwright/test';
import { bundle } from './gpu-bundle';

const ADDRESS = '/gpu-test.html';

test.describe.configure({ timeout: 180_000 });

test.beforeEach(async ({ page }) => {
  const code = await bundle('gpu-page.ts');
  await page.route(`**${ADDRESS}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script type="module" src="gpu-test.js"></script>' }),
  );
  await page.route('**/gpu-test.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
  await page.goto(ADDRESS);
  await page.waitForFunction(() => window.gpuReport !== undefined);
});

test('a batch is solved on the GPU of the browser', async ({ page }) => {
  const report = await page.evaluate(() => window.gpuReport?.());
  expect(report?.reason).toBeNull();
  expect(report?.statuses).toEqual(Array.from({ length: 8 }, () => 'converged, converged'));
  expect(new Set(report?.objectives).size).toBe(8);
  expect(Math.max(...(report?.polish ?? []))).toBeLessThanOrEqual(10);
});

test('where the browser loses the GPU in the middle, the CPU goes on with the rest', async ({ page }) => {
  const report = await page.evaluate(() => window.lossReport?.());
  expect(report?.reason).toContain('The GPU was lost');
  expect(report?.where).toEqual([...Array(3).fill('gpu'), ...Array(5).fill('cpu')]);
  expect(report?.statuses).toEqual(Array(8).fill('converged'));
  expect(new Set(report?.objectives).size).toBe(8);
});
