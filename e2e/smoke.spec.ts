// The page opens, and does so within its own origin and content security policy. `test` sees to the second half.

import { expect, test } from './page';

test('the page opens under its content security policy', async ({ page }) => {
  const response = await page.goto('/');
  const policy = response?.headers()['content-security-policy'];
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  await expect(page).toHaveTitle(/Costate/);
  await expect(page.locator('#root')).not.toBeEmpty();
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the policy forbids code made from text', async ({ page, complaints }) => {
  await page.goto('/');
  const outcome = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    return 'ran' in window;
  });
  expect(outcome).toBe(false);
  await expect.poll(() => complaints.some((complaint) => complaint.startsWith('policy: script-src'))).toBe(true);
  complaints.length = 0;
});

test('the icons that the page names are there', async ({ page }) => {
  await page.goto('/');
  const addresses = await page
    .locator('link[rel*=icon]')
    .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) {
    // A missing file is answered with the page itself.
    const response = await page.request.get(address);
    expect(response.headers()['content-type'], address).toMatch(/^image\//);
  }
});
