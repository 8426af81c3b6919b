/** What the editor does with the syntax tree: colours, indentation, folding. */
import { foldNodeProp, indentNodeProp, LRLanguage } from '@codemirror/language';
import { styleTags, tags } from '@lezer/highlight';
import { parser } from './parser.generated';
import { statementWords } from './words';

const words = [...statementWords.keys()];
const otherWords =
  'in to from free steps step integral sum terminal at on start end soft for stages GridWord IntegratedWord';
const sections = 'Dynamics Minimize SubjectTo Guess';
const opensStatement = new RegExp(`^\\s*(?:${words.join('|')})\\b`);

export const ocpSyntax = LRLanguage.define({
  name: 'ocp',
  parser: parser.configure({
    props: [
      styleTags({
        [`${words.join(' ')} ${otherWords}`]: tags.keyword,
        Number: tags.number,
        String: tags.string,
        Comment: tags.lineComment,
        Name: tags.variableName,
        'Definition/Name': tags.definition(tags.variableName),
        'Call/Name': tags.function(tags.variableName),
        'Unit/Name': tags.unit,
        'IntegratorName/... Method/...': tags.function(tags.variableName),
        'Binding/Name': tags.definition(tags.variableName),
        'Penalty/Name Option/Name': tags.propertyName,
        Label: tags.labelName,
        'Plus Minus Times Over Caret Prime': tags.operator,
        'Compare =': tags.compareOperator,
        '( )': tags.paren,
        '[ ]': tags.squareBracket,
        '; , : ..': tags.separator,
      }),
      indentNodeProp.add({
        [sections]: (context) => (opensStatement.test(context.textAfter) ? 0 : context.unit),
        Matrix: (context) =>
          context.lineIndent(context.node.from) + (/^\s*\]/.test(context.textAfter) ? 0 : context.unit),
        'Group Call Soft Solver': (context) => context.column(context.node.from) + context.unit,
      }),
      foldNodeProp.add({
        [sections]: (node, state) => {
          const from = state.doc.lineAt(node.from).to;
          const to = node.from + state.doc.sliceString(node.from, node.to).trimEnd().length;
          return to > from ? { from, to } : null;
        },
      }),
    ],
  }),
  languageData: {
    commentTokens: { line: '#' },
    closeBrackets: { brackets: ['(', '[', '"'] },
    indentOnInput: new RegExp(`^\\s*(?:${words.join('|')})$`),
  },
});
