/** How text for people looks. */

export interface Style {
  /** Characters in a line. */
  readonly width: number;
  readonly colour: boolean;
}

const codes = { bold: '1', red: '31', green: '32' } as const;

export function paint(style: keyof typeof codes, text: string, { colour }: Style): string {
  return colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}
