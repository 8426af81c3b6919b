/** The command `costate`. */
import './fused';
import { onTerminal } from './progress';
import { run } from './run';

const { stdout, stderr } = process;

/** A reader that has seen enough (`| head`) is no error. */
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const colour = stdout.isTTY === true && stderr.isTTY === true && !process.env.NO_COLOR;
const { code, out, error } = await run(
  process.argv.slice(2),
  { width: stdout.columns ?? 120, colour },
  onTerminal(stderr),
);
stderr.write(error);
stdout.write(out);
// The process ends by itself once everything is written: process.exit would cut what a pipe has not taken yet.
process.exitCode = code;
