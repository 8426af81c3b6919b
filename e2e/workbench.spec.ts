// The workbench at work: a problem is solved, dragged, broken and mended, and exchanged for another.

import { expect, test } from './page';
import { atRest, drawn, editor, field, heatmap, objective, open, pictureId, slider, status, trace } from './workbench';

test('opens with the pendulum solved, and its derivatives', async ({ page }) => {
  await open(page);
  await expect(page.getByTestId('gallery')).toContainText('endulum');
  // The value of the reference solution.
  expect(Number(await objective(page))).toBeCloseTo(2242.8281, 3);
  for (const name of ['x', 'theta', 'v', 'omega', 'F']) expect(await trace(page, name)).toMatch(/^M[\d.]+,[\d.]+[LH]/);

  const map = page.getByTestId('heatmap');
  await map.hover({ position: { x: 40, y: 25 } });
  await expect(page.getByTestId('heatmap-reading')).toContainText('∂x/∂m');
  const derivative = page.getByTestId('derivative');
  const before = await trace(page, '∂F/∂M');
  expect(before).toMatch(/^M/);
  await map.click({ position: { x: 40, y: 25 } });
  await expect(derivative).toContainText('∂x/∂m');
  expect(await trace(page, '∂F/∂M')).toBe('');
  const after = await trace(page, '∂x/∂m');
  expect(after).toMatch(/^M/);
  expect(after).not.toBe(before);
});

test('trajectory and heatmap follow a slider while it is dragged', async ({ page }) => {
  await open(page);
  const before = { theta: await trace(page, 'theta'), heatmap: await heatmap(page), id: await pictureId(page) };
  const box = await slider(page, 'M').boundingBox();
  if (!box) throw new Error('the slider is not on screen');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 3, y);
  await page.mouse.down();
  const seen = new Set<string>();
  for (let i = 0; i < 10; i++) {
    await page.mouse.move(box.x + box.width * (0.4 + 0.03 * i), y);
    await expect.poll(() => pictureId(page)).toBeGreaterThan(before.id + i);
    seen.add(await trace(page, 'theta'));
  }
  expect(seen.size).toBeGreaterThanOrEqual(8);
  expect(await heatmap(page)).not.toBe(before.heatmap);
  await page.mouse.up();
  await atRest(page);
  expect(await trace(page, 'theta')).not.toBe(before.theta);
  expect(Number(await field(page, 'M').inputValue())).toBeGreaterThan(1);

  await page.getByRole('button', { name: 'Reset all' }).click();
  await atRest(page);
  expect(await trace(page, 'theta')).toBe(before.theta);
  expect(await heatmap(page)).toBe(before.heatmap);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await atRest(page);
  expect(await trace(page, 'theta')).not.toBe(before.theta);
});

test('text that does not compile keeps the last solution, greyed, and says what to mend', async ({ page }) => {
  await open(page);
  const before = { theta: await trace(page, 'theta'), objective: await objective(page) };
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('\nminimise nothing at all');
  await expect(status(page)).toHaveAttribute('data-status', 'stale');
  await expect(page.locator('.plots')).toHaveAttribute('data-stale', 'true');
  await expect(page.locator('.sensitivities')).toHaveAttribute('data-stale', 'true');
  expect(await trace(page, 'theta')).toBe(before.theta);
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible();

  const diagnostic = page.getByTestId('diagnostics').getByRole('button').first();
  await page.keyboard.press('ControlOrMeta+Home');
  await diagnostic.click();
  await expect(editor(page)).toBeFocused();
  const line = await page.evaluate(() => getSelection()?.anchorNode?.parentElement?.closest('.cm-line')?.textContent);
  expect(line).toContain('minimise');

  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Backspace');
  await atRest(page);
  await expect(page.locator('.plots')).not.toHaveAttribute('data-stale');
  await expect(page.getByTestId('diagnostics')).toHaveCount(0);
  expect(await objective(page)).toBe(before.objective);
});

