// The sensitivity studio: what is selected of the derivatives, and the looks at them beside the map.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from './page';
import { atRest, drawn, editor, field, heatmap, objective, open, slider, trace } from './workbench';

const view = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
const map = (page: Page) => page.getByTestId('heatmap');
const reading = (page: Page) => page.getByTestId('heatmap-reading');
const quantity = (page: Page) => page.getByLabel('Quantity shown');
const dial = (page: Page) => page.getByRole('slider', { name: 'Smoothing' });
const finding = (page: Page) => page.getByTestId('check-finding');

async function choose(page: Page, name: string): Promise<void> {
  await view(page, name).check({ force: true });
}

async function openProblem(page: Page, title: RegExp): Promise<void> {
  await page.getByTestId('gallery').click();
  await page.getByRole('menuitem', { name: title }).click();
  await expect(page.getByTestId('gallery')).toContainText(title);
  await atRest(page);
}

async function openText(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Names of the columns of the map, in order: each is read out in its first cell. */
async function columns(page: Page): Promise<string[]> {
  const label = (await map(page).getAttribute('aria-label')) ?? '';
  const count = Number(/by (\d+) derivatives/.exec(label)?.[1]);
  await map(page).focus();
  await page.keyboard.press('Home');
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    await page.keyboard.press('ArrowRight');
    names.push(/∂[^/]*\/∂(\S+)/.exec(await reading(page).locator('.what').innerText())?.[1] ?? '');
  }
  await page.keyboard.press('Escape');
  return names;
}

