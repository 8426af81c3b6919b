// Problems as layers that learn: three experiments, live.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, open } from './workbench';

const progress = (page: Page) => page.getByTestId('learn-progress');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const loss = async (page: Page) => Number(await progress(page).getAttribute('data-loss'));
const stepOf = async (page: Page) => Number(await progress(page).getAttribute('data-step'));

async function openExperiment(page: Page, fragment: string): Promise<void> {
  await page.goto(`/${fragment}`);
  await expect(progress(page)).toHaveAttribute('data-step', '0', { timeout: 30_000 });
}

test.describe('each experiment reaches its stated loss from its seed', () => {
  for (const { name, steps } of [
    { name: 'recover', steps: 150 },
    { name: 'tune', steps: 40 },
    { name: 'tune;solves=rti', steps: 40 },
    { name: 'network', steps: 200 },
  ]) {
    test(name, async ({ page }) => {
      test.setTimeout(180_000);
      await openExperiment(page, `#l1:${name}`);
      await button(page, 'Start').click();
      await expect(progress(page)).toHaveAttribute('data-reached', /\d+/, { timeout: 150_000 });
      expect(Number(await progress(page).getAttribute('data-reached'))).toBeLessThanOrEqual(steps);
      await expect(progress(page)).toContainText('The stated loss was reached at step');
      await expect(page.getByTestId('loss-plot').locator('.js-line').first()).toBeAttached();
      await expect(page.getByTestId('landscape').locator('.heatmaplayer image')).toBeAttached();
      await expect(page.getByTestId('learn-trajectories').locator('.js-line').first()).toBeAttached();
    });
  }
});

test('while it trains the page changes once a frame, and one figure at most is drawn anew in each', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openExperiment(page, '#l1:tune');
  await expect(page.getByTestId('learn-trajectories').locator('.js-line').first()).toBeAttached();
  await page.evaluate(() => {
    const counts = { frames: 0, steps: 0, mostSteps: 0, mostFigures: 0 };
    Object.assign(window, { counts });
    let [steps, figures] = [0, new Set<Element>()];
    const frame = () => {
      counts.frames++;
      counts.mostSteps = Math.max(counts.mostSteps, steps);
      counts.mostFigures = Math.max(counts.mostFigures, figures.size);
      [steps, figures] = [0, new Set()];
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new MutationObserver((changes) => {
      for (const { target } of changes) if (target instanceof HTMLElement && target.dataset.step) steps++;
      counts.steps++;
    }).observe(document.querySelector('.learn') as Element, { subtree: true, attributeFilter: ['data-step'] });
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const drawing = target instanceof Element && addedNodes.length > 0 && target.closest('.drawing');
        if (drawing) figures.add(drawing);
      }
    }).observe(document.querySelector('.learn') as Element, { subtree: true, childList: true });
  });
  await button(page, 'Start').click();
  await expect.poll(() => stepOf(page), { timeout: 90_000 }).toBeGreaterThan(8);
  const counts = await page.evaluate(() => (window as unknown as { counts: Record<string, number> }).counts);
  expect(counts.steps).toBeGreaterThan(2);
  expect(counts).toMatchObject({ mostSteps: 1, mostFigures: 1 });
});

test('what has moved along is where it is when it is drawn anew', async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ colorScheme: 'light' });
  await openExperiment(page, '#l1:recover');
  await button(page, 'Start').click();
  await expect(button(page, 'Pause')).toBeVisible();
  // It pauses of itself.
  await expect(button(page, 'Start')).toBeVisible({ timeout: 50_000 });
  await expect(page.getByTestId('landscape')).toHaveAttribute('data-surveyed', { timeout: 50_000 });
  /** Of every part of every trace, whose order in the page may change. */
  const boxes = async (): Promise<Map<string, number[]>> => {
    await page.waitForTimeout(500);
    await expect(page.locator('[data-drawing]')).toHaveCount(0);
    const found = await page.locator('.learn .drawing .js-line, .learn .drawing .point').evaluateAll((parts) =>
      parts.map((part): [string, number[]] => {
        const { x, y, width, height } = part.getBoundingClientRect();
        const area = part.closest<HTMLElement>('[data-testid]')?.dataset.testid;
        const trace = part.closest('.trace');
        const place = [...(trace?.querySelectorAll('path') ?? [])].indexOf(part as SVGPathElement);
        return [`${area} ${trace?.getAttribute('class')} ${place}`, [x, y, width, height]];
      }),
    );
    return new Map(found);
  };
  const moved = await boxes();
  expect(moved.size).toBeGreaterThan(50);
  await page.emulateMedia({ colorScheme: 'dark' });
  const anew = await boxes();
  expect([...anew.keys()].sort()).toEqual([...moved.keys()].sort());
  for (const [part, box] of anew)
    for (const [side, value] of box.entries())
      expect(Math.abs(value - (moved.get(part)?.[side] ?? 0)), part).toBeLessThan(0.5);
});

test('a training is paused, goes on by single steps, and begins anew', async ({ page }) => {
  await openExperiment(page, '#l1:recover');
  const first = await loss(page);
  await button(page, 'Start').click();
  await expect.poll(() => stepOf(page)).toBeGreaterThan(3);
  await button(page, 'Pause').click();
  await expect(button(page, 'Start')).toBeVisible();
  await page.waitForTimeout(300);
  const paused = await stepOf(page);
  await page.waitForTimeout(300);
  expect(await stepOf(page)).toBe(paused);
  await button(page, 'Step').click();
  await expect(progress(page)).toHaveAttribute('data-step', String(paused + 1));
  await button(page, 'Reset').click();
  await expect(progress(page)).toHaveAttribute('data-step', '0');
  expect(await loss(page)).toBe(first);
});

