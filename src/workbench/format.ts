/** Numbers for reading: a fixed number of significant digits, a true minus sign, powers of ten where they help. */

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `-0.00012345` becomes `−1.235×10⁻⁴`; trailing zeros are dropped. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(exponentText);
  const plain = exponent >= -3 && exponent < Math.max(digits, 5);
  const text = plain
    ? trimZeros(value.toFixed(Math.max(0, digits - 1 - exponent)))
    : `${trimZeros(mantissa)}×10${raised(exponent)}`;
  return text.replace('-', '−');
}

/** For number fields: digits that can be typed again, without the noise of binary fractions. */
export function editable(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** The same where there is little room: few digits, and powers of ten early. */
export function shortened(value: number, digits: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) return String(Number(value.toPrecision(digits)));
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  return `${trimZeros(mantissa)}e${Number(exponent)}`;
}

/** Duration in milliseconds, with a unit that keeps it readable. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds.toFixed(milliseconds >= 100 ? 0 : milliseconds >= 10 ? 1 : 2)} ms`;
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('');
  return exponent < 0 ? `⁻${digits}` : digits;
}
