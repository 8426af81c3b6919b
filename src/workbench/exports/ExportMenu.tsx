/** A small menu at a plot or a table: what is on screen there, as a file. */
import { SaveIcon } from '../icons';
import { Menu } from '../Menu';
import type { Exportable, Format } from './exportable';

interface Props {
  /** What is saved, as in `Save the trajectories`. */
  readonly label: string;
  /** Asked for when a format has been chosen. */
  readonly from: () => Exportable;
  /** Which formats there are. */
  readonly formats?: readonly Format[];
}

const words: Record<Format, { readonly title: string; readonly summary: string }> = {
  csv: { title: 'CSV', summary: 'a table for a spreadsheet' },
  json: { title: 'JSON', summary: 'all numbers, for a program' },
  png: { title: 'PNG', summary: 'a picture' },
  svg: { title: 'SVG', summary: 'a picture that scales' },
};

const all: readonly Format[] = ['csv', 'json', 'png', 'svg'];

export function ExportMenu({ label, from, formats = all }: Props) {
  const choose = async (format: Format) => {
    // Fetched when it is first needed.
    const { save } = await import('./save');
    await save(from(), format);
  };
  return (
    <Menu
      label={label}
      className="export-menu"
      align="right"
      trigger={{ label, title: label, className: 'icon-button export', children: <SaveIcon /> }}
      items={(close) =>
        formats.map((format) => (
          <button
            key={format}
            type="button"
            role="menuitem"
            className="menu-item"
            onClick={() => {
              close();
              void choose(format);
            }}
          >
            <span className="menu-title">{words[format].title}</span>
            <span className="menu-summary">{words[format].summary}</span>
          </button>
        ))
      }
    />
  );
}
