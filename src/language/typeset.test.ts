import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { completed } from './testing';
import { typeset } from './typeset';

function section(text: string, label: string): string {
  const latex = typeset(text)?.sections.find((candidate) => candidate.label === label)?.latex ?? '';
  return latex.replace(/^\\begin\{aligned\}(?:& )?|\\end\{aligned\}$/g, '');
}

/** An expression typeset as a let. */
const formula = (text: string) => section(`let y = ${text}`, 'where').replace(/^y &= /, '');

describe('names', () => {
  it.each([
    ['theta', '\\theta'],
    ['theta_ref', '\\theta_{\\mathrm{ref}}'],
    ['omega1', '\\omega_{1}'],
    ['Omega_max', '\\Omega_{\\mathrm{max}}'],
    ['x', 'x'],
    ['x1', 'x_{1}'],
    ['p1x', 'p_{1x}'],
    ['q_v', 'q_{v}'],
    ['q_theta', 'q_{\\theta}'],
    ['H10_11', 'H_{10,11}'],
    ['mass', '\\mathit{mass}'],
    ['mass_2', '\\mathit{mass}_{2}'],
    ['_x', '\\mathit{\\_x}'],
    ['pi', '\\pi'],
  ])('%s', (name, latex) => expect(formula(name)).toBe(latex));
});

describe('expressions', () => {
  it.each([
    ['a + b - c', 'a + b - c'],
    ['a + (b + c)', 'a + b + c'],
    ['a - (b + c)', 'a - (b + c)'],
    ['a - (b - c)*d', 'a - (b - c)\\,d'],
    ['(a*b)*(c*d)', 'a\\,b\\,c\\,d'],
    ['a + -b', 'a + (-b)'],
    ['-a + b', '-a + b'],
    ['-(a + b)', '-(a + b)'],
    ['-(-a)', '-(-a)'],
    ['-a*b', '-a\\,b'],
    ['a*-b', 'a\\,(-b)'],
    ['2*a', '2\\,a'],
    ['a*2', 'a \\cdot 2'],
    ['2*3', '2 \\cdot 3'],
    ['mass*v', '\\mathit{mass}\\;v'],
    ['a/b', '\\frac{a}{b}'],
    ['a/b/c', '\\frac{a}{b\\,c}'],
    ['a/(b*c)', '\\frac{a}{b\\,c}'],
    ['a/b*c', '\\frac{a}{b}\\,c'],
    ['a*b/(c + d)', '\\frac{a\\,b}{c + d}'],
    ['(a + b)/c', '\\frac{a + b}{c}'],
    ['-a/b', '-\\frac{a}{b}'],
    ['a^2', 'a^{2}'],
    ['x1^2', 'x_{1}^{2}'],
    ['(a + b)^2', '(a + b)^{2}'],
    ['(a/b)^2', '\\left(\\frac{a}{b}\\right)^{2}'],
    ['(a^b)^c', '(a^{b})^{c}'],
    ['a^b^c', 'a^{b^{c}}'],
    ['-a^2', '-a^{2}'],
    ['(-a)^2', '(-a)^{2}'],
    ['sin(theta)', '\\sin \\theta'],
    ['cos(theta)^2', '\\cos^{2} \\theta'],
    ['sin(a + b)^2', '\\sin^{2}(a + b)'],
    ['sin(a/b)', '\\sin\\left(\\frac{a}{b}\\right)'],
    ['exp(-a)', '\\exp(-a)'],
    ['exp(a)^2', '(\\exp(a))^{2}'],
    ['sqrt(a + b)', '\\sqrt{a + b}'],
    ['sqrt(a)^3', '\\left(\\sqrt{a}\\right)^{3}'],
    ['abs(a)', '\\left|a\\right|'],
    ['asin(a)', '\\arcsin(a)'],
    ['atan2(y, x)', '\\operatorname{atan2}(y, x)'],
    ['max(a, b, 0)', '\\max(a, b, 0)'],
    ['1e3*a', '10^{3}\\,a'],
    ['2.5e-4', '2.5 \\cdot 10^{-4}'],
    ['.5', '0.5'],
    ['1e3^2', '(10^{3})^{2}'],
  ])('%s', (text, latex) => expect(formula(text)).toBe(latex));

  it('break long sums between their terms', () => {
    const long = formula(Array.from({ length: 20 }, (_, i) => `alpha_${i}*beta_${i}`).join(' + '));
    expect(long.split('\\\\').length).toBeGreaterThan(1);
    expect(long.split('\\\\')[1]).toContain('&\\qquad {}+ \\alpha');
  });
});

