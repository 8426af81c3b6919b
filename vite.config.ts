// How the page is built, served and tested. The page runs without `unsafe-eval`: a problem that arrives in a link is
// compiled to WebAssembly, never to JavaScript, and the content security policy holds us to it.

import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const policy: Record<string, string> = {
  'default-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  // KaTeX and Plotly place their parts with style attributes, and the editor writes its own style sheet.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

const write = (directives: Record<string, string>) =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');

/** Headers of every answer. Cross-origin isolation gives the page shared memory and precise clocks. */
const headers = {
  'Content-Security-Policy': write(policy),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** While developing, the page is refreshed by an inline script and a socket. */
const developmentHeaders = {
  ...headers,
  'Content-Security-Policy': write({
    ...policy,
    'script-src': "'self' 'wasm-unsafe-eval' 'unsafe-inline'",
    'connect-src': "'self' ws:",
  }),
};

/** The policy in the built page itself, for hosts that send no headers (`frame-ancestors` only exists as a header). */
function policyInPage(): Plugin {
  const { 'frame-ancestors': _, ...inPage } = policy;
  return {
    name: 'costate:policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: write(inPage) },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  // Relative addresses: the built page works in any folder of any host.
  base: './',
  plugins: [react(), policyInPage()],
  // Plotly's dependencies speak of Node's `global`.
  define: { global: 'globalThis' },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Plotly is large, and loaded only when a plot is first shown.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'katex', test: /node_modules[\\/]katex[\\/]/ },
            { name: 'editor', test: /node_modules[\\/](@codemirror|@lezer)[\\/]/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
          ],
        },
      },
    },
  },
  server: { headers: developmentHeaders },
  preview: { headers },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    environment: 'node',
    // The runner's default leaves one core idle, of two that is half of the time.
    maxWorkers: availableParallelism(),
    setupFiles: ['scripts/properties.mjs'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
