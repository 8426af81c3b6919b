// The floor rule: a folder of src/ imports only the folders below it, and only through their door (index.ts).
// Run it as `npm run floors`. Before it judges src/ it judges a small made-up tree that breaks every rule once: a
// checker that sees nothing would report no violations there, and is reported itself.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Every folder of src/, and the folders that lie below it.
 * @type {Record<string, readonly string[]>}
 */
const below = {};
below.expression = [];
below.problem = ['expression'];
below.language = ['expression', 'problem'];
below.kernel = ['expression'];
below.solver = ['expression', 'problem', 'kernel'];
below.sensitivity = [...below.solver, 'solver'];
below.batch = [...below.sensitivity, 'sensitivity'];
below.learning = [...below.batch, 'batch'];
below.sharing = [...below.learning, 'learning', 'language'];
below.gallery = below.sharing;
below.cli = [...below.sharing, 'sharing', 'gallery'];
below.workbench = below.cli;

/**
 * Doors: index.ts; the editor parts of the language, kept apart so that Node need not load an editor; the gallery read
 * from disk and the adapter of Node's WebGPU, kept apart because the page has no disk and an adapter of its own; batches
 * on the GPU, kept apart because who has none need not load them; threads of Node, which the page does not have; layers
 * in networks, kept apart because layers alone need no library of arrays.
 */
const door =
  '^src/[^/]+/index[.]tsx?$|^src/language/editor[.]ts$|^src/gallery/node[.]ts$|^src/kernel/wgsl/node[.]ts$|^src/batch/gpu/index[.]ts$|^src/batch/pool/node[.]ts$|^src/learning/jax/index[.]ts$';

/** Tests, and what is written for them alone; these may go past the door to what a folder below wrote for its tests. */
const tests = '[.]test[.]tsx?$|/testing[./]';
const forTests = '^src/[^/]+/testing[./]';

const pagePackages = '^(react|react-dom|plotly[.]js|katex|zustand)(/|$)';
/** What carries calls from thread to thread, in the page and in Node. */
const threadPackages = '^(comlink)(/|$)';
/** Arrays and networks. */
const arrayPackages = '^(@jax-js/.*)(/|$)';
const editorPackages = '^(@codemirror/.*)(/|$)';

