/** Files for the user: made when they are asked for, named after the problem. */
import { fileName, writeCsv } from '../../sharing';
import { notify } from '../state/actions';
import { useWorkbench } from '../state/store';
import type { Exportable, Format } from './exportable';
import { pngOf, svgOf } from './image';

export async function save({ subject, title, columns, data, figure }: Exportable, format: Format): Promise<void> {
  const makers: Record<Format, (() => Promise<Blob>) | undefined> = {
    csv: columns && (async () => new Blob([writeCsv(await columns())], { type: 'text/csv' })),
    json: data && (async () => new Blob([JSON.stringify(await data(), null, 1)], { type: 'application/json' })),
    png: figure && (async () => pngOf(await figure())),
    svg: figure && (async () => svgOf(await figure())),
  };
  try {
    const blob = await makers[format]?.();
    if (blob) download(blob, fileName(title ?? useWorkbench.getState().problem?.title ?? '', subject, format));
  } catch {
    notify('The file could not be made. Reload the page once the network is back.');
  }
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
