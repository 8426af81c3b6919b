/** A training as files: a row for each step, the columns of one contender after those of another. */
import type { Exportable } from '../exports/exportable';
import type { Figure } from '../plotly/figure';
import type { Palette } from '../plotly/palette';
import { framed } from '../plotly/picture';
import type { Mark, Opened } from './protocol';

/** `marks` [contenders][steps]; `figure`: as it is on screen. */
export function trainingExport(
  { contenders, learned, unit, goal }: Pick<Opened, 'contenders' | 'learned' | 'unit' | 'goal'>,
  marks: readonly (readonly Mark[])[],
  figure: Figure,
  palette: Palette,
): Exportable {
  const columnsOf = (path: readonly Mark[], name: string) => [
    { name: `${unit}, ${name}`, values: path.map(({ work }) => work) },
    { name: `loss, ${name}`, values: path.map(({ loss }) => loss) },
    { name: `length of the gradient, ${name}`, values: path.map(({ slope }) => slope ?? Number.NaN) },
    ...(path[0]?.values
      ? learned.map((each, j) => ({
          name: `${each}, ${name}`,
          values: path.map(({ values }) => values?.[j] ?? Number.NaN),
        }))
      : []),
  ];
  return {
    title: 'Learning',
    subject: `${learned.join(' ')} training`,
    columns: () => [
      { name: 'step', values: marks[0]?.map(({ step }) => step) ?? [] },
      ...marks.flatMap((path, i) => columnsOf(path, contenders[i] ?? '')),
    ],
    data: () => ({
      goal,
      unit,
      learned,
      contenders: contenders.map((name, i) => ({
        name,
        path: marks[i]?.map(({ values, ...mark }) => ({ ...mark, values: values && [...values] })),
      })),
    }),
    figure: () => framed(figure, 'Loss and length of the gradient', palette),
  };
}
