/** Plotly is large: it is fetched while the first problem is being solved, and the page does not wait for it. */
export type Plotly = typeof import('./plotly').plotly;

let loading: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loading ??= import('./plotly').then(
    ({ plotly }) => plotly,
    (failure) => {
      // The network may be back next time.
      loading = null;
      throw failure;
    },
  );
  return loading;
}
