// What a fresh clone lacks: the packages of package-lock.json in node_modules.

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Whether node_modules was installed from the lock file as it is now; npm leaves its own record of when. */
function installed() {
  const record = join(root, 'node_modules', '.package-lock.json');
  return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Installs the packages unless they are there. Throws when Node is too old or npm fails. */
export function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Costate needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  }
  if (installed()) return;
  console.log('Installing the packages of package-lock.json');
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, 'ci', '--include=dev'], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm ci --include=dev', { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) throw new Error('npm ci failed; its messages are above.');
}

/**
 * The program of an installed package, to be run by Node.
 * @param {string} path inside node_modules
 */
export const tool = (path) => join(root, 'node_modules', path);
