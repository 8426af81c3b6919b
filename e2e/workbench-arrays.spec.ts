// Vectors and matrices among the values: a grid of number fields, folded away where it is large.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, field, objective, open } from './workbench';

const block = (page: Page, name: string) => page.getByTestId(`block-${name}`);
const cell = (page: Page, name: string) =>
  page.getByRole('textbox', { name: new RegExp(`^${escaped(name)}(,|$)`) }).first();

async function openProblem(page: Page, title: RegExp): Promise<void> {
  await page.getByTestId('gallery').click();
  await page.getByRole('menuitem', { name: title }).click();
  await expect(page.getByTestId('gallery')).toContainText(title);
  await atRest(page);
}

test('a matrix opens into a grid, and an entry changes the solution', async ({ page }) => {
  await open(page);
  await openProblem(page, /input-bounded LQR/);
  const before = await objective(page);
  await expect(block(page, 'A').getByRole('grid')).toHaveCount(0);
  await block(page, 'A').getByRole('button', { name: /^A/ }).click();
  await expect(block(page, 'A').getByRole('textbox')).toHaveCount(64);

  await cell(page, 'A[2,2]').fill('1.2');
  // What is being typed does not count yet.
  await expect(page.getByTestId('value-A[2,2]')).not.toHaveAttribute('data-changed', 'true');
  await page.keyboard.press('Enter');
  await atRest(page);
  expect(await objective(page)).not.toBe(before);
  await expect(block(page, 'A')).toContainText('1 changed');
  await expect(cell(page, 'A[2,2]')).toHaveAttribute('data-changed', 'true');

  await field(page, 'A[2,2]').fill('1.3');
  await expect(cell(page, 'A[2,2]')).toHaveValue('1.3');
  await block(page, 'A').getByRole('button', { name: 'Reset A', exact: true }).click();
  await atRest(page);
  expect(await objective(page)).toBe(before);
  await expect(block(page, 'A')).not.toContainText('changed');
});

test('the arrow keys move through the grid, Escape takes back what is typed', async ({ page }) => {
  await open(page);
  await openProblem(page, /input-bounded LQR/);
  await block(page, 'B').getByRole('button', { name: /^B/ }).click();
  await cell(page, 'B[1,1]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(cell(page, 'B[2,2]')).toBeFocused();
  await expect(page.getByTestId('value-B[2,2]')).toBeVisible();
  const value = await cell(page, 'B[2,2]').inputValue();
  await page.keyboard.type('7');
  await page.keyboard.press('ArrowLeft');
  await expect(cell(page, 'B[2,2]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(cell(page, 'B[2,2]')).toHaveValue(value);
  await page.keyboard.type('0.5');
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 'B[1,2]')).toBeFocused();
  await expect(cell(page, 'B[2,2]')).toHaveValue('0.5');
  // One stop for the Tab key, and then the slider of the entry.
  await page.keyboard.press('Tab');
  await expect(field(page, 'B[1,2]')).toBeFocused();
});

test('initial values of a matrix of states', async ({ page }) => {
  await open(page);
  await openProblem(page, /chain/i);
  const before = await objective(page);
  await cell(page, 'p[2,3] at the start').fill('0.9');
  await page.keyboard.press('Enter');
  await atRest(page);
  expect(await objective(page)).not.toBe(before);
  await expect(block(page, 'x0.p')).toContainText('1 changed');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('axe finds nothing in the grids', async ({ page }) => {
      await open(page);
      await openProblem(page, /input-bounded LQR/);
      await block(page, 'A').getByRole('button', { name: /^A/ }).click();
      await cell(page, 'A[1,2]').fill('0.3');
      await page.keyboard.press('Enter');
      await atRest(page);
      const { violations } = await new AxeBuilder({ page }).include('#panel-parameters').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
    });
  });
}

function escaped(text: string): string {
  return text.replace(/[[\]]/g, '\\$&');
}
