/** The language in CodeMirror: highlighting, indentation, folding, completion, explanations. A door of its own. */
import { LanguageSupport } from '@codemirror/language';
import { completeOcp } from './editorCompletion';
import { hoverOcp } from './editorHover';
import { ocpSyntax } from './editorSyntax';

export function ocpLanguage(): LanguageSupport {
  return new LanguageSupport(ocpSyntax, [ocpSyntax.data.of({ autocomplete: completeOcp }), hoverOcp]);
}

export { completeOcp, ocpSyntax };
