// Every example on the WebGPU of a real Chromium, with its software adapter: the statuses and values of the CPU.

import { expect, test } from '@playwright/test';
import { catalogue } from '../src/gallery/catalogue';
import { bundle } from './gpu-bundle';

const ADDRESS = '/gpu-gallery.html';

let code = '';

test.describe.configure({ timeout: 180_000 });

test.beforeAll(async () => {
  code = await bundle('gpu-gallery-page.ts');
});

test.beforeEach(async ({ page }) => {
  await page.route(`**${ADDRESS}`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script type="module" src="gpu-gallery.js"></script>' }),
  );
  await page.route('**/gpu-gallery.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
  await page.goto(ADDRESS);
  await page.waitForFunction(() => window.galleryReport !== undefined);
});

for (const { name } of catalogue) {
  test(`${name} has on the GPU of the browser the solutions of the CPU`, async ({ page }) => {
    const report = await page.evaluate((example) => window.galleryReport?.(example), name);
    expect(report?.reason).toBeNull();
    const { single = [], gpu = [], cpu = [] } = report ?? {};
    // Of its own, before anything is polished on the CPU.
    expect(single).toEqual(['converged', 'converged']);
    expect(gpu.map(({ status }) => status)).toEqual(['converged', 'converged']);
    expect(cpu.map(({ status }) => status)).toEqual(['converged', 'converged']);
    cpu.forEach(({ objective }, i) => {
      expect(Math.abs(gpu[i].objective - objective)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(objective)));
    });
  });
}
