// Links: the same page elsewhere, and a plain word where a link cannot be read.

import { expect, test } from './page';
import { atRest, field, open, picture, slider } from './workbench';

test('a copied link shows the same numbers in another browser', async ({ page, browser, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await field(page, 'M').fill('1.35');
  await field(page, 'x0.theta').fill('2.5');
  await page.getByLabel('Quantity shown').selectOption('theta');
  await page.getByRole('radio', { name: '% per %' }).check();
  await slider(page, 'l').focus();
  await page.keyboard.press('ArrowRight');
  await atRest(page);
  const here = await picture(page);
  await page.getByTestId('copy-link').click();
  await expect(page.getByTestId('copy-link')).toContainText('Copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('#c1:');
  expect(link).toBe(page.url());

  const elsewhere = await browser.newContext({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await atRest(other);
  expect(await picture(other)).toEqual(here);
  await expect(other.getByLabel('Quantity shown')).toHaveValue('theta');
  await elsewhere.close();
});

test('the link of an untouched gallery problem is its name', async ({ page }) => {
  await open(page);
  await page.getByTestId('gallery').click();
  await page.getByRole('menuitem').nth(1).click();
  await atRest(page);
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#g1:[a-z0-9-]+$/);
  const title = await page.getByTestId('gallery').innerText();
  await page.goto('about:blank');
  await page.goBack();
  await atRest(page);
  await expect(page.getByTestId('gallery')).toContainText(title.trim());
});

const unreadable = [
  { name: 'damaged', fragment: '#c1:q1YqU7IyVNJRKkmtKFGyUirJzE1VqgUA', reason: 'broken' },
  { name: 'newer', fragment: '#c7:abcdef', reason: 'newer' },
  { name: 'no link at all', fragment: '#%%%', reason: 'broken' },
  { name: 'of a gallery problem that is not there', fragment: '#g1:three-body-problem', reason: 'newer' },
];

for (const { name, fragment, reason } of unreadable) {
  test(`a link that is ${name} says so, and loses nothing`, async ({ page }) => {
    await open(page);
    await field(page, 'M').fill('1.7');
    await atRest(page);
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#c1:/);

    await page.goto('about:blank');
    await page.goto(`/${fragment}`);
    const refused = page.getByTestId('refused-link');
    await expect(refused).toHaveAttribute('data-reason', reason);
    await expect(refused.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(refused.getByRole('textbox')).toHaveValue(fragment.slice(1));
    // The link stays in the address bar until the user goes on.
    expect(new URL(page.url()).hash).toBe(fragment);
    await refused.getByRole('button', { name: /^Go on/ }).click();
    await atRest(page);
    await expect(field(page, 'M')).toHaveValue('1.7');
  });
}

test('a refused link offers the gallery', async ({ page }) => {
  await page.goto('/#c1:nonsense');
  await page.getByTestId('refused-link').getByRole('listitem').nth(1).getByRole('button').click();
  await atRest(page);
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#g1:/);
});

test('a link pasted over the present one can be undone', async ({ page }) => {
  await open(page);
  await field(page, 'M').fill('1.9');
  await atRest(page);
  await page.evaluate(() => {
    location.hash = '#g1:pendulum-swing-up';
  });
  await expect(field(page, 'M')).toHaveValue('1');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(field(page, 'M')).toHaveValue('1.9');
});
