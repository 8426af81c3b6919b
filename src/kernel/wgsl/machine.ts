/**
 * A long procedure as a machine that many short shaders drive. A driver takes seconds for a shader that does a whole
 * solve, for all that is called is copied to where it is called from, and the time grows faster than the code. So the
 * procedure is cut where it calls something large (a leaf), and becomes a list of blocks; each instance keeps the number
 * of its next block, and which leaf it waits for. `advance` runs blocks up to the next leaf, the shader of a leaf serves
 * the instances that wait for it. Instances need not be at the same place: nobody waits for the slowest.
 *
 * What is called from several places appears once; where it goes on is kept with the instance. There is no recursion, so
 * one place for that and for each variable will do.
 */
import type { ConditionTerm, Index, Module, ProcedureCode, RealTerm, Statement } from '../ir';
import { blocksOf, visit } from '../visit';
import { localsOf } from './locals';
import { type Rewrite, rewriteCondition, rewriteStatements } from './rewrite';

export interface Machine {
  readonly module: Module;
  /** Puts an instance at the beginning. */
  readonly begin: string;
  readonly advance: string;
  /** In the order in which they are first called. */
  readonly leaves: readonly string[];
  /** The scalar that is 0 until the procedure has come to its end. */
  readonly ended: string;
}

/** Terms and statements, called code included: below LIGHT a call is no leaf, up to HEAVY one leaf does it all. */
const LIGHT = 60;
const HEAVY = 4000;

type Jump =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'branch'; readonly condition: ConditionTerm; readonly yes: number; readonly no: number }
  | { readonly kind: 'leaf'; readonly leaf: string; readonly after: number }
  | { readonly kind: 'enter'; readonly procedure: string; readonly after: number }
  | { readonly kind: 'leave' };

interface Block {
  readonly owner: string;
  readonly statements: Statement[];
  jump: Jump;
}

const names = {
  place: 'machine.place',
  waiting: 'machine.waiting',
  ended: 'machine.ended',
  variables: 'machine.variables',
  returns: 'machine.returns',
  begin: 'machine.begin',
  advance: 'machine.advance',
} as const;

const literal = (value: number): RealTerm => ({ kind: 'literal', value });
const at = (value: number): Index => ({ kind: 'literal', value });
const load = (buffer: string, index = 0): RealTerm => ({ kind: 'load', buffer, index: at(index) });
const store = (buffer: string, value: RealTerm, index = 0): Statement => ({
  kind: 'store',
  buffer,
  index: at(index),
  value,
});
const equal = (first: RealTerm, second: RealTerm): ConditionTerm => ({
  kind: 'compare',
  comparison: 'eq',
  first,
  second,
});

