// A page that keeps a record of everything it must not do: errors on the console, exceptions, breaches of the content
// security policy, requests beyond its own origin.

import { test as base, expect } from '@playwright/test';

export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page, context, baseURL }, use) => {
      const complaints: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
      await page.exposeFunction('costateComplaint', (text: string) => complaints.push(text));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
          const { costateComplaint } = window as unknown as { costateComplaint: (text: string) => void };
          costateComplaint(`policy: ${violatedDirective} forbids ${blockedURI}`);
        });
      });
      context.on('request', (request) => {
        const { protocol, origin: target } = new URL(request.url());
        if (protocol !== 'data:' && target !== origin) complaints.push(`request: ${request.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export type { Locator, Page } from '@playwright/test';
export { expect };
