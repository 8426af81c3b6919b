// One entry of the solution and its derivative over an interval of one parameter.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, open } from './workbench';

const chart = (page: Page) => page.getByTestId('along-chart');

async function openAlong(page: Page): Promise<void> {
  await open(page, '#g1:pendulum-mass-sensitivity');
  await page.getByRole('radio', { name: 'Along', exact: true }).check({ force: true });
}

async function follow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Follow the branch' }).click();
  await expect(chart(page)).toBeVisible();
  await expect(page.getByTestId('along-progress')).toHaveCount(0, { timeout: 40_000 });
}

test('the policy gradient over the mass: four barrier values, differences beside, kinks where constraints change', async ({
  page,
}) => {
  await openAlong(page);
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('1.05');
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('1.4');
  await follow(page);
  await expect(chart(page)).toHaveAttribute('aria-label', 'F(0) and its derivative over M, 4 curves');
  await expect(page.locator('[data-drawing]')).toHaveCount(0);
  // Value, derivative and differences of each.
  await expect(chart(page).locator('.scatterlayer .trace')).toHaveCount(12);
  // Of 40 steps a curve some are kinks, and few are jumps.
  expect(await chart(page).locator('.point').count()).toBeGreaterThan(4 * 36);
  const kinks = page.getByTestId('along-kink');
  expect(await kinks.count()).toBeGreaterThan(2);
  const titles = await kinks.evaluateAll((marks) => marks.map((mark) => (mark as HTMLElement).title));
  for (const title of titles)
    expect(title).toMatch(/(force|rail) (reaches|leaves) its (lower|upper) bound at stage \d+/);
  expect(titles.some((title) => title.includes('rail'))).toBe(true);
  await expect(page.getByTestId('along-words')).toContainText('Kinks as solved');
  const { violations } = await new AxeBuilder({ page }).include('.along-page').analyze();
  expect(violations).toEqual([]);
});

test('what is asked for travels with the link, and another value of a parameter begins anew', async ({ page }) => {
  await openAlong(page);
  await page.getByLabel('Entry').selectOption('theta');
  await page.getByLabel('Stage', { exact: true }).fill('12');
  await page.getByLabel('From', { exact: true }).fill('1.15');
  await page.getByLabel('Barrier value 4').fill('3');
  await page.getByLabel('Barrier value 4').blur();
  await page.waitForTimeout(600);
  const link = await page.evaluate(() => location.hash);
  await page.goto('about:blank');
  await open(page, link);
  await expect(page.getByLabel('Entry')).toHaveValue('theta');
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('1.15');
  await follow(page);
  await expect(chart(page)).toHaveAttribute('aria-label', /theta\(12\)/);
  await expect(page.locator('.along-keys')).toContainText('τ = 3');
  await page.getByTestId('value-l').locator('.value-head .number').fill('0.75');
  await atRest(page);
  await expect(chart(page)).toHaveCount(0);
});

test('a run can be cancelled; what has arrived stays', async ({ page }) => {
  await openAlong(page);
  await page.getByRole('button', { name: 'Follow the branch' }).click();
  await expect(page.getByTestId('along-progress')).toContainText(/[1-9]\d* of 164/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Follow the branch' })).toBeEnabled();
  await expect(chart(page)).toBeVisible();
});
