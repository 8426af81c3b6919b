// Behind the status: the iterates one by one, the optimality report, the method, and reasons for failure.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, drawn, editor, field, objective, open, pictureId, status } from './workbench';

const iterations = (page: Page) => page.getByRole('button', { name: 'Iterations', exact: true });
const optimality = (page: Page) => page.getByRole('button', { name: 'Optimality', exact: true });
const check = (page: Page) => page.getByRole('button', { name: 'Check optimality' });

async function addLine(page: Page, line: string): Promise<void> {
  const before = await pictureId(page);
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText(`\n${line}\n`);
  await expect
    .poll(async () => (await pictureId(page)) > before || (await status(page).getAttribute('data-status')) === 'stale')
    .toBe(true);
}

/** What is drawn of a quantity: numbers, for the size of the plots changes with what is open above them. */
async function values(page: Page, name: string): Promise<string> {
  await drawn(page);
  return page.evaluate((wanted) => {
    type Drawing = HTMLElement & { data?: { name?: string; y?: unknown }[] };
    const drawings = [...document.querySelectorAll<Drawing>('.drawing')];
    const traces = drawings.flatMap(({ data }) => [...(data ?? [])]);
    return JSON.stringify(traces.find((each) => each.name === wanted)?.y ?? null);
  }, name);
}

test('iterates can be scrubbed through, and Escape returns to the solution', async ({ page }) => {
  await open(page);
  const solution = await values(page, 'theta');
  await iterations(page).click();
  const slider = page.getByRole('slider', { name: /^iteration/ });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(status(page)).toHaveAttribute('data-iterate', '0');
  await expect(status(page)).toContainText('not the solution');
  await expect.poll(() => values(page, 'theta')).not.toBe(solution);
  const first = await values(page, 'theta');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect(status(page)).toHaveAttribute('data-iterate', '5');
  await expect.poll(() => values(page, 'theta')).not.toBe(first);
  await expect(page.locator('#iterations tr[aria-current]')).toContainText('5');
  await page.keyboard.press('Escape');
  await expect(status(page)).not.toHaveAttribute('data-iterate');
  await expect.poll(() => values(page, 'theta')).toBe(solution);

  await slider.press('Home');
  await expect(status(page)).toHaveAttribute('data-iterate', '0');
  await iterations(page).click();
  await expect(status(page)).not.toHaveAttribute('data-iterate');
  await expect.poll(() => values(page, 'theta')).toBe(solution);
});

test('a changed value leaves the iterates', async ({ page }) => {
  await open(page);
  await iterations(page).click();
  await page.getByRole('slider', { name: /^iteration/ }).press('Home');
  await expect(status(page)).toHaveAttribute('data-iterate', '0');
  await field(page, 'M').fill('1.2');
  await atRest(page);
  await expect(status(page)).not.toHaveAttribute('data-iterate');
  await drawn(page);
});

test('the optimality of the solution is checked when it is asked for', async ({ page }) => {
  await open(page);
  await optimality(page).click();
  await check(page).click();
  const panel = page.getByTestId('optimality');
  await expect(panel).toHaveAttribute('data-stage', 'done', { timeout: 30_000 });
  for (const term of ['Stationarity', 'LICQ', 'Reduced Hessian', 'Strict complementarity'])
    await expect(panel.getByRole('button', { name: term })).toBeVisible();
  await expect(panel).toContainText('positive definite: a strict local minimum');
  // The force of the reference solution is at its bounds there.
  await expect(panel.getByRole('row', { name: /upper/ })).toContainText('stages 0–1, 8');
  await expect(panel.getByRole('row', { name: /lower/ })).toContainText('stages 3–6');
  await panel.getByRole('button', { name: 'LICQ' }).focus();
  await expect(panel.locator('.explanation')).toContainText('singular value');

  // It is that of this solution only.
  await field(page, 'M').fill('1.2');
  await atRest(page);
  await expect(check(page)).toBeVisible();
});

test('a check that is under way is ended by a changed value, and can be cancelled', async ({ page }) => {
  await open(page);
  await page.getByTestId('gallery').click();
  await page.getByRole('menuitem', { name: /chain/i }).click();
  await expect(page.getByTestId('gallery')).toContainText(/chain/i);
  await atRest(page);
  await optimality(page).click();
  await check(page).click();
  await expect(page.getByTestId('optimality')).toHaveAttribute('data-stage', 'running');
  const before = await objective(page);
  await field(page, 'g').fill('9');
  await atRest(page);
  expect(await objective(page)).not.toBe(before);
  await expect(page.getByTestId('optimality')).toHaveAttribute('data-stage', 'none');
  await check(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(check(page)).toBeEnabled();
});

test('the method of the text solves, and is named', async ({ page }) => {
  await open(page);
  const before = Number(await objective(page));
  await expect(page.getByTestId('method')).toHaveCount(0);
  await addLine(page, 'solver sqp(hessian = gauss-newton)');
  await atRest(page);
  await expect(page.getByTestId('method')).toHaveText('SQP, Gauss-Newton');
  expect(Number(await objective(page))).toBeCloseTo(before, 4);
});

test('Gauss-Newton without squares is a diagnostic at its line', async ({ page }) => {
  await open(page);
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(
    "state x = 1\ncontrol u in [-1, 1]\ndynamics\n  x' = u\nminimize\n  integral x^4 + u^2\n  terminal exp(x)\nhorizon 1 s in 5 steps, rk4\nsolver sqp(hessian = gauss-newton)\n",
  );
  await expect(page.getByTestId('diagnostics')).toContainText('exp');
  await expect(page.getByTestId('diagnostics')).toContainText('9:1');
});

test('an infeasible problem says which constraint cannot be met, in full', async ({ page }) => {
  await open(page);
  await field(page, 'F_max').fill('-1');
  await atRest(page, 'infeasible');
  const message = page.locator('.status-message');
  await expect(message).toContainText('force');
  const cut = await message.evaluate(
    (element) => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1,
  );
  expect(cut).toBe(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('axe finds nothing among iterates and in the report', async ({ page }) => {
      await open(page);
      await iterations(page).click();
      await page.getByRole('slider', { name: /^iteration/ }).press('ArrowLeft');
      await expect(status(page)).toHaveAttribute('data-iterate', /\d+/);
      await clean(page);
      await optimality(page).click();
      await check(page).click();
      await expect(page.getByTestId('optimality')).toHaveAttribute('data-stage', 'done', { timeout: 30_000 });
      await clean(page);
    });
  });
}

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.status-area').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
