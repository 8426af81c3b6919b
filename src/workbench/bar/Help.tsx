/** How the page is used, on one sheet. */
import { useEffect, useRef } from 'react';
import { CloseIcon } from '../icons';
import { panelOrder } from '../state/panels';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function Help({ open, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="help-title"
      onClose={onClose}
      onClick={(event) => {
        // The backdrop belongs to the dialog, what lies in it to the sheet.
        if (event.target === dialog.current) dialog.current.close();
      }}
      onKeyDown={(event) => event.key === 'Escape' && dialog.current?.close()}
    >
      <div className="sheet">
        <header>
          <h2 id="help-title">How Costate is used</h2>
          <button type="button" className="button quiet" onClick={() => dialog.current?.close()} aria-label="Close">
            <CloseIcon />
          </button>
        </header>
        <p>
          Write an optimal control problem as text; the optimal trajectory and its derivatives follow as you type and as
          you drag. Everything happens in this page, and the address bar always holds a link to what is on screen.
        </p>
        <h3>Reading the page</h3>
        <ul>
          <li>
            <b>Trajectories.</b> States as lines with a point at each shooting node, controls as steps. Solid lines with
            a shaded side are bounds; dashed lines are soft ones. While a slider is dragged, the faint line is where the
            drag began.
          </li>
          <li>
            <b>Values.</b> Sliders for parameters and the initial state. They never change the text; the arrow beside a
            changed value takes it back.
          </li>
          <li>
            <b>Sensitivities.</b> Each cell is the derivative of one quantity at one stage with respect to one column.
            Click a cell to see that derivative over time. “% per %” makes derivatives of different units comparable:
            per cent of the largest value of the quantity, per per cent of the parameter.
          </li>
          <li>
            <b>Other looks.</b> Lines over time; variants compared; whether the derivatives are valid; one entry along
            an interval of a value; the directions that matter. While a slider moves, the prediction is drawn dashed.
          </li>
          <li>
            <b>Sweep.</b> The problem solved for many values: curves with tangents, maps with contours and regions of
            active constraints, trajectories in bands, Sobol indices. Click an instance and it opens above; it stays
            while you drag what was varied.
          </li>
          <li>
            <b>Learn.</b> The solver as a layer of a network: how that works, and experiments that train while you
            watch. Every switch begins the training anew; the one before stays in sight.
          </li>
          <li>
            <b>Link and files.</b> A link holds the text, the values and what is shown. The arrow at a plot or a table
            saves it as CSV, JSON, PNG or SVG.
          </li>
        </ul>
        <h3>Keys</h3>
        <dl className="keys">
          <Keys of="Ctrl Enter">Solve now, from the guess</Keys>
          {panelOrder.map(({ id, label }, i) => (
            <Keys key={id} of={`Alt ${i + 1}`}>{`Go to ${label.toLowerCase()}`}</Keys>
          ))}
          <Keys of="← →">Move a slider by a step, ten with Shift; in the trajectories, the time cursor</Keys>
          <Keys of="Ctrl Space">Complete a name in the text</Keys>
          <Keys of="?">This sheet</Keys>
        </dl>
      </div>
    </dialog>
  );
}

function Keys({ of, children }: { readonly of: string; readonly children: string }) {
  return (
    <div>
      <dt>
        {of.split(' ').map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
