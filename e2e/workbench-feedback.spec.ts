// The feedback law in the status bar: gains that are the derivatives of the first control, and zero where a bound holds it.

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from './page';
import { atRest, field, open, pictureId } from './workbench';

/** Opens the law of the problem as it is, whose first force is held by its bound. */
async function feedback(page: Page): Promise<Locator> {
  await open(page);
  await page.getByRole('button', { name: 'Feedback', exact: true }).click();
  return page.getByRole('region', { name: 'Feedback law' });
}

/** Where force is dear, none of it is at its bound. */
async function free(page: Page): Promise<void> {
  await field(page, 'F_max').fill('200');
  await field(page, 'r').fill('1');
  await atRest(page);
}

async function saved(page: Page): Promise<{ readonly x: number[][]; readonly u: number[][] }> {
  await page.getByRole('button', { name: 'Save the trajectories' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON' }).click(),
  ]);
  return JSON.parse((await readFile(await file.path())).toString());
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('a gain for every state, and nothing that axe finds', async ({ page }) => {
      const law = await feedback(page);
      await expect(law.getByRole('columnheader')).toHaveText(['K', 'x', 'theta', 'v', 'omega']);
      await expect(law.getByRole('rowheader')).toHaveText(['F']);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    });
  });
}

test('a control that its bound holds does not answer', async ({ page }) => {
  const law = await feedback(page);
  await expect(law.locator('.held')).toContainText('F does not answer');
  await expect(law.getByRole('cell')).toHaveText(['0', '0', '0', '0']);
  await free(page);
  await expect(law.locator('.held')).toHaveCount(0);
});

test('the gain is how the first control answers to another initial state', async ({ page }) => {
  const law = await feedback(page);
  await free(page);
  const gain = Number((await law.getByRole('cell').nth(1).innerText()).replace('−', '-'));
  const step = 1e-3;
  const here = await saved(page);
  const before = await pictureId(page);
  // With the focus it shows all its digits, which is what is replaced.
  await field(page, 'x0.theta').focus();
  await field(page, 'x0.theta').fill(String((here.x[0]?.[1] ?? Number.NaN) + step));
  await expect.poll(() => pictureId(page)).toBeGreaterThan(before);
  await atRest(page);
  const there = await saved(page);
  const slope = ((there.u[0]?.[0] ?? Number.NaN) - (here.u[0]?.[0] ?? Number.NaN)) / step;
  expect(Math.abs(slope - gain)).toBeLessThan(0.01 * Math.abs(gain));
});
