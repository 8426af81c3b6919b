// What is drawn over time, and how the views hang together: what is pointed at in one is marked in the others.

import { expect, test } from './page';
import { atRest, open, trace } from './workbench';

test('groups of charts are switched on and off, and links carry them', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('plot-λ x')).toHaveCount(0);
  await page.getByLabel('Multipliers').check();
  await page.getByLabel('Costates').check();
  await page.getByLabel('States', { exact: true }).uncheck();
  await expect(page.getByTestId('plot-theta')).toHaveCount(0);
  await expect(page.getByTestId('plot-λ theta')).toBeVisible();
  await expect(page.getByTestId('plot-μ force')).toBeVisible();
  expect(await trace(page, 'μ force')).toMatch(/^M/);
  // Constraints that are bounds of one variable are drawn with it: this problem has no others.
  await expect(page.getByLabel('Constraints')).toHaveCount(0);

  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#c1:/);
  // On a slow machine that may be the first change alone; the others follow within a moment.
  await page.waitForTimeout(600);
  await page.reload();
  await atRest(page);
  await expect(page.getByTestId('plot-theta')).toHaveCount(0);
  await expect(page.getByTestId('plot-μ force')).toBeVisible();
});

test('a stage pointed at in a trajectory is marked in the map', async ({ page }) => {
  await open(page);
  const marks = page.getByTestId('pointed-stage');
  await expect(marks).toHaveCount(0);
  await page
    .getByTestId('plot-theta')
    .locator('.chart')
    .hover({ position: { x: 120, y: 40 } });
  // One in each of the blocks of four states and a control.
  await expect(marks).toHaveCount(5);
  await expect(page.getByTestId('pointed-block')).toHaveCount(1);
  await expect(page.getByTestId('plot-theta')).toHaveAttribute('data-pointed', 'true');
  await page.mouse.move(0, 0);
  await expect(marks).toHaveCount(0);
});

test('a cell of the map marks its quantity, its stage and its parameter', async ({ page }) => {
  await open(page);
  await page.getByTestId('heatmap').hover({ position: { x: 40, y: 25 } });
  await expect(page.getByTestId('heatmap-reading')).toContainText('∂x/∂m');
  await expect(page.getByTestId('plot-x')).toHaveAttribute('data-pointed', 'true');
  await expect(page.getByTestId('plot-theta')).not.toHaveAttribute('data-pointed');
  await expect(page.getByTestId('value-m')).toHaveAttribute('data-pointed', 'true');
  await expect(page.getByTestId('plot-F').locator('.cursor')).toBeAttached();
});

test('a value pointed at is marked in the map, also by keyboard', async ({ page }) => {
  await open(page);
  await page.getByTestId('value-F_max').hover();
  const column = page.getByTestId('pointed-column');
  await expect(column).toHaveCount(1);
  await page.mouse.move(0, 0);
  await expect(column).toHaveCount(0);
  await page.getByTestId('value-x0.theta').locator('.slider').focus();
  await expect(column).toHaveCount(1);
});

test('a drag is kept when it is over, not while it goes on', async ({ page }) => {
  await open(page);
  const box = await page.getByTestId('value-M').locator('.slider').boundingBox();
  if (!box) throw new Error('the slider is not on screen');
  const before = await page.evaluate(() => ({ hash: location.hash, drafts: localStorage.length }));
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await page.mouse.down();
  for (let i = 0; i < 12; i++) {
    await page.mouse.move(box.x + box.width * (0.4 + 0.02 * i), box.y + box.height / 2);
    await page.waitForTimeout(60);
  }
  expect(await page.evaluate(() => ({ hash: location.hash, drafts: localStorage.length }))).toEqual(before);
  await page.mouse.up();
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#c1:/);
  expect(await page.evaluate(() => localStorage.length)).toBeGreaterThan(before.drafts);
});
