/** The language: text -> Problem, diagnostics, and printing. The editor's part has a door of its own, editor.ts. */
export { type Compiled, compileText } from './compile';
export type { Diagnostic } from './diagnostics';
export { formatNumber, setInitial, setParameter } from './edit';
export { nearest } from './nearest';
export { type Typeset, typeset } from './typeset';
export { limits } from './words';