async function check(page: Page, item: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Check by re-solving' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.describe('the map', () => {
  test('shows costates, and gradient and Hessian of the objective', async ({ page }) => {
    await open(page);
    await quantity(page).selectOption('All costates');
    await expect(map(page)).toHaveAttribute('aria-label', /of 84 by 14/);
    await map(page).hover({ position: { x: 20, y: 20 } });
    await expect(reading(page)).toContainText('∂λ x/∂M');

    await page.mouse.move(0, 0);
    await quantity(page).selectOption('The objective');
    await expect(map(page)).toHaveAttribute('aria-label', /of 15 by 14/);
    await map(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect(reading(page)).toContainText('∂J/∂M');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect(reading(page)).toContainText('∂²J/∂M∂m');
    await expect(reading(page).locator('strong')).not.toHaveText('no value', { timeout: 20_000 });
    const above = await reading(page).locator('strong').innerText();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expect(reading(page)).toContainText('∂²J/∂m∂M');
    const [a, b] = [above, await reading(page).locator('strong').innerText()].map(numberOf);
    expect(Math.abs((a ?? 0) - (b ?? 1))).toBeLessThan(1e-6 * Math.abs(a ?? 0));
  });

  test('finds columns by what is typed, and sorts them', async ({ page }) => {
    await open(page);
    const declared = await columns(page);
    expect(declared.slice(0, 3)).toEqual(['M', 'm', 'g']);
    await page.getByRole('button', { name: 'Arrange' }).click();
    await choose(page, 'by name');
    await page.keyboard.press('Escape');
    expect(await columns(page)).toEqual(declared.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    await page.getByRole('button', { name: 'Arrange' }).click();
    await choose(page, 'by size');
    await page.keyboard.press('Escape');
    const sized = await columns(page);
    expect(sized.toSorted()).toEqual(declared.toSorted());
    // The pendulum hardly feels its weights, and very much where it starts.
    expect(sized.indexOf('r')).toBeLessThan(sized.indexOf('q_x'));

    await page.getByLabel('Find columns').fill('theta');
    expect((await columns(page)).toSorted()).toEqual(['q_theta', 'x0.theta']);
    await expect(page.locator('.beside .gradient tr')).toHaveCount(2);
    await page.getByLabel('Find columns').fill('nothing like it');
    await expect(page.locator('.map-page')).toHaveCount(0);
    await expect(page.locator('.studio-page')).toContainText('No column');
  });

  test('scales by the ranges of the sliders', async ({ page }) => {
    await open(page);
    const read = async () => {
      await map(page).focus();
      await page.keyboard.press('ArrowRight');
      for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowDown');
      const text = await reading(page).locator('strong').innerText();
      await page.keyboard.press('Escape');
      return numberOf(text);
    };
    const absolute = await read();
    await choose(page, 'per range');
    // M goes from 0.5 to 2.
    const scaled = await read();
    expect(scaled / absolute).toBeCloseTo(1.5, 4);
  });

  test('is hatched at a kink, and the page says why', async ({ page }) => {
    await open(page);
    await openProblem(page, /projection/);
    await expect(page.getByTestId('hatching')).toHaveCount(0);
    await field(page, 'theta').fill('1');
    await atRest(page);
    await expect(page.locator('.caution')).toContainText('Strict complementarity fails');
    await expect(page.getByTestId('hatching')).toBeVisible();
  });

  test('what is selected travels with the link', async ({ page }) => {
    await open(page);
    await page.getByLabel('Find columns').fill('theta');
    await choose(page, 'Lines');
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#c1:/);
    await page.waitForTimeout(600);
    const link = await page.evaluate(() => location.hash);
    await page.goto('about:blank');
    await open(page, link);
    await expect(view(page, 'Lines')).toBeChecked();
    await expect(page.getByLabel('Find columns')).toHaveValue('theta');
  });
});

test('the lines are those of the map, one for each column', async ({ page }) => {
  await open(page);
  await quantity(page).selectOption('F');
  await choose(page, 'Lines');
  await expect(page.getByTestId('lines-F')).toBeVisible();
  const before = await trace(page, '∂F/∂M');
  expect(before).toMatch(/^M/);
  expect(await trace(page, '∂F/∂l')).not.toBe(before);
  const key = page.locator('.line-key', { hasText: /^M$/ });
  await key.focus();
  await drawn(page);
  const widths = await page.evaluate(() => {
    type Drawing = HTMLElement & { data?: { name?: string; line?: { width?: number } }[] };
    const all = [...document.querySelectorAll<Drawing>('.line-charts .drawing')].flatMap(({ data }) => [
      ...(data ?? []),
    ]);
    return ['∂F/∂M', '∂F/∂l'].map((name) => all.find((each) => each.name === name)?.line?.width ?? 0);
  });
  expect(widths[0]).toBeGreaterThan(widths[1] ?? 0);
  await quantity(page).selectOption('The objective');
  await expect(page.locator('.studio-page')).toContainText('do not depend on time');
});

test('the smoothing dial smooths everything, and lets go of it', async ({ page }) => {
  await open(page);
  const before = { map: await heatmap(page), objective: await objective(page), force: await trace(page, 'F') };
  await dial(page).focus();
  await page.keyboard.press('End');
  await atRest(page);
  await expect(page.locator('.tau')).toContainText('τ = 1000');
  await expect(dial(page)).toHaveAttribute('aria-valuetext', /barrier value 1000/);
  expect(await heatmap(page)).not.toBe(before.map);
  expect(await trace(page, 'F')).not.toBe(before.force);
  expect(Number(await objective(page))).toBeGreaterThan(Number(before.objective));
  await page.getByRole('button', { name: 'No smoothing' }).click();
  await atRest(page);
  await expect(page.locator('.tau')).toContainText('as solved');
  expect(await objective(page)).toBe(before.objective);
  expect(await heatmap(page)).toBe(before.map);
});

test.describe('comparison', () => {
  test('a Gauss-Newton Hessian is visibly wrong on the swing-up, and the page says so', async ({ page }) => {
    await open(page);
    await choose(page, 'Compare');
    const said = page.getByTestId('comparison');
    await expect(said).toContainText(/differ by up to \d+/, { timeout: 20_000 });
    await expect(said).toContainText('wrong for its derivatives');
    await expect(page.locator('.compared .heatmaplayer image')).toHaveCount(3);
    // A cell that is pointed at is marked in all three.
    await page
      .getByTestId('compared-first')
      .getByTestId('heatmap')
      .hover({ position: { x: 30, y: 30 } });
    await expect(page.getByTestId('compared-second').getByTestId('pointed-column')).toBeVisible();
    await expect(page.getByTestId('compared-difference').getByTestId('pointed-column')).toBeVisible();
  });

  test('smoothed beside exact follows the dial', async ({ page }) => {
    await open(page);
    await choose(page, 'Compare');
    await page.getByLabel('Second map').selectOption('smoothed');
    await expect(page.getByTestId('compared-second')).toContainText('Turn the smoothing dial');
    await dial(page).focus();
    await page.keyboard.press('End');
    const said = page.getByTestId('comparison');
    await expect(said).toContainText('differ by', { timeout: 20_000 });
    // The exact one stays where it was.
    await expect(page.locator('.compared .heatmaplayer image')).toHaveCount(3);
    for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown');
    await atRest(page);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await atRest(page);
    await expect(said).toContainText(/agree to \d+ digits/, { timeout: 20_000 });
  });

  test('finite differences are re-solved on demand', async ({ page }) => {
    await open(page);
    await choose(page, 'Compare');
    await page.getByLabel('Second map').selectOption('finite differences');
    await page.getByLabel('Find columns').fill('theta');
    await page.getByRole('button', { name: 'Re-solve 2 columns' }).click();
    await expect(page.getByTestId('comparison')).toContainText(/agree to [4-9] digits/, { timeout: 30_000 });
  });
});

test.describe('checks by re-solving', () => {
  test('the whole map: progress, marks, words', async ({ page }) => {
    await open(page);
    await check(page, /whole map/);
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(finding(page)).toContainText('All 14 columns agree', { timeout: 30_000 });
    await expect(page.locator('.check-mark[data-agrees=true]')).toHaveCount(14);
    await map(page).hover({ position: { x: 20, y: 90 } });
    await expect(reading(page)).toContainText('by finite differences');
    // It is that of this solution only.
    await field(page, 'M').fill('1.2');
    await atRest(page);
    await expect(finding(page)).toHaveCount(0);
    await expect(page.locator('.check-mark')).toHaveCount(0);
  });

  test('a column, a cell, and forgetting them', async ({ page }) => {
    await open(page);
    await map(page).click({ position: { x: 10, y: 90 } });
    await check(page, /^Column M/);
    await expect(finding(page)).toContainText('M agrees', { timeout: 30_000 });
    await page.getByRole('button', { name: 'Forget the check' }).click();
    await expect(finding(page)).toHaveCount(0);
    await check(page, /^Cell ∂/);
    await expect(finding(page)).toContainText('The cell agrees', { timeout: 30_000 });
  });

  test('can be cancelled', async ({ page }) => {
    await open(page);
    await openProblem(page, /quadrotor/i);
    await check(page, /whole map/);
    await page.getByTestId('check-progress').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByTestId('check-progress')).toHaveCount(0);
    await page.getByLabel('Find columns').fill('x0.');
    await check(page, /whole map/);
    await expect(page.getByTestId('check-progress')).toBeVisible();
    await page.getByTestId('check-progress').getByRole('button', { name: 'Cancel' }).click();
  });

  test('a kink explains where differences differ', async ({ page }) => {
    await open(page);
    await openProblem(page, /projection/);
    await field(page, 'theta').fill('1');
    await atRest(page);
    await check(page, /whole map/);
    await expect(finding(page)).toContainText('at a kink', { timeout: 30_000 });
    await expect(finding(page)).toContainText('interval');
    await expect(page.locator('.check-mark[data-agrees=false]').first()).toBeVisible();
  });
});