test('a changed text is solved anew', async ({ page }) => {
  await open(page);
  const before = await objective(page);
  const text = await editor(page).innerText();
  const changed = text.replace(/parameter M\s+= 1 /, 'parameter M = 1.5 ');
  expect(changed).not.toBe(text);
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(changed);
  await expect(field(page, 'M')).toHaveValue('1.5');
  await atRest(page);
  expect(await objective(page)).not.toBe(before);
});

test('values set by sliders can be written to the text', async ({ page }) => {
  await open(page);
  await field(page, 'M').fill('1.25');
  await field(page, 'x0.theta').fill('3');
  await atRest(page);
  const before = await objective(page);
  await page.getByRole('button', { name: 'Write to text' }).click();
  await expect(editor(page)).toContainText(/parameter M\s+= 1\.25/);
  await atRest(page);
  expect(await objective(page)).toBe(before);
  await expect(page.getByRole('button', { name: 'Reset M' })).toHaveCount(0);
  await expect(field(page, 'M')).toHaveValue('1.25');
});

test('another problem of the gallery takes its place, and undo brings back the first', async ({ page }) => {
  await open(page);
  await field(page, 'M').fill('1.2');
  await atRest(page);
  const before = await objective(page);
  await page.getByTestId('gallery').click();
  await page.getByRole('menuitem').nth(3).click();
  await atRest(page);
  await expect(field(page, 'M')).toHaveCount(0);
  expect(await objective(page)).not.toBe(before);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await atRest(page);
  await expect(field(page, 'M')).toHaveValue('1.2');
  expect(await objective(page)).toBe(before);
});

test('every problem of the gallery converges', async ({ page }) => {
  await open(page);
  await page.getByTestId('gallery').click();
  const count = await page.getByRole('menuitem').count();
  expect(count).toBeGreaterThanOrEqual(8);
  await page.keyboard.press('Escape');
  for (let i = 0; i < count; i++) {
    await page.getByTestId('gallery').click();
    const item = page.getByRole('menuitem').nth(i);
    const title = await item.locator('.menu-title').innerText();
    await item.click();
    await expect(page.getByTestId('gallery')).toContainText(title);
    await atRest(page);
    await drawn(page);
    await expect(page.locator('.plots .js-line').last()).toHaveAttribute('d', /^M/);
  }
});

test('a solve that fails says why, and what would help', async ({ page }) => {
  await open(page);
  await field(page, 'F_max').fill('-1');
  await expect(status(page)).toHaveAttribute('data-at-rest', 'true');
  await expect(status(page)).not.toHaveAttribute('data-status', 'converged');
  await expect(page.locator('.status-message')).toHaveText(/\w+.*\./);
  await field(page, 'F_max').fill('80');
  await atRest(page);
});

test('the problem is typeset', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: 'Formulas' }).click();
  const formulas = page.getByTestId('formulas');
  await expect(formulas.locator('.katex').first()).toBeVisible();
  await expect(formulas.locator('.katex-error')).toHaveCount(0);
  expect(await formulas.locator('section').count()).toBeGreaterThan(3);
});

test('iterations can be looked at', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Iterations', exact: true }).click();
  const rows = page.locator('#iterations tbody tr');
  expect(await rows.count()).toBeGreaterThan(5);
  // Four residuals and two step lengths, a point for each iteration.
  const lines = page.getByTestId('convergence').locator('.js-line');
  await expect(lines).toHaveCount(6);
  await expect(lines.first()).toHaveAttribute('d', /^M/);
});

test('what was typed survives a reload and a second problem', async ({ page }) => {
  await open(page);
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('\n# a note of mine');
  await atRest(page);
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#c1:/);
  // At the bare address there is no link: the draft comes back.
  await page.goto('about:blank');
  await open(page);
  await expect(editor(page)).toContainText('# a note of mine');
  await page.getByTestId('gallery').click();
  await page.getByRole('menuitem').nth(2).click();
  await atRest(page);
  await expect(editor(page)).not.toContainText('# a note of mine');
  await page.getByTestId('gallery').click();
  await page.getByRole('group', { name: 'Your work' }).getByRole('menuitem').first().click();
  await expect(editor(page)).toContainText('# a note of mine');
});
