// What axe finds, in both themes, on a desk and on a phone.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './page';
import { atRest, editor, field, open } from './workbench';

const sizes = [
  { name: 'desk', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name, viewport } of sizes) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport, reducedMotion: 'reduce' });

      test('the page at rest', async ({ page }) => {
        await open(page);
        await expect(editor(page)).toBeAttached();
        await check(page);
      });

      test('an open menu, a failed solve, a changed value', async ({ page }) => {
        await open(page);
        await field(page, 'F_max').fill('-1');
        await expect(page.getByTestId('status')).not.toHaveAttribute('data-status', 'converged');
        await page.getByRole('button', { name: 'Iterations', exact: true }).click();
        await check(page);
        await page.getByTestId('gallery').click();
        await check(page);
      });

      test('a refused link', async ({ page }) => {
        await page.goto('/#c1:nonsense');
        await expect(page.getByTestId('refused-link')).toBeVisible();
        await check(page);
      });
    });
  }
}

test('help, formulas and diagnostics', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Help' }).click();
  await check(page);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Formulas' }).click();
  await expect(page.locator('.katex').first()).toBeVisible();
  await check(page);
  await page.getByRole('tab', { name: 'Text' }).click();
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('\nnonsense');
  await expect(page.getByTestId('diagnostics')).toBeVisible();
  await check(page);
});

test('the chosen theme is kept', async ({ page }) => {
  await open(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  await atRest(page);
  expect(await ground()).toBe(dark);
});

async function check(page: Parameters<typeof open>[0]): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
