/** Adjoint and value derivatives, validity and the check by finite differences for people. */
import type { ActiveSetChange, AdjointSensitivities, Trust, Validity, ValueDerivatives } from '../sensitivity';
import type { CheckedColumn } from './check';
import { paint, type Style } from './style';
import { number, order, table } from './table';

export function adjointLines({ columns, gradient, ...trust }: AdjointSensitivities, style: Style): string[] {
  const lines = table(
    [
      { heading: 'with respect to', align: 'left', cells: [...columns] },
      { heading: 'd seed', cells: [...gradient].map((value) => number(value)) },
    ],
    style.width,
  );
  return [...lines, ...warning(trust, style)];
}

const MOST_SQUARE = 12;

export function valueLines({ columns, gradient, hessian, ...trust }: ValueDerivatives, style: Style): string[] {
  const shown = columns.slice(0, MOST_SQUARE);
  const lines = table(
    [
      { heading: 'with respect to', align: 'left', cells: [...shown] },
      { heading: 'd objective', cells: shown.map((_, j) => number(gradient[j] ?? Number.NaN)) },
      ...shown.map((name, i) => ({
        heading: `d2 ${name}`,
        cells: shown.map((_, j) => number(hessian[i * columns.length + j] ?? Number.NaN, 4)),
      })),
    ],
    style.width,
  );
  return [
    ...lines,
    ...(shown.length < columns.length ? [`The first ${shown.length} of ${columns.length} columns are shown.`] : []),
    ...warning(trust, style),
  ];
}

export function checkedLines(checked: readonly CheckedColumn[], style: Style): string[] {
  const bad = checked.filter(({ verdict }) => verdict !== 'agrees').length;
  return [
    paint('bold', 'Finite differences', style),
    ...table(
      [
        { heading: 'column', align: 'left', cells: checked.map(({ column }) => column) },
        { heading: 'largest gap', cells: checked.map(({ gap }) => (gap === null ? '' : order(gap))) },
        { heading: 'step', cells: checked.map(({ difference }) => (difference ? order(difference.step) : '')) },
        { heading: '', align: 'left', cells: checked.map(({ verdict }) => verdict) },
      ],
      style.width,
    ),
    ...checked.flatMap(({ column, reason }) => (reason === '' ? [] : [`${column}: ${reason}`])),
    bad === 0 ? 'All columns agree.' : paint('red', `${bad} of ${checked.length} columns do not agree.`, style),
  ];
}

export function validityLines({ ranges, condition, licq, reducedHessian, ...rest }: Validity, style: Style): string[] {
  const event = (change: ActiveSetChange | null): string =>
    change ? `${change.constraint} ${change.side} at stage ${change.stage} becomes ${change.becomes}` : '';
  const length = (value: number): string => (Number.isFinite(value) ? number(value, 4) : 'any');
  return [
    paint('bold', 'Validity', style),
    `LICQ ${number(licq, 4)}, reduced Hessian ${reducedHessian === null ? 'none (a vertex)' : number(reducedHessian, 4)}, strict complementarity ${rest.strictComplementarity === null ? 'none (no inequalities)' : number(rest.strictComplementarity, 4)}`,
    `residual ${order(rest.residual)}, condition number about ${order(condition)}`,
    ...table(
      [
        { heading: 'may move', align: 'left', cells: ranges.map(({ column }) => column) },
        { heading: 'down by', cells: ranges.map(({ down }) => length(down)) },
        { heading: 'up by', cells: ranges.map(({ up }) => length(up)) },
        { heading: 'then, down', align: 'left', cells: ranges.map(({ downEvent }) => event(downEvent)) },
        { heading: 'then, up', align: 'left', cells: ranges.map(({ upEvent }) => event(upEvent)) },
      ],
      style.width,
    ),
    ...warning(rest, style),
  ];
}

const warning = ({ valid, reason }: Trust, style: Style): string[] =>
  valid ? [] : [paint('red', `These are not derivatives of the solution. ${reason}`, style)];