test('the same link trains the same way, switches and all', async ({ page }) => {
  await openExperiment(page, '#l1:recover');
  await page.getByLabel('Seed').fill('5');
  await page.getByLabel('Batch').selectOption('2');
  await page.getByLabel('Smoothing').selectOption('1');
  await page.getByRole('radio', { name: 'Gauss-Newton' }).check({ force: true });
  await page.getByRole('radio', { name: 'cold' }).check({ force: true });
  await expect
    .poll(() => page.evaluate(() => location.hash))
    .toBe('#l1:recover;seed=5;batch=2;tau=1;hessian=gauss-newton;start=cold');
  const link = await page.evaluate(() => location.hash);
  const losses = async () => {
    await expect(progress(page)).toHaveAttribute('data-step', '0');
    const found = [await loss(page)];
    for (let step = 1; step <= 3; step++) {
      await button(page, 'Step').click();
      await expect(progress(page)).toHaveAttribute('data-step', String(step));
      found.push(await loss(page));
    }
    return found;
  };
  const here = await losses();
  await page.goto('about:blank');
  await openExperiment(page, link);
  expect(await losses()).toEqual(here);
  await page.getByRole('radio', { name: 'exact' }).check({ force: true });
  await page.waitForTimeout(100);
  expect(await losses()).not.toEqual(here);
});

test('how it works: the mathematics, and beside it the map that a layer is', async ({ page }) => {
  await page.goto('/#l1:layer');
  const figure = page.getByTestId('layer-figure');
  // Three maps, each with its value, its derivative and differences of neighbours.
  await expect(figure.locator('.scatterlayer .trace')).toHaveCount(9, { timeout: 30_000 });
  await expect(page.locator('.layer-text .katex').first()).toBeVisible();
  await expect(page.locator('.layer-text .katex-error')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('radio', { name: 'Recover the cost' }).check({ force: true });
  await expect(progress(page)).toHaveAttribute('data-step', '0', { timeout: 30_000 });
});

test('everything is reached by the keyboard', async ({ page }) => {
  await openExperiment(page, '#l1:recover');
  await button(page, 'Step').focus();
  await page.keyboard.press('Enter');
  await expect(progress(page)).toHaveAttribute('data-step', '1');
  await page.keyboard.press('Shift+Tab');
  await expect(button(page, 'Start')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(progress(page)).toHaveAttribute('data-reached', /\d+/, { timeout: 60_000 });
  await page.getByRole('radio', { name: 'Recover the cost' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#l1:tune');
});

test('one comes from the problem and goes back to it', async ({ page }) => {
  await open(page, '#g1:chen-allgoewer');
  await button(page, 'Learn').click();
  await expect(progress(page)).toHaveAttribute('data-step', '0', { timeout: 30_000 });
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#l1:recover');
  await button(page, 'Learn').click();
  await atRest(page);
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#g1:chen-allgoewer');
});

test('where there are cores to spare the layer behind the network is solved on threads', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 }));
  await openExperiment(page, '#l1:network');
  await expect(progress(page)).toContainText('on 3 threads');
  const before = await loss(page);
  for (const step of [1, 2]) {
    await button(page, 'Step').click();
    await expect(progress(page)).toHaveAttribute('data-step', String(step));
  }
  expect(await loss(page)).toBeLessThan(before);
  await page.getByRole('radio', { name: 'Recover the cost' }).check({ force: true });
  await expect(progress(page)).toHaveAttribute('data-step', '0', { timeout: 30_000 });
  await expect(progress(page)).not.toContainText('threads');
});

test('a training that is left while it runs is over, and another begins', async ({ page }) => {
  await openExperiment(page, '#l1:tune');
  await button(page, 'Start').click();
  await expect(button(page, 'Pause')).toBeVisible();
  await button(page, 'Learn').click();
  await button(page, 'Learn').click();
  await expect(progress(page)).toHaveAttribute('data-step', '0', { timeout: 30_000 });
  await button(page, 'Step').click();
  await expect(progress(page)).toHaveAttribute('data-step', '1');
});

test('after a change the training before it stays in sight', async ({ page }) => {
  await openExperiment(page, '#l1:recover');
  const curves = page.getByTestId('loss-plot').locator('.js-line');
  await button(page, 'Start').click();
  await expect(progress(page)).toHaveAttribute('data-reached', /\d+/, { timeout: 60_000 });
  await expect(page.locator('[data-drawing]')).toHaveCount(0);
  const before = await curves.count();
  await page.getByRole('radio', { name: 'Gauss-Newton' }).check({ force: true });
  await expect(progress(page)).toHaveAttribute('data-step', '0');
  await expect(page.getByText('before the last change')).toBeVisible();
  await button(page, 'Step').click();
  await expect(curves).toHaveCount(before + 2);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} wide`, () => {
      test.use({ colorScheme, viewport, reducedMotion: 'reduce' });
      test('nothing is found by axe, and nothing is wider than the page', async ({ page }) => {
        await openExperiment(page, '#l1:tune');
        await button(page, 'Step').click();
        await expect(page.getByTestId('standings')).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        ).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
        expect(await page.locator('.learn').evaluate((main) => main.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      });
    });
  }
}
