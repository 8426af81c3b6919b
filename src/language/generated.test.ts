import { expect, it } from 'vitest';
import { generate, onDisk } from './generate';

it('the generated parser is that of the grammar (else: npx tsx src/language/generate.ts)', () => {
  for (const [name, text] of generate()) expect(onDisk(name)).toBe(text);
});
