// What the specs do with the page again and again.

import { expect, type Locator, type Page } from './page';

export const status = (page: Page): Locator => page.getByTestId('status');

/** Opens the page and waits until its problem is solved. */
export async function open(page: Page, fragment = ''): Promise<void> {
  await page.goto(`/${fragment}`);
  await atRest(page);
}

/** Waits until what is on screen is the solution of what is on screen. */
export async function atRest(page: Page, expected = 'converged'): Promise<void> {
  await expect(status(page)).toHaveAttribute('data-at-rest', 'true', { timeout: 20_000 });
  await expect(status(page)).toHaveAttribute('data-status', expected);
}

export async function pictureId(page: Page): Promise<number> {
  return Number(await status(page).getAttribute('data-solution-id'));
}

/** Waits until everything that is to be drawn has been drawn. */
export async function drawn(page: Page): Promise<void> {
  await expect(page.locator('.drawing .js-line').first()).toBeAttached();
  await expect(page.locator('[data-drawing]')).toHaveCount(0);
}

/** The trace of this name (that of a state is its own), as SVG path data. */
export async function trace(page: Page, name: string): Promise<string> {
  await drawn(page);
  return page.evaluate((wanted) => {
    for (const drawing of document.querySelectorAll<HTMLElement & { data?: { name?: string; uid?: string }[] }>(
      '.drawing',
    )) {
      const uid = drawing.data?.find((each) => each.name === wanted)?.uid;
      if (uid) return drawing.querySelector(`.trace${uid} .js-line`)?.getAttribute('d') ?? '';
    }
    return '';
  }, name);
}

/** The pixels of the heatmap. */
export async function heatmap(page: Page): Promise<string> {
  await drawn(page);
  return (await page.locator('.heatmap .heatmaplayer image').getAttribute('href')) ?? '';
}

export const objective = (page: Page): Promise<string> => page.getByTestId('objective').innerText();

export const slider = (page: Page, name: string): Locator => page.getByTestId(`value-${name}`).locator('.slider');

/** The number field of a value, not those of the ends of its slider. */
export const field = (page: Page, name: string): Locator =>
  page.getByTestId(`value-${name}`).locator('.value-head .number');

/** Everything that has to agree where a link is opened: numbers to the last digit, pictures to the last pixel. */
export async function picture(page: Page) {
  return {
    objective: await objective(page),
    theta: await trace(page, 'theta'),
    heatmap: await heatmap(page),
    mass: await field(page, 'M').inputValue(),
    start: await field(page, 'x0.theta').inputValue(),
  };
}

/** The editor, once its code is there. */
export const editor = (page: Page): Locator => page.locator('.cm-content');
