// A sweep in the page: curves, maps, ensembles and indices that fill while it runs, on the pool and on a GPU.

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, drawn, field, objective, open, slider } from './workbench';

const outcome = (page: Page) => page.getByTestId('sweep-outcome');
const reading = (page: Page) => page.getByTestId('sweep-reading');
const instances = (page: Page) => page.getByTestId('sweep-field');

async function openSweep(page: Page, fragment = '#g1:double-integrator-bounded'): Promise<void> {
  await open(page, fragment);
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Solve/ })).toBeEnabled();
}

async function solve(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Solve/ }).click();
  await expect(outcome(page)).toHaveAttribute('data-stage', 'done', { timeout: 40_000 });
  await drawn(page);
}

async function check(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('#panel-sweep').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a curve over one value, its tangents, and an instance opened in the workbench', async ({ page }) => {
  await openSweep(page);
  await solve(page);
  await expect(outcome(page)).toContainText('All solved on the CPU');
  await expect(instances(page)).toHaveAttribute('aria-label', /objective over h, 61 instances/);
  // The curve and its tangents.
  await expect(page.locator('.sweep-chart .scatterlayer .trace')).toHaveCount(2);
  await page.getByLabel('tangents').uncheck();
  await expect(page.locator('.sweep-chart .js-line').nth(1)).toHaveCount(0);
  await instances(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const words = await reading(page).innerText();
  const [, time = '', value = ''] = /h = ([\d.]+)\s+objective ([\d.]+)/.exec(words) ?? [];
  expect(Number(time)).toBeCloseTo(0.0525, 9);
  await page.keyboard.press('Enter');
  await expect(field(page, 'h')).toHaveValue('0.0525');
  await atRest(page);
  expect(Number(await objective(page))).toBeCloseTo(Number(value), 3);
  // Another value of what is varied leaves the sweep as it is; one of anything else does not.
  await expect(page.getByTestId('sweep-look')).not.toHaveAttribute('data-stale');
  await field(page, 'r').fill('0.1');
  await atRest(page);
  await expect(page.getByTestId('sweep-look')).toHaveAttribute('data-stale');
  await check(page);
});

test('a map over two values: contours, gradients, regions of active sets; ensembles; a third value', async ({
  page,
}) => {
  await openSweep(page);
  await page.getByRole('button', { name: '+ another' }).click();
  await page.getByLabel('h points', { exact: true }).fill('15');
  await page.getByLabel('u_max points').fill('11');
  await solve(page);
  await expect(instances(page)).toHaveAttribute('aria-label', /15 by 11 instances/);
  await expect(page.locator('.sweep-chart .heatmaplayer image')).toHaveCount(1);
  expect(await page.locator('.sweep-chart .contourlayer path').count()).toBeGreaterThan(4);
  await page.getByLabel('gradient').check();
  await drawn(page);
  // Each arrow is drawn twice, the first time as its rim.
  expect(await page.locator('.sweep-chart .scatterlayer .js-line').count()).toBeGreaterThan(2 * 30);
  await page.getByLabel('Quantity', { exact: true }).selectOption('active');
  await drawn(page);
  await expect(page.locator('.sweep-legend.regions .name')).toHaveText(/^\d+ active sets$/);
  await instances(page).hover({ position: { x: 20, y: 20 } });
  await expect(reading(page)).toContainText('h = 0.05, u_max = 10');
  await check(page);
  await page.getByRole('radio', { name: 'Trajectories' }).check({ force: true });
  await drawn(page);
  await expect(instances(page)).toHaveAttribute('aria-label', /Trajectories of u: bands of 90 % and 50 %/);
  await expect(page.locator('.sweep-chart .scatterlayer .trace')).toHaveCount(6);
  await page.getByRole('button', { name: '+ another' }).click();
  await page.getByLabel('h points', { exact: true }).fill('5');
  await page.getByLabel('u_max points').fill('4');
  await page.getByLabel('v_max points').fill('3');
  await page.getByRole('radio', { name: 'Map' }).check({ force: true });
  await solve(page);
  await expect(outcome(page)).toContainText('All solved');
  await page.locator('.sweep-layer .slider').fill('2');
  await instances(page).hover({ position: { x: 5, y: 5 } });
  await expect(reading(page)).toContainText('h = 0.05, u_max = 10, v_max = 10');
});

