/** Names in mathematics: theta_ref is a theta with a subscript, x1 an x with a subscript, mass a word in italics. */

const greekLetters = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
);

function letters(word: string): string {
  if (word === 'epsilon') return '\\varepsilon';
  if (word === 'phi') return '\\varphi';
  if (greekLetters.has(word)) return `\\${word}`;
  return word.length === 1 ? word : `\\mathit{${word}}`;
}

function subscript(piece: string): string {
  if (/^[A-Za-z]?\d*$/.test(piece)) return piece;
  return greekLetters.has(piece) ? letters(piece) : `\\mathrm{${piece}}`;
}

export interface NameOptions {
  /** Subscripts of an entry: row, column. */
  readonly entry?: readonly string[];
  /** A last subscript: the stage. */
  readonly index?: string | null;
  readonly dotted?: boolean;
}

export function typesetName(name: string, { entry = [], index = null, dotted = false }: NameOptions = {}): string {
  const [first = '', ...rest] = name.split('_');
  const match = /^([A-Za-z]+)(\d\w*)?$/.exec(first);
  const plain = match === null || rest.includes('');
  const base = plain ? `\\mathit{${name.replaceAll('_', '\\_')}}` : letters(match[1] as string);
  const subscripts = plain ? [] : [...(match[2] === undefined ? [] : [match[2]]), ...rest.map(subscript)];
  subscripts.push(...entry);
  if (index !== null) subscripts.push(index);
  const accented = dotted ? `\\dot{${base}}` : base;
  return subscripts.length === 0 ? accented : `${accented}_{${subscripts.join(',')}}`;
}
