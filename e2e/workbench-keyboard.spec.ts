// Everything without a pointer.

import { expect, test } from './page';
import { atRest, editor, field, heatmap, open, slider, trace } from './workbench';

test('a slider moves with the arrow keys, and the solution with it', async ({ page }) => {
  await open(page);
  const before = { theta: await trace(page, 'theta'), heatmap: await heatmap(page) };
  await page.keyboard.press('Alt+2');
  await expect(slider(page, 'M')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(field(page, 'M')).toHaveValue('1.01');
  await page.keyboard.press('PageUp');
  await expect(field(page, 'M')).toHaveValue('1.11');
  await page.keyboard.press('End');
  await expect(field(page, 'M')).toHaveValue('2');
  await atRest(page);
  expect(await trace(page, 'theta')).not.toBe(before.theta);
  expect(await heatmap(page)).not.toBe(before.heatmap);
});

test('a number can be typed, stepped, and taken back', async ({ page }) => {
  await open(page);
  await field(page, 'l').fill('0.75');
  await page.keyboard.press('ArrowUp');
  await expect(field(page, 'l')).not.toHaveValue('0.75');
  await field(page, 'l').fill('heavy');
  await expect(field(page, 'l')).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  await expect(field(page, 'l')).not.toHaveAttribute('aria-invalid');
  await page.getByRole('button', { name: 'Reset l', exact: true }).press('Enter');
  await expect(field(page, 'l')).toHaveValue('0.8');
});

test('what is typed into a field takes the place of the number, all digits of it', async ({ page }) => {
  await open(page);
  const start = field(page, 'x0.theta');
  await expect(start).toHaveValue('3.14159');
  await start.focus();
  await expect(start).toHaveValue('3.14159265359');
  await page.keyboard.type('3.2');
  await expect(start).toHaveValue('3.2');
  await expect(start).not.toHaveAttribute('aria-invalid');
});

test('the heatmap is read with the arrow keys', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Alt+4');
  await expect(page.getByTestId('heatmap')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const reading = page.getByTestId('heatmap-reading');
  await expect(reading).toContainText('∂x/∂M');
  await page.keyboard.press('ArrowDown');
  await expect(reading).toContainText('stage 1');
  await page.keyboard.press('ArrowRight');
  await expect(reading).toContainText('∂x/∂m');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('derivative')).toContainText('∂x/∂m');
});

test('the time cursor moves through the trajectories', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Alt+3');
  await expect(page.locator('.plots')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const reading = page.getByTestId('plot-theta').locator('.reading');
  await expect(reading).toHaveText('3.1416');
  await page.keyboard.press('End');
  await expect(reading).not.toHaveText('3.1416');
  await page.keyboard.press('Escape');
  await expect(reading).toHaveCount(0);
});

test('the gallery and the help sheet open and close', async ({ page }) => {
  await open(page);
  await page.getByTestId('gallery').press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page.getByTestId('gallery')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the editor is no trap, and completes names', async ({ page }) => {
  await open(page);
  await expect(editor(page)).toBeVisible();
  await page.keyboard.press('Alt+1');
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('\nlet speed = ome');
  await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('omega');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor(page)).not.toBeFocused();
});

test('the skip link leads to the trajectories and leaves the address alone', async ({ page }) => {
  await open(page);
  const address = page.url();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the trajectories' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.plots')).toBeFocused();
  expect(page.url()).toBe(address);
});
