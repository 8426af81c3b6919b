/** Prints src/kernel/elementary/coefficients.ts anew: `npx tsx scripts/coefficients.ts`, then format. */
import { coefficientsFile } from '../src/kernel/elementary/fit';

process.stdout.write(coefficientsFile());
