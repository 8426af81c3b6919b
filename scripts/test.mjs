// npm test: from a fresh clone to a verdict. Installs what is missing, runs every check, and closes with the line
// `N passed, N failed`. A check that only passes or fails counts once; the unit and end-to-end tests count one by one,
// and a run in which none was executed counts as failed.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureDependencies, root, tool } from './dependencies.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const reports = join(root, '.cache', 'reports');

/**
 * Runs a Node program of the project, its output streamed. True when it ends well.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment]
 */
function node(args, environment = {}) {
  const { status, error } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  if (error) console.log(error.message);
  return status === 0;
}

/**
 * @param {boolean} ok
 * @returns {Count}
 */
const once = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/**
 * The count in a runner's report. The runner's own verdict stands above it: what ended badly has at least one failure,
 * be it a file that could not be loaded or an error outside every test.
 * @param {boolean} ok whether the runner ended well
 * @param {string} file
 * @param {(report: any) => Count} read
 * @returns {Count}
 */
function counted(ok, file, read) {
  /** @type {Count} */
  let count;
  try {
    count = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    console.log(`No report was written to ${file}.`);
    return once(false);
  }
  if (count.passed + count.failed === 0) {
    console.log('No test was executed.');
    return { ...count, failed: 1 };
  }
  return { ...count, failed: ok ? count.failed : Math.max(1, count.failed) };
}

function unitTests() {
  const file = join(reports, 'unit.json');
  const ok = node([tool('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile=${file}`]);
  return counted(ok, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

/** @returns {Promise<number>} a port nobody listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}

async function endToEndTests() {
  const file = join(reports, 'e2e.json');
  const { ensureBrowser } = await import('./browser.mjs');
  const browser = await ensureBrowser();
  const ok = node([tool('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts'], {
    COSTATE_BROWSER: browser,
    COSTATE_PORT: String(await freePort()),
  });
  return counted(ok, file, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

/** @type {[name: string, check: () => Count | Promise<Count>][]} */
const checks = [
  ['types', () => once(node([tool('typescript/bin/tsc')]))],
  ['format and lint', () => once(node([tool('@biomejs/biome/bin/biome'), 'check', '.']))],
  ['floors', () => once(node(['scripts/floors.mjs']))],
  ['unit tests', unitTests],
  ['build', () => once(node([tool('vite/bin/vite.js'), 'build', '--logLevel', 'warn']))],
  ['end-to-end tests', endToEndTests],
];

ensureDependencies();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
for (const [name, check] of checks) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  /** @type {Count} */
  let count;
  try {
    count = await check();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    count = once(false);
  }
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  summary.push(
    `${count.failed === 0 ? 'passed' : 'FAILED'}  ${name} (${count.passed} of ${count.passed + count.failed}, ${seconds} s)`,
  );
}

console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
