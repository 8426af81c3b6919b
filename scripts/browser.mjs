// Which browser the page is tested in: COSTATE_BROWSER if set, else Playwright's own, else the Chrome or Chromium of
// this machine; where there is none, one is installed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, tool } from './dependencies.mjs';

const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap((base) =>
    base ? [join(base, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [],
  ),
];

/**
 * Whether the program starts at all (a stub that only tells how to install the browser does not).
 * @param {string} path
 */
function starts(path) {
  // On Windows `--version` opens a window.
  if (process.platform === 'win32') return existsSync(path);
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0;
}

/** @returns {Promise<string | null>} the path of a browser that starts */
export async function findBrowser() {
  const chosen = process.env.COSTATE_BROWSER;
  if (chosen) {
    if (!starts(chosen)) throw new Error(`COSTATE_BROWSER names ${chosen}, which does not start.`);
    return chosen;
  }
  const { chromium } = await import('playwright');
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [chromium.executablePath(), ...onPath, ...places].find(starts) ?? null;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function attempt(command, args) {
  console.log(`> ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** A browser, installed if need be. Throws a sentence that says what to do when there is no way to one. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log('No Chrome or Chromium found; installing one for the tests');
  attempt(process.execPath, [tool('playwright/cli.js'), 'install', 'chromium']);
  let path = await findBrowser();
  if (!path && process.platform === 'linux' && process.getuid?.() === 0) {
    attempt('apt-get', ['update']);
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    path = await findBrowser();
  }
  if (!path) {
    throw new Error('There is no browser to test in. Install Chrome or Chromium, or set COSTATE_BROWSER to its path.');
  }
  return path;
}
