// The page at the width of a phone: everything is there, and nothing sticks out.

import { expect, test } from './page';
import { atRest, editor, field, heatmap, open, slider, trace } from './workbench';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('plots stay while the other panels take turns', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('plot-x')).toBeInViewport();
  await expect(slider(page, 'M')).toBeInViewport();
  const before = await trace(page, 'theta');
  await field(page, 'M').fill('1.6');
  await atRest(page);
  expect(await trace(page, 'theta')).not.toBe(before);

  await page.getByRole('button', { name: 'Sensitivities' }).click();
  await expect(page.getByTestId('heatmap')).toBeInViewport();
  await expect(page.getByTestId('plot-x')).toBeInViewport();
  expect((await heatmap(page)).length).toBeGreaterThan(500);
  await page.getByTestId('heatmap').tap({ position: { x: 60, y: 40 } });
  await expect(page.getByTestId('heatmap-reading')).toBeVisible();

  await page.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(editor(page)).toBeInViewport();
});

test('nothing is wider than the screen', async ({ page }) => {
  await open(page);
  for (const panel of ['Text', 'Values', 'Sensitivities']) {
    await page.getByRole('button', { name: panel, exact: true }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, h1, h2, figure')]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { left, right, width } = element.getBoundingClientRect();
          return width > 1 && (left < -0.5 || right > innerWidth + 0.5);
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect(outside).toEqual([]);
  }
  await page.getByTestId('gallery').click();
  const box = await page.getByRole('menu').boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
});
