// npm start: from a fresh clone to the running page. Installs what is missing, builds, serves with the headers of
// vite.config.ts, and prints the address. PORT chooses the port.

import { ensureDependencies, root } from './dependencies.mjs';

ensureDependencies();
const { build, preview } = await import('vite');
await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { port: Number(process.env.PORT ?? 4173) } });
const address = server.resolvedUrls?.local[0];
if (!address) throw new Error('The server is running but has no address.');
console.log(`\nCostate is at ${address}\nCtrl+C ends it.`);