test.describe('validity', () => {
  test('names the conditions, and how far each value may move', async ({ page }) => {
    await open(page);
    await choose(page, 'Validity');
    await expect(page.getByTestId('trust')).toContainText('hold here', { timeout: 20_000 });
    for (const term of ['LICQ', 'Second order', 'Strict complementarity', 'Residual', 'Condition'])
      await expect(page.getByRole('button', { name: term, exact: true })).toBeVisible();
    const row = page.getByTestId('reach-F_max');
    await expect(row).toContainText(/[+−]\S+: \S+ (meets|leaves) (lower|upper), stage \d+/);
    expect(await page.getByTestId('reaches').locator('tbody tr').count()).toBe(14);
    const before = await row.innerText();
    await field(page, 'F_max').fill('70');
    await atRest(page);
    await expect.poll(() => row.innerText(), { timeout: 20_000 }).not.toBe(before);
    await page.getByRole('button', { name: 'LICQ' }).focus();
    await expect(page.locator('.validity-page .explanation')).toContainText('two inequalities');
  });

  test('a fixed initial state written as two inequalities breaks LICQ, and the page says so', async ({ page }) => {
    await open(page);
    await openText(
      page,
      [
        'parameter start = 1 in [0, 2]',
        'state x free',
        'state v = 0',
        'control u in [-5, 5]',
        'dynamics',
        "  x' = v",
        "  v' = u",
        'minimize',
        '  integral x^2 + v^2 + u^2',
        'subject to',
        '  above at start: start <= x',
        '  below at start: x <= start',
        'horizon 2 s in 10 steps, rk4',
        '',
      ].join('\n'),
    );
    await expect(page.getByTestId('status')).toHaveAttribute('data-at-rest', 'true');
    await choose(page, 'Validity');
    const licq = page.locator('.condition', { hasText: 'LICQ' });
    await expect(licq).toHaveAttribute('data-good', 'false', { timeout: 20_000 });
    await expect(licq).toContainText('depend on one another');
  });
});

