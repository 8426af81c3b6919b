/** What is shown of the sensitivities; part of the document's view. */
import { initialStudio, type StudioView } from '../../sharing';
import { useWorkbench, type WorkbenchState } from './store';

export function studioOf({ view }: Pick<WorkbenchState, 'view'>): StudioView {
  return view.studio ?? initialStudio;
}

export function useStudio<Part>(part: (studio: StudioView) => Part): Part {
  return useWorkbench((state) => part(studioOf(state)));
}
