// What is on screen, as files: tables, objects and pictures, from a menu at every plot.

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, field, open } from './workbench';

/** Chooses a format in a menu, and gives the file's name and content. */
async function save(page: Page, menu: string, format: string): Promise<{ name: string; content: Buffer }> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).click(),
  ]);
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

/** Width and height that the header of a PNG states. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

test('the trajectories as a table, with times, costates and multipliers', async ({ page }) => {
  await open(page);
  await field(page, 'F_max').fill('60');
  await atRest(page);
  const { name, content } = await save(page, 'Save the trajectories', 'CSV');
  expect(name).toBe('pendulum-on-a-cart-swing-up-trajectories.csv');
  const [head = '', ...rows] = content.toString().trimEnd().split('\r\n');
  expect(head.split(',').slice(0, 7)).toEqual(['stage', 'time', 'x', 'theta', 'v', 'omega', 'F']);
  expect(head).toContain('costate of theta');
  expect(head).toContain('upper multiplier of force');
  expect(rows).toHaveLength(21);
  const columns = head.split(',');
  const force = rows.map((row) => row.split(',')[columns.indexOf('F')]);
  expect(Math.max(...force.slice(0, 20).map(Number))).toBeCloseTo(60, 6);
  expect(force[20]).toBe('');
});

test('the trajectories as an object', async ({ page }) => {
  await open(page);
  const { content } = await save(page, 'Save the trajectories', 'JSON');
  const object = JSON.parse(content.toString());
  expect(object).toMatchObject({ status: 'converged', states: ['x', 'theta', 'v', 'omega'], controls: ['F'] });
  expect(object.objective).toBeCloseTo(2242.8281, 3);
  expect(object.x).toHaveLength(21);
  expect(object.multipliers.dynamics[0]).toHaveLength(4);
});

test('all trajectories in one picture, and one plot in another', async ({ page }) => {
  await open(page);
  const png = (await save(page, 'Save the trajectories', 'PNG')).content;
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Two rows of three charts, at twice the resolution of the page.
  expect(sizeOf(png).width).toBeGreaterThan(2000);

  const svg = (await save(page, 'Save the trajectories', 'SVG')).content.toString();
  const drawn = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return {
      tag: root.tagName,
      lines: root.querySelectorAll('.js-line').length,
      words: root.textContent ?? '',
    };
  }, svg);
  expect(drawn.tag).toBe('svg');
  // Five trajectories, and the bounds of the force.
  expect(drawn.lines).toBeGreaterThanOrEqual(6);
  for (const word of ['Pendulum on a cart', 'theta', 'angle of the rod']) expect(drawn.words).toContain(word);

  await page.getByTestId('plot-theta').hover();
  const one = await save(page, 'Save the plot of theta', 'SVG');
  expect(one.name).toBe('pendulum-on-a-cart-swing-up-theta.svg');
  expect(one.content.toString()).toContain('angle of the rod');
  expect(one.content.toString()).not.toContain('angular velocity');
});

test('the iterations', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Iterations', exact: true }).click();
  const { content } = await save(page, 'Save the iterations', 'CSV');
  const rows = content.toString().trimEnd().split('\r\n');
  expect(rows[0]).toMatch(/^iteration,objective,primal infeasibility/);
  expect(rows).toHaveLength((await page.locator('#iterations tbody tr').count()) + 1);
  const png = (await save(page, 'Save the iterations', 'PNG')).content;
  expect(sizeOf(png).width).toBeGreaterThan(1000);
});

test('the menu by keyboard', async ({ page }) => {
  await open(page);
  const button = page.getByRole('button', { name: 'Save the trajectories' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'CSV' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'JSON' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menuitem')).toHaveCount(0);
  await expect(button).toBeFocused();
  // Not on screen until it is pointed at, but where the keyboard goes.
  await page.getByRole('button', { name: 'Save the plot of x' }).focus();
  await expect(page.getByRole('button', { name: 'Save the plot of x' })).toHaveCSS('opacity', '1');
});

test('the sensitivities on screen, as a table and as a map', async ({ page }) => {
  await open(page);
  const { name, content } = await save(page, 'Save the sensitivities', 'CSV');
  expect(name).toBe('pendulum-on-a-cart-swing-up-sensitivities.csv');
  const [head = '', ...rows] = content.toString().trimEnd().split('\r\n');
  expect(head).toMatch(/^quantity,stage,time,M,m,g,l/);
  // Four states at 21 stages, a control at 20.
  expect(rows).toHaveLength(104);
  const svg = (await save(page, 'Save the sensitivities', 'SVG')).content.toString();
  const drawn = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return { cells: root.querySelectorAll('image').length, words: root.textContent ?? '' };
  }, svg);
  expect(drawn.cells).toBe(1);
  for (const word of ['Sensitivities', 'theta', 'F_max', 'x0.omega']) expect(drawn.words).toContain(word);
});
