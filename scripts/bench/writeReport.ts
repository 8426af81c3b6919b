/** The benchmark as files: tables to read, a picture of the growth, and all numbers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { growthPicture } from './picture';
import { reportLines } from './report';
import type { Report } from './schema';

export function writeReport(folder: string, report: Report): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  const picture = report.growth ? ['', '![Growth of an iteration](growth.svg)'] : [];
  write('bench.md', ['# Benchmark', '', '```', ...reportLines(report), '```', ...picture, ''].join('\n'));
  write('bench.json', `${JSON.stringify(report, null, 2)}\n`);
  if (report.growth) write('growth.svg', growthPicture(report.growth));
}