test('samples: scatter, Sobol indices with intervals, a tornado, a list from a file', async ({ page }) => {
  await openSweep(page);
  const sampling = page.getByLabel('Instances', { exact: true });
  await sampling.selectOption('latin-hypercube');
  await page.getByLabel('Points', { exact: true }).fill('100');
  await solve(page);
  await expect(page.locator('.sweep-chart .scatterlayer .point')).toHaveCount(100);
  await check(page);
  await sampling.selectOption('saltelli');
  await page.getByLabel('Blocks').fill('64');
  await solve(page);
  await expect(page.getByTestId('sweep-chart')).toHaveAttribute(
    'aria-label',
    /^Sobol indices of objective: \w+ [\d.]+ alone/,
  );
  await expect(reading(page)).toContainText(
    /takes part in [\d.]+ % of the variance of objective \([\d.]+ to [\d.]+ %\)/,
  );
  await expect(reading(page)).toContainText('from 64 blocks');
  await check(page);
  await sampling.selectOption('one-at-a-time');
  await solve(page);
  await expect(page.getByTestId('sweep-chart')).toHaveAttribute('aria-label', /^Tornado of objective/);
  await sampling.selectOption('list');
  await expect(outcome(page)).toContainText('Choose a file');
  const choose = (text: string) =>
    page
      .locator('.sweep-file input')
      .setInputFiles({ name: 'some.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('hh\n1\n');
  await expect(page.locator('.sweep-definition .failed')).toContainText('no parameter or fixed initial state “hh”');
  await choose('h,x\n0.1,-2\n0.12,-1.5\n0.15,-1\n');
  await solve(page);
  await expect(page.getByRole('button', { name: 'Solve 3 instances' })).toBeEnabled();
  await expect(page.locator('.sweep-chart .scatterlayer .point')).toHaveCount(3);
});

test('instances without a solution are marked, with their reason', async ({ page }) => {
  await openSweep(page);
  // No acceleration is within bounds that are the wrong way round.
  await page.getByLabel('Varied').selectOption('u_max');
  await page.getByLabel('u_max from').fill('-0.7');
  await page.getByLabel('u_max to').fill('1.7');
  await page.getByLabel('u_max points').fill('7');
  await solve(page);
  await expect(outcome(page)).toContainText('5 of 7 solved');
  await expect(page.getByTestId('sweep-failure')).toHaveCount(2);
  await expect(reading(page)).toContainText(/2 of 7 did not converge/);
  await instances(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(reading(page)).toContainText('u_max = −0.7');
  await expect(reading(page).locator('.failed')).not.toBeEmpty();
});

test('the definition is part of the link, the finds are files', async ({ page }) => {
  await openSweep(page);
  await page.getByLabel('Varied').selectOption('v_max');
  await page.getByLabel('v_max from').fill('0.4');
  await page.getByLabel('v_max points').fill('9');
  await page.getByLabel('v_max spread by').selectOption('log');
  await page.getByLabel('from the neighbour').check();
  await page.waitForTimeout(600);
  const link = await page.evaluate(() => location.hash);
  await page.goto('about:blank');
  await open(page, link);
  await expect(page.getByLabel('v_max from')).toHaveValue('0.4');
  await expect(page.getByLabel('from the neighbour')).toBeChecked();
  await solve(page);
  const save = async (format: string): Promise<string> => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the sweep' }).click();
    await page.getByRole('menuitem', { name: format }).click();
    return (await waiting).path();
  };
  const [head = '', first = '', ...rest] = (await readFile(await save('CSV'), 'utf8')).trim().split('\r\n');
  expect(head.startsWith('v_max,status,message,active,objective,iterations,kkt,')).toBe(true);
  expect(head).toContain('d objective / d v_max');
  expect(first.startsWith('0.4,converged,')).toBe(true);
  expect(rest).toHaveLength(8);
  const json = JSON.parse(await readFile(await save('JSON'), 'utf8'));
  expect(json.statuses).toEqual({ converged: 9 });
  expect(json.columns.v_max.at(-1)).toBe(10);
  const [third, fourth, fifth] = json.columns.v_max.slice(2);
  expect(fourth / third).toBeCloseTo(fifth / fourth, 9);
  expect((await readFile(await save('PNG'))).subarray(1, 4).toString()).toBe('PNG');
});

test('a sweep is paused, goes on, is cancelled, and waits while a slider is dragged', async ({ page }) => {
  await openSweep(page, '#g1:pendulum-swing-up');
  await page.getByRole('button', { name: '+ another' }).click();
  await page.getByLabel('M points', { exact: true }).fill('150');
  await page.getByLabel('m points', { exact: true }).fill('150');
  await page.getByRole('button', { name: 'Solve 22,500 instances' }).click();
  const progress = page.getByTestId('sweep-progress');
  const done = async () => Number((await progress.innerText()).split(' of ')[0]?.replaceAll(',', ''));
  await expect(progress).toContainText(/[1-9][\d,]* of 22,500 · [\d,]+ a second · \d+ (s|min) left/);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(progress).toContainText('paused');
  // What a worker has under way may still arrive.
  await page.waitForTimeout(400);
  const paused = await done();
  await page.waitForTimeout(400);
  expect(await done()).toBe(paused);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(done).toBeGreaterThan(paused);

  const box = await slider(page, 'l').boundingBox();
  if (!box) throw new Error('The slider is not there.');
  const [left, middle] = [box.x + 0.4 * box.width, box.y + box.height / 2];
  await page.mouse.move(left, middle);
  await page.mouse.down();
  await page.mouse.move(left + 10, middle);
  await page.waitForTimeout(300);
  const held = await done();
  for (let i = 0; i < 10; i++) await page.mouse.move(left + 10 + 2 * i, middle);
  await page.waitForTimeout(300);
  expect(await done()).toBe(held);
  await page.mouse.up();
  await expect.poll(done).toBeGreaterThan(held);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(outcome(page)).toContainText(/^Cancelled: [\d,]+ of 22,500 solved/);
  await expect(page.locator('.sweep-chart .heatmaplayer image')).toHaveCount(1);
});

test('where a GPU is wanted it is used, and named', async ({ page }) => {
  test.setTimeout(120_000);
  await openSweep(page);
  await page.getByLabel('h points', { exact: true }).fill('12');
  await page.getByLabel('Backend').selectOption('gpu');
  await page.getByRole('button', { name: /^Solve/ }).click();
  await expect(outcome(page)).toHaveAttribute('data-stage', 'done', { timeout: 90_000 });
  await expect(outcome(page)).toContainText(/All solved on the GPU \(.+\) in .* 12 were polished in double precision/);
});

test('where there is no GPU the pool solves, and the page says so', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }));
  await withDevice(page, "Object.defineProperty(WorkerNavigator.prototype, 'gpu', { get: () => undefined })");
  await openSweep(page);
  await page.getByLabel('Backend').selectOption('gpu');
  await solve(page);
  await expect(outcome(page)).toContainText('All solved on the CPU');
  await expect(outcome(page)).toContainText('gives no access to a GPU. The CPU has solved it instead.');
});

