/** Charts as files: all trajectories of the problem, or those charts that are asked for. */
import type { Column } from '../../sharing';
import type { Exportable } from '../exports/exportable';
import type { Palette } from '../plotly/palette';
import type { Picture, ProblemView } from '../protocol';
import { useWorkbench } from '../state/store';
import type { Chart } from './chart';
import { trajectoryPicture } from './trajectory-picture';

/** The numbers are all there are, the picture is what is shown. */
export function trajectoriesExport(
  problem: ProblemView,
  picture: Picture,
  charts: readonly Chart[],
  palette: Palette,
): Exportable {
  const { parameters } = useWorkbench.getState();
  const numbers = () => import('../exports/trajectories');
  return {
    ...chartsExport(charts, 'trajectories', palette, picture.sensitivities === null),
    columns: async () => (await numbers()).trajectoryColumns(problem, picture),
    data: async () => (await numbers()).trajectoryObject(problem, picture, parameters),
  };
}

export function chartsExport(
  charts: readonly Chart[],
  subject: string,
  palette: Palette,
  unsolved: boolean,
): Exportable {
  const title = useWorkbench.getState().problem?.title ?? '';
  return {
    subject,
    columns: () => chartColumns(charts),
    data: () =>
      charts.map(({ name, description, t, values, from, bounds }) => ({
        name,
        description,
        t: [...t],
        from,
        values: [...values],
        bounds,
      })),
    figure: () => trajectoryPicture(charts, title, palette, unsolved),
  };
}

/** All charts of a problem have their stages in common. */
function chartColumns(charts: readonly Chart[]): Column[] {
  const t = charts[0]?.t ?? [];
  return [
    { name: 'stage', values: Array.from({ length: t.length }, (_, k) => k) },
    { name: 'time', values: t },
    ...charts.map(({ name, values, from }) => ({ name, values, from })),
  ];
}