describe('sections', () => {
  const continuous = completed(
    'let d = x^2',
    'constant g = 9.81',
    'minimize',
    'sum d*u',
    'terminal x^2 + v^2',
    'control c in [-a, inf]',
    'subject to',
    'track_1: -1 <= x <= a',
    'at end: x == 0',
    'late on 3..N-1: u >= 0 soft(l1 = b, l2 = 2)',
  );

  it('of a continuous problem', () => {
    expect(typeset(continuous)?.sections.map(({ label }) => label)).toEqual([
      'minimise',
      'dynamics',
      'constraints',
      'initial values',
      'horizon',
      'where',
      'parameters',
    ]);
    expect(section(continuous, 'minimise').split(' \\\\ ')).toEqual([
      '\\int_0^{2} \\bigl(x^{2} + u^{2} + w^{2}\\bigr)\\,dt',
      '& + \\sum_{k=0}^{N-1} d_{k}\\,u_{k}',
      '& + \\Bigl[x^{2} + v^{2}\\Bigr]_{t=2}',
    ]);
    expect(section(continuous, 'dynamics').split(' \\\\ ')).toEqual([
      '\\dot{x} &= v\\,a',
      '\\dot{v} &= u + w + b',
      '\\dot{z} &= 0',
    ]);
    expect(section(continuous, 'constraints').split(' \\\\ ')).toEqual([
      'c \\ge -a',
      '& {-}1 \\le x \\le a &&  && \\text{track\\_1}',
      '& x = 0 && \\text{at } t = 2 && ',
      '& u \\ge 0 && k = 3, \\dots, N - 1,\\;\\text{soft: } \\ell_{1} = b,\\, \\ell_{2} = 2 && \\text{late}',
    ]);
    expect(section(continuous, 'initial values')).toContain('z(0) &\\text{ free}');
    expect(section(continuous, 'horizon')).toBe('t \\in [0, 2], \\quad N = 10');
    expect(section(continuous, 'where')).toBe('d &= x^{2} \\\\ g &= 9.81');
    expect(section(continuous, 'parameters')).toBe('a &= 2 &\\quad b &= 3');
  });

  it('of a discrete problem', () => {
    const text = `
      state x1 = 2
      control u
      parameter h = 0.1
      let e = x1 - 1
      dynamics
        x1+ = x1 + h*u
      minimize
        integral e^2
        terminal e^2
      subject to
        -1 <= u <= 1
        at end: x1 == 0
      horizon 20*h s in 20 steps`;
    expect(section(text, 'minimise')).toBe('\\sum_{k=0}^{N-1} e_{k}^{2}\\,\\Delta t \\\\ & + e_{N}^{2}');
    expect(section(text, 'dynamics')).toBe('x_{1,k+1} &= x_{1,k} + h\\,u_{k}');
    expect(section(text, 'constraints')).toContain('x_{1,N} = 0 && \\text{at } k = N');
    expect(section(text, 'initial values')).toBe('x_{1,0} &= 2');
    expect(section(text, 'horizon')).toBe('k = 0, \\dots, N, \\quad N = 20, \\quad \\Delta t = \\frac{20\\,h}{N}');
    expect(section(text, 'where')).toBe('e_{k} &= x_{1,k} - 1');
  });

  const vectors = `
    constant n = 2
    parameter Q = [1, 2; 3, 4]
    parameter W = [1, 2, 3, 4; 5, 6, 7, 8; 9, 10, 11, 12]
    parameter wind at stages = 0
    signal r[n] = [time; stage]
    state x[n] = [0; 1]
    state p[n] free
    algebraic y
    control u[n] in [-1, [1; 2]]
    dynamics
      x[1]' = p'*x + wind
      x[2..]' = u[2]
      for i in 1..n: p[i]' = sum(for j in 1..n: Q[i,j]*u[j])
      0 = y - sqrt(sumsq(x))
    minimize
      integral quad(x - r, Q) + sumsq([x; u]) + dot(x, p) + sum(for i in 1..n: u[i]^2)
      terminal max(for i in 1..n: p[i])
    subject to
      for i in 1..n: near: x[i] <= (Q*p)[i]
    horizon 2 s in 5 steps, radau 2, grid 2^stage`;

  it('of vectors and matrices', () => {
    expect(section(vectors, 'minimise')).toBe(
      '\\int_0^{2} \\bigl(\\lVert x - r \\rVert_{Q}^{2} + \\left\\lVert \\begin{bmatrix}x \\\\ u\\end{bmatrix} \\right\\rVert^{2} + ' +
        'x^{\\top} p + \\sum_{i=1}^{n} u_{i}^{2}\\bigr)\\,dt \\\\ & + \\Bigl[\\max_{i = 1, \\dots, n} p_{i}\\Bigr]_{t=2}',
    );
    expect(section(vectors, 'dynamics').split(' \\\\ ')).toEqual([
      '\\dot{x}_{1} &= p^{\\top}\\,x + \\mathit{wind}',
      '\\dot{x}_{2:} &= u_{2}',
      '\\dot{p}_{i} &= \\sum_{j=1}^{n} Q_{i,j}\\,u_{j},\\quad i = 1, \\dots, n',
      '0 &= y - \\lVert x \\rVert',
    ]);
    expect(section(vectors, 'constraints')).toContain('x_{i} \\le (Q\\,p)_{i} && i = 1, \\dots, n && \\text{near}');
    expect(section(vectors, 'horizon')).toContain('\\Delta t_{k} \\propto 2^{k}');
    expect(section(vectors, 'where')).toContain('r &= \\begin{bmatrix}t \\\\ k\\end{bmatrix}');
    expect(section(vectors, 'parameters')).toContain('W &\\in \\mathbb{R}^{3 \\times 4}');
    expect(section(vectors, 'parameters')).toContain('\\mathit{wind}_{k} &= 0');
  });

  it('are what KaTeX can typeset', () => {
    for (const { latex } of [continuous, vectors].flatMap((text) => typeset(text)?.sections ?? [])) {
      expect(() => katex.renderToString(latex, { displayMode: true, strict: 'error' })).not.toThrow();
    }
  });

  it('need no names to be defined, but a text that can be read', () => {
    expect(typeset('let y = nothing')).not.toBeNull();
    expect(typeset('let y = (nothing')).toBeNull();
    expect(typeset('x'.repeat(70_000))).toBeNull();
    expect(typeset('')).toEqual({ title: '', sections: [] });
  });
});
