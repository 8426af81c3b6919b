/** Changes to a text that leave everything else as it is written. */
import { parseTree } from './parse';
import { expressionNodes } from './readExpression';

/** The text with the declared value of the parameter replaced; the same text where there is no such declaration. */
export function setParameter(text: string, name: string, value: number): string {
  return setValue(text, 'Parameter', name, value);
}

/** The text with the initial value of the state replaced; the same text where it has none. */
export function setInitial(text: string, name: string, value: number): string {
  return setValue(text, 'State', name, value);
}

function setValue(text: string, statement: 'Parameter' | 'State', name: string, value: number): string {
  if (!Number.isFinite(value)) return text;
  for (const node of parseTree(text).topNode.getChildren(statement)) {
    const declared = node.getChild('Definition');
    if (!declared || text.slice(declared.from, declared.to) !== name || !node.getChild('=')) continue;
    const [old] = expressionNodes(node);
    if (!old || Number(text.slice(old.from, old.to)) === value) return text;
    return text.slice(0, old.from) + formatNumber(value) + text.slice(old.to);
  }
  return text;
}

/** The shortest text that is read as exactly this number; no plus signs, no negative zero. */
export function formatNumber(value: number): string {
  return value === 0 ? '0' : String(value).replace('e+', 'e');
}