test('a GPU that is lost in the middle leaves the rest to the pool, and the page says so', async ({ page }) => {
  await withDevice(
    page,
    `let left = 4;
     const submit = GPUQueue.prototype.submit;
     const request = GPUAdapter.prototype.requestDevice;
     GPUAdapter.prototype.requestDevice = async function (...given) {
       const device = await request.apply(this, given);
       GPUQueue.prototype.submit = function (...buffers) {
         submit.apply(this, buffers);
         if (--left === 0) device.destroy();
       };
       return device;
     };`,
  );
  await openSweep(page);
  await page.getByLabel('Backend').selectOption('gpu');
  await solve(page);
  await expect(outcome(page)).toContainText(/All solved on the GPU \(.+\), then the CPU/);
  await expect(outcome(page)).toContainText(/The GPU was lost .* The CPU has solved the remaining 61\./);
});

/** Something to be done first where the page speaks to a GPU: workers have a navigator of their own. */
async function withDevice(page: Page, script: string): Promise<void> {
  await page.route('**/device.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script};${await response.text()}` });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the sweep takes its turn, and nothing sticks out', async ({ page }) => {
    await open(page, '#g1:double-integrator-bounded');
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Sweep' }).click();
    await solve(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const before = await objective(page);
    await instances(page).tap({ position: { x: 100, y: 60 } });
    await atRest(page);
    expect(await objective(page)).not.toBe(before);
    await check(page);
  });
});