export function makeMachine(module: Module, root: string): Machine {
  const procedures = new Map(module.procedures.map((code) => [code.name, code]));
  const bodyOf = (name: string): readonly Statement[] => {
    const code = procedures.get(name);
    if (!code) throw new Error(`${name} is called but not defined`);
    return code.body;
  };
  const measured = new Map<string, number>();
  const sizeOf = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    let size = 0;
    visit(bodyOf(name), {
      real: () => size++,
      statement: (statement) => {
        size += 1 + (statement.kind === 'call' ? sizeOf(statement.procedure) : 0);
      },
    });
    measured.set(name, size);
    return size;
  };
  /** Whether the code has to be cut in there. Counted loops are never cut. */
  const cuts = (statement: Statement): boolean => {
    if (statement.kind === 'call') return statement.indices.length === 0 && sizeOf(statement.procedure) > LIGHT;
    return statement.kind !== 'for' && blocksOf(statement).some((block) => block.some(cuts));
  };
  /** Small enough for one shader, and no loop in it goes round large code. */
  const isLeaf = (name: string): boolean => {
    const within = bodyOf(name).filter(cuts);
    return within.length === 0 || (sizeOf(name) <= HEAVY && within.every(isWhole));
  };
  const isWhole = (statement: Statement): boolean => {
    if (!cuts(statement)) return true;
    if (statement.kind === 'call') return isLeaf(statement.procedure);
    return statement.kind !== 'while' && blocksOf(statement).every((block) => block.every(isWhole));
  };

  const blocks: Block[] = [];
  const entries = new Map<string, number>();
  const leaves: string[] = [];
  const open = (owner: string): number => blocks.push({ owner, statements: [], jump: { kind: 'leave' } }) - 1;

  /** Adds the statements from block `current` on; returns the block they end in. */
  const cut = (statements: readonly Statement[], first: number, owner: string): number => {
    let current = first;
    for (const statement of statements) {
      if (!cuts(statement)) {
        blocks[current].statements.push(statement);
        continue;
      }
      const before = current;
      if (statement.kind === 'call') {
        const { procedure } = statement;
        const leaf = isLeaf(procedure);
        if (leaf && !leaves.includes(procedure)) leaves.push(procedure);
        if (!leaf && !entries.has(procedure)) enter(procedure);
        current = open(owner);
        blocks[before].jump = leaf
          ? { kind: 'leaf', leaf: procedure, after: current }
          : { kind: 'enter', procedure, after: current };
      } else if (statement.kind === 'if') {
        const yes = open(owner);
        const yesEnd = cut(statement.body, yes, owner);
        const no = open(owner);
        const noEnd = cut(statement.otherwise, no, owner);
        current = open(owner);
        blocks[before].jump = { kind: 'branch', condition: statement.condition, yes, no };
        for (const end of [yesEnd, noEnd]) blocks[end].jump = { kind: 'go', to: current };
      } else if (statement.kind === 'while') {
        const head = open(owner);
        blocks[before].jump = { kind: 'go', to: head };
        const yes = open(owner);
        blocks[cut(statement.body, yes, owner)].jump = { kind: 'go', to: head };
        current = open(owner);
        blocks[head].jump = { kind: 'branch', condition: statement.condition, yes, no: current };
      }
    }
    return current;
  };
  const enter = (name: string): void => {
    const first = open(name);
    entries.set(name, first);
    cut(bodyOf(name), first, name);
  };
  enter(root);

  const returns = new Map([...entries.keys()].map((name, i) => [name, i]));
  const frame = new Frame(blocks, procedures);
  const go = (to: number): Statement => ({ kind: 'assign', local: PLACE, value: literal(to) });
  const jump = ({ owner, jump }: Block, rewrite: Rewrite): Statement[] => {
    switch (jump.kind) {
      case 'go':
        return [go(jump.to)];
      case 'branch': {
        const condition = rewriteCondition(jump.condition, rewrite);
        return [{ kind: 'if', condition, body: [go(jump.yes)], otherwise: [go(jump.no)] }];
      }
      case 'leaf':
        return [
          store(names.place, literal(jump.after)),
          store(names.waiting, literal(leaves.indexOf(jump.leaf) + 1)),
          go(NOWHERE),
        ];
      case 'enter':
        return [
          store(names.returns, literal(jump.after), returns.get(jump.procedure)),
          ...frame.cleared(jump.procedure),
          go(entries.get(jump.procedure) as number),
        ];
      case 'leave':
        if (owner === root) return [store(names.ended, literal(1)), store(names.place, literal(NOWHERE)), go(NOWHERE)];
        return [{ kind: 'assign', local: PLACE, value: load(names.returns, returns.get(owner)) }];
    }
  };
  const cases = blocks.map((block, i): Statement => {
    const rewrite = frame.rewrite(block);
    return {
      kind: 'if',
      condition: equal({ kind: 'local', id: PLACE }, literal(i)),
      body: [...rewriteStatements(block.statements, rewrite), ...jump(block, rewrite)],
      otherwise: [],
    };
  });
  const placed: RealTerm = { kind: 'local', id: PLACE };
  const idle = equal(load(names.waiting), literal(0));
  const advance: Statement[] = [
    {
      kind: 'assign',
      local: PLACE,
      value: { kind: 'select', condition: idle, first: load(names.place), second: literal(NOWHERE) },
    },
    {
      kind: 'while',
      condition: { kind: 'compare', comparison: 'ge', first: placed, second: literal(0) },
      body: cases,
    },
  ];
  const begin = [
    store(names.place, literal(entries.get(root) as number)),
    store(names.waiting, literal(0)),
    store(names.ended, literal(0)),
    ...frame.cleared(root),
  ];
  const procedure = (name: string, body: Statement[]): ProcedureCode => ({
    name,
    parameters: 0,
    counters: frame.counters,
    locals: frame.locals,
    body,
    exported: true,
  });
  const serve = (leaf: string, i: number): ProcedureCode =>
    procedure(leafName(leaf), [
      {
        kind: 'if',
        condition: equal(load(names.waiting), literal(i + 1)),
        body: [{ kind: 'call', procedure: leaf, indices: [] }, store(names.waiting, literal(0))],
        otherwise: [],
      },
    ]);
  return {
    module: {
      ...module,
      buffers: [
        ...module.buffers,
        ...[names.place, names.waiting, names.ended].map((name) => ({ name, length: 1 })),
        { name: names.returns, length: entries.size },
        { name: names.variables, length: Math.max(1, frame.kept) },
      ],
      procedures: [
        ...module.procedures,
        procedure(names.begin, begin),
        procedure(names.advance, advance),
        ...leaves.map(serve),
      ],
    },
    begin: names.begin,
    advance: names.advance,
    leaves: leaves.map(leafName),
    ended: names.ended,
  };
}

