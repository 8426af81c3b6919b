/**
 * The parser of ocp.grammar, as the text of its generated files. Run this file to write them:
 *
 *     npx tsx src/language/generate.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildParserFile } from '@lezer/generator';

/** Path of a file beside this one. */
function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Generated files by name. */
export function generate(): ReadonlyMap<string, string> {
  const grammar = readFileSync(beside('ocp.grammar'), 'utf8');
  const { parser, terms } = buildParserFile(grammar, { fileName: 'ocp.grammar', typeScript: true });
  return new Map([
    ['parser.generated.ts', parser],
    ['parser.generated.terms.ts', terms],
  ]);
}

/** Files as they are on disk. */
export function onDisk(name: string): string {
  return readFileSync(beside(name), 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of generate()) writeFileSync(beside(name), text);
}
