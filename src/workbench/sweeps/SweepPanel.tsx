/** The problem solved for many values of its parameters and initial states. */
import { BelowSwitch } from '../BelowSwitch';
import { Panel } from '../Panel';
import { useWorkbench } from '../state/store';

export default function SweepPanel() {
  const problem = useWorkbench((state) => state.problem);
  return (
    <Panel id="sweep" title="Sweep" choice={<BelowSwitch />}>
      {problem && <p className="empty">What happens to the solution while values go from one end to the other.</p>}
    </Panel>
  );
}