const leafName = (leaf: string): string => `machine.leaf.${leaf}`;

/** The local of `advance` that holds the number of the next block. */
const PLACE = 0;
const NOWHERE = -1;

/** Where the variables of the procedures that were cut are: in memory, but for those that live in one block only. */
class Frame {
  locals = 1;
  counters = 0;
  kept = 0;
  private readonly slots = new Map<string, Map<number, number>>();

  constructor(blocks: readonly Block[], procedures: ReadonlyMap<string, ProcedureCode>) {
    const users = new Map<string, Set<Block>>();
    for (const block of blocks) {
      const use = (local: number): void => {
        const key = `${block.owner}/${local}`;
        users.set(key, (users.get(key) ?? new Set()).add(block));
      };
      visit(withCondition(block), {
        real: (term) => term.kind === 'local' && use(term.id),
        statement: (statement) => statement.kind === 'assign' && use(statement.local),
      });
    }
    for (const block of blocks) {
      const code = procedures.get(block.owner) as ProcedureCode;
      this.counters = Math.max(this.counters, code.counters);
      const { constants } = localsOf(withCondition(block), 0, null);
      const slots = this.slots.get(block.owner) ?? new Map<number, number>();
      this.slots.set(block.owner, slots);
      for (let local = 0; local < code.locals; local++) {
        const own = users.get(`${block.owner}/${local}`);
        if (!own?.has(block) || slots.has(local)) continue;
        if (own.size === 1 && constants.has(local)) continue;
        slots.set(local, this.kept++);
      }
    }
  }

  rewrite(block: Block): Rewrite {
    const slots = this.slots.get(block.owner);
    const own = new Map<number, number>();
    const numberOf = (local: number): number => {
      const known = own.get(local);
      if (known !== undefined) return known;
      own.set(local, this.locals);
      return this.locals++;
    };
    return {
      read: (local) => {
        const slot = slots?.get(local);
        return slot === undefined ? { kind: 'local', id: numberOf(local) } : load(names.variables, slot);
      },
      write: (local, value) => {
        const slot = slots?.get(local);
        return slot === undefined
          ? { kind: 'assign', local: numberOf(local), value }
          : store(names.variables, value, slot);
      },
    };
  }

  /** Variables start at 0 in each call. */
  cleared(owner: string): Statement[] {
    return [...(this.slots.get(owner)?.values() ?? [])].map((slot) => store(names.variables, literal(0), slot));
  }
}

/** The statements of a block, and its branch as one that does nothing. */
function withCondition({ statements, jump }: Block): Statement[] {
  if (jump.kind !== 'branch') return [...statements];
  return [...statements, { kind: 'if', condition: jump.condition, body: [], otherwise: [] }];
}
