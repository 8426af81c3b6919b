// The solution as its derivatives predict it, drawn beside the solution while a value is dragged.

import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from './page';
import { atRest, field, open, slider, trace } from './workbench';

/** Takes hold of a slider and moves it by this share of its range; does not let go. */
async function drag(page: Page, name: string, share: number): Promise<void> {
  const box = await slider(page, name).boundingBox();
  if (!box) throw new Error('the slider is not on screen');
  const value = Number(await slider(page, name).inputValue());
  const [low, high] = [
    Number(await slider(page, name).getAttribute('min')),
    Number(await slider(page, name).getAttribute('max')),
  ];
  const thumb = 14;
  const at = (fraction: number) => box.x + thumb / 2 + fraction * (box.width - thumb);
  const from = (value - low) / (high - low);
  const y = box.y + box.height / 2;
  await page.mouse.move(at(from), y);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) {
    await page.mouse.move(at(from + (share * i) / 8), y);
    await page.waitForTimeout(30);
  }
}

const error = async (page: Page): Promise<number> =>
  Number((await page.getByTestId('prediction-error').innerText()).replace(/^error (.*) %$/, '$1'));

test('a prediction is drawn during a drag, says how far it is off, and is gone after it', async ({ page }) => {
  await open(page);
  expect(await trace(page, 'prediction of theta')).toBe('');
  await drag(page, 'M', 0.02);
  const [near, solved] = [await trace(page, 'prediction of theta'), await trace(page, 'theta')];
  expect(near).toMatch(/^M/);
  expect(near).not.toBe(solved);
  const small = await error(page);
  expect(small).toBeGreaterThan(0);
  await page.mouse.up();
  await atRest(page);
  await expect(page.getByTestId('prediction-error')).toHaveCount(0);
  expect(await trace(page, 'prediction of theta')).toBe('');

  // From where this drag begins, not from where the first one did.
  await drag(page, 'M', 0.1);
  expect(await error(page)).toBeGreaterThan(small);
  await page.mouse.up();
});

test('clipped, it stays within the bounds of the control', async ({ page }) => {
  await open(page);
  // The largest force in the drawing, as the highest point of its line.
  const top = async (name: string) => {
    const numbers = [...(await trace(page, name)).matchAll(/[ML]?[\d.]+,([\d.]+)|V([\d.]+)/g)];
    return Math.min(...numbers.map(([, lineTo, vertical]) => Number(lineTo ?? vertical)));
  };
  await page.getByLabel('linear').check();
  await drag(page, 'M', 0.1);
  expect(await top('prediction of F')).toBeLessThan((await top('F')) - 1);
  await page.mouse.up();
  await page.getByRole('button', { name: 'Reset all' }).click();
  await atRest(page);
  await page.getByLabel('clipped').check();
  await drag(page, 'M', 0.1);
  expect(await top('prediction of F')).toBeGreaterThan((await top('F')) - 1);
  await page.mouse.up();
});

test('switched off there is none, and a link remembers that', async ({ page }) => {
  await open(page);
  await page.getByLabel('off').check();
  await drag(page, 'M', 0.1);
  expect(await trace(page, 'prediction of theta')).toBe('');
  await expect(page.getByTestId('prediction-error')).toHaveCount(0);
  await page.mouse.up();
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#c1:/);
  await page.reload();
  await atRest(page);
  await expect(page.getByLabel('off')).toBeChecked();
});

test('a key held down is a drag like any other', async ({ page }) => {
  await open(page);
  await slider(page, 'M').focus();
  await page.keyboard.down('ArrowRight');
  await expect(page.getByTestId('prediction-error')).toBeVisible();
  await page.keyboard.up('ArrowRight');
  await atRest(page);
  await expect(page.getByTestId('prediction-error')).toHaveCount(0);
  expect(Number(await field(page, 'M').inputValue())).toBeGreaterThan(1);
});

test('a band on every slider shows where the prediction holds', async ({ page }) => {
  await open(page);
  const band = (name: string) => page.getByTestId(`value-${name}`).getByTestId('band');
  await expect(band('g')).toBeVisible({ timeout: 15_000 });
  const width = async () => (await band('g').boundingBox())?.width ?? 0;
  const loose = await width();
  await expect(slider(page, 'g')).toHaveAccessibleDescription(/^Predictions from here are exact to 5 % between/);

  // Within the band the prediction is as exact as it says.
  const words = (await page.getByTestId('value-g').locator('.slider-box').getAttribute('title')) ?? '';
  const end = Number(/and ([\d.]+)\.$/.exec(words)?.[1]);
  expect(end).toBeGreaterThan(9.81);
  await drag(page, 'g', (0.9 * (end - 9.81)) / (25 - 1.6));
  expect(await error(page)).toBeLessThanOrEqual(5);
  await expect(band('g')).toBeVisible();
  await page.mouse.up();
  await page.getByRole('button', { name: 'Reset all' }).click();
  await atRest(page);

  await page.getByLabel('The bands of the sliders').selectOption('0.001');
  await expect(band('g')).toBeVisible({ timeout: 15_000 });
  expect(await width()).toBeLessThan(loose);
  await page.getByLabel('off').check();
  await expect(page.getByTestId('band')).toHaveCount(0);
});

test('marks on a slider say where the active set changes, and it does', async ({ page }) => {
  await open(page);
  const marks = page.getByTestId('value-M').getByTestId('change');
  await expect(marks).toHaveCount(2);
  const [below = '', above = ''] = await marks.evaluateAll((all) => all.map((mark) => (mark as HTMLElement).title));
  const pattern = /^Near ([\d.]+): force (reaches|leaves) its (upper|lower) bound at stage (\d+)\.$/;
  const [, low] = pattern.exec(below) ?? [];
  const [, high, verb] = pattern.exec(above) ?? [];
  expect(Number(low)).toBeLessThan(1);
  expect(Number(high)).toBeGreaterThan(1);
  await expect(slider(page, 'M')).toHaveAccessibleDescription(new RegExp(`force ${verb} its`));

  // How many forces are at their bounds, on either side of the mark.
  const held = async (mass: number) => {
    await field(page, 'M').fill(String(mass));
    await atRest(page);
    await page.getByRole('button', { name: 'Save the trajectories' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'JSON' }).click(),
    ]);
    const { u } = JSON.parse(await readFile(await file.path(), 'utf8'));
    return (u as number[][]).filter(([force = 0]) => Math.abs(force) > 80 - 1e-5).length;
  };
  const change = 2 * (Number(high) - 1);
  expect(await held(1 + change)).not.toBe(await held(1));
});
