/** The text in a plain field, until the editor is there. What is typed meanwhile, and where, is not lost. */
import { setText } from '../state/actions';
import { useWorkbench } from '../state/store';

/** The selection in the plain field while it has the focus. */
export const plainSelection: { current: { readonly from: number; readonly to: number } | null } = { current: null };

export function PlainEditor() {
  const text = useWorkbench((state) => state.text);
  const remember = (field: HTMLTextAreaElement) => {
    plainSelection.current = { from: field.selectionStart, to: field.selectionEnd };
  };
  return (
    <textarea
      className="plain-editor"
      aria-label="Text of the problem"
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        remember(event.target);
      }}
      onFocus={(event) => remember(event.target)}
      onSelect={(event) => remember(event.currentTarget)}
      onBlur={() => {
        plainSelection.current = null;
      }}
    />
  );
}
