/** Names of exported files: from the title of a problem, in letters, digits and hyphens that every system takes. */

const longest = 60;

/** `fileName('Swing up: a pendulum', 'trajectories', 'csv')` is `swing-up-a-pendulum-trajectories.csv`. */
export function fileName(title: string, subject: string, extension: string): string {
  return `${[hyphenated(title).slice(0, longest).replace(/-$/, '') || 'problem', hyphenated(subject)].join('-')}.${extension}`;
}

function hyphenated(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