test('directions: which combinations matter, and which no data could tell apart', async ({ page }) => {
  await open(page);
  await choose(page, 'Directions');
  const radios = page.getByTestId('spectrum').getByRole('radio');
  await expect(radios).toHaveCount(14, { timeout: 20_000 });
  const words = page.getByTestId('direction').getByRole('status');
  await expect(words).toContainText('moves the solution most');
  await radios.first().focus();
  await page.keyboard.press('ArrowUp');
  await expect(radios.last()).toBeChecked();
  await expect(words).toContainText('No data could tell these apart');
});

test('a drag leaves studies for later', async ({ page }) => {
  await open(page);
  await choose(page, 'Validity');
  await expect(page.getByTestId('trust')).toBeVisible({ timeout: 20_000 });
  const box = await slider(page, 'M').boundingBox();
  if (!box) throw new Error('the slider is not on screen');
  await page.mouse.move(box.x + box.width * 0.35, box.y + box.height / 2);
  await page.mouse.down();
  for (let i = 0; i < 5; i++) await page.mouse.move(box.x + box.width * (0.4 + 0.03 * i), box.y + box.height / 2);
  // What was found out is that of the solution before.
  await expect(page.locator('.validity-page')).toHaveAttribute('data-stale', 'true');
  await page.mouse.up();
  await atRest(page);
  await expect(page.locator('.validity-page')).not.toHaveAttribute('data-stale', { timeout: 20_000 });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name, viewport } of [
    { name: 'desk', viewport: { width: 1440, height: 900 } },
    { name: 'phone', viewport: { width: 390, height: 844 } },
  ]) {
    test.describe(`${colorScheme}, ${name}`, () => {
      test.use({ colorScheme, viewport, reducedMotion: 'reduce' });

      test('axe finds nothing in the studio, and nothing is wider than the screen', async ({ page }) => {
        await open(page);
        if (name === 'phone') await page.getByRole('button', { name: 'Sensitivities', exact: true }).click();
        for (const each of ['Map', 'Lines', 'Compare', 'Validity', 'Directions']) {
          await choose(page, each);
          if (each === 'Compare') await expect(page.getByTestId('comparison')).toBeVisible({ timeout: 20_000 });
          if (each === 'Validity') await expect(page.getByTestId('reaches')).toBeVisible({ timeout: 20_000 });
          if (each === 'Directions') await expect(page.getByTestId('direction')).toBeVisible({ timeout: 20_000 });
          await drawn(page);
          const { violations } = await new AxeBuilder({ page }).include('#panel-sensitivities').analyze();
          expect(
            violations.map(
              ({ id, nodes }) => `${each}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
            ),
          ).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
        }
      });
    });
  }
}

function numberOf(text: string): number {
  const [, mantissa = '', raised = ''] = /^(−?[\d.]+)(?:×10(\S+))?/.exec(text) ?? [];
  const digits = [...raised].map((sign) => (sign === '⁻' ? '-' : String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)))).join('');
  return Number(mantissa.replace('−', '-')) * 10 ** Number(digits || 0);
}