const folders = Object.keys(below);
const inside = (/** @type {readonly string[]} */ names) => `^src/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const rules = [
  ...folders.map((folder) => ({
    name: `upward from ${folder}`,
    severity: /** @type {const} */ ('error'),
    from: { path: inside([folder]) },
    to: { path: '^src/', pathNot: inside([folder, ...below[folder]]) },
  })),
  {
    name: 'past the door',
    severity: 'error',
    from: { path: '^src/([^/]+)/', pathNot: tests },
    to: { path: '^src/', pathNot: ['^src/$1/', door] },
  },
  ...['^src/([^/]+)/.*[.]test[.]tsx?$', '^src/([^/]+)/testing[./]'].map((path) => ({
    name: 'test past the door',
    severity: /** @type {const} */ ('error'),
    from: { path },
    to: { path: '^src/', pathNot: ['^src/$1/', door, forTests] },
  })),
  {
    name: 'testing outside tests',
    severity: 'error',
    from: { path: '^src/', pathNot: tests },
    to: { path: forTests },
  },
  {
    name: 'out of src',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '.', pathNot: '^src/', dependencyTypes: ['local'] },
  },
  {
    name: 'import that leads nowhere',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^[.]', couldNotResolve: true },
  },
  {
    name: 'page package below the page',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/workbench/', '[.]test[.]tsx?$'] },
    to: { path: [pagePackages, pagePackages.replace('^', 'node_modules/')] },
  },
  {
    name: 'thread package outside the pool',
    severity: 'error',
    from: {
      path: '^src/',
      pathNot: ['^src/workbench/', '^src/batch/(pool|sweep)/', '^src/learning/threads/', '[.]test[.]tsx?$'],
    },
    to: { path: [threadPackages, threadPackages.replace('^', 'node_modules/')] },
  },
  {
    name: 'array package outside the networks',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/workbench/', '^src/learning/jax/', '[.]test[.]tsx?$'] },
    to: { path: [arrayPackages, arrayPackages.replace('^', 'node_modules/')] },
  },
  {
    name: 'editor package outside the editor',
    severity: 'error',
    from: { path: '^src/', pathNot: ['^src/workbench/', '^src/language/'] },
    to: { path: [editorPackages, editorPackages.replace('^', 'node_modules/')] },
  },
];

/**
 * Every import in `directory`/src that breaks a rule, and how many modules and imports were looked at.
 * @param {string} directory
 */
async function inspect(directory) {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: directory,
      ruleSet: { forbidden: rules },
      validate: true,
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
    },
    { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser returned text where a result was expected');
  const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  const modules = output.modules.filter((module) => module.source.startsWith('src/')).length;
  const imports = output.modules.reduce((sum, module) => sum + module.dependencies.length, 0);
  const unknown = readdirSync(join(directory, 'src'), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !folders.includes(entry.name),
  );
  for (const entry of unknown)
    violations.push({ rule: 'folder without a floor', from: `src/${entry.name}`, to: 'scripts/floors.mjs' });
  return { violations, modules, imports };
}

/** A tree in which each import named here is forbidden, and the others are not. */
async function proveEyes() {
  const directory = mkdtempSync(join(tmpdir(), 'costate-floors-'));
  const files = {
    'expression/index.ts': "export * from './graph';\n",
    'expression/graph.ts': 'export type Node = number;\nexport const zero = 0;\n',
    'problem/index.ts': "import type { Node } from '../expression';\nexport type Problem = Node;\n",
    'problem/upward.ts': "import type { Solver } from '../solver';\nexport type Up = Solver;\n",
    'solver/index.ts': "export * from './solver';\n",
    'solver/solver.ts': "import type { Problem } from '../problem';\nexport type Solver = Problem;\n",
    'solver/deep.ts': "export { zero } from '../expression/graph';\n",
    'solver/lazy.ts': "export const later = () => import('../cli');\n",
    'language/index.ts': 'export const language = 1;\n',
    'language/editor.ts': "export { language } from './index';\n",
    'cli/index.ts': "export { language } from '../language';\nexport { disk } from '../gallery/node';\n",
    'gallery/node.ts': 'export const disk = 1;\n',
    'workbench/editor.ts': "export { language } from '../language/editor';\n",
    'workbench/sideways.ts': "export { language } from '../cli';\n",
    'gallery/index.ts': "import text from './pendulum.ocp?raw';\nexport default text;\n",
    'gallery/pendulum.ocp': 'title "Pendulum"\n',
    'gallery/nowhere.ts': "export * from '../solvers';\n",
    'gallery/outside.ts': "export * from '../../outside';\n",
    '../outside.ts': 'export const outside = 1;\n',
    'attic/index.ts': 'export const lost = 1;\n',
    'expression/testing/random.ts': 'export const random = 0;\n',
    'solver/good.test.ts': "export { random } from '../expression/testing/random';\n",
    'solver/testing/deep.ts': "export { zero } from '../../expression/graph';\n",
    'solver/deep.test.ts': "export { zero } from '../expression/graph';\n",
    'expression/upward.test.ts': "export type { Solver } from '../solver';\n",
    'expression/random.ts': "export { random } from './testing/random';\n",
    'solver/page.ts': "import { createElement } from 'react';\nexport const page = createElement;\n",
    'solver/network.ts': "import { vjp } from '@jax-js/jax';\nexport const network = vjp;\n",
    'solver/thread.ts': "import { wrap } from 'comlink';\nexport const thread = wrap;\n",
  };
  const expected = [
    'array package outside the networks: src/solver/network.ts',
    'folder without a floor: src/attic',
    'import that leads nowhere: src/gallery/nowhere.ts',
    'out of src: src/gallery/outside.ts',
    'page package below the page: src/solver/page.ts',
    'past the door: src/solver/deep.ts',
    'test past the door: src/solver/deep.test.ts',
    'test past the door: src/solver/testing/deep.ts',
    'testing outside tests: src/expression/random.ts',
    'thread package outside the pool: src/solver/thread.ts',
    'upward from expression: src/expression/upward.test.ts',
    'upward from problem: src/problem/upward.ts',
    'upward from solver: src/solver/lazy.ts',
    'upward from workbench: src/workbench/sideways.ts',
  ];
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(directory, 'src', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const { violations } = await inspect(directory);
    const found = violations.map(({ rule, from }) => `${rule}: ${from}`).sort();
    if (found.join('\n') !== expected.join('\n')) {
      throw new Error(
        `The floor check is blind. It should have found\n${expected.join('\n')}\nand found\n${found.join('\n')}`,
      );
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @returns {Promise<boolean>} whether the rule holds */
export async function checkFloors() {
  await proveEyes();
  const { violations, modules, imports } = await inspect(root);
  for (const { rule, from, to } of violations) console.log(`${rule}: ${from} -> ${to}`);
  if (modules === 0 || imports === 0) {
    console.log('The floor check saw no modules in src/, so it says nothing.');
    return false;
  }
  console.log(`${modules} modules, ${imports} imports, ${violations.length} against the floor rule.`);
  return violations.length === 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await checkFloors()) ? 0 : 1;
}
