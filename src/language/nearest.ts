/** Spelling suggestions. */

/** Number of insertions, deletions, replacements and swaps of neighbours that make `a` into `b` (Damerau, 1964). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] as number) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}

/** The candidate that is most like the word, if one is near enough to be meant. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const reach = word.length <= 2 ? 1 : Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestDistance = reach + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > reach) continue;
    const sameLetters = candidate.toLowerCase() === word.toLowerCase();
    const distance = sameLetters ? 0.5 : editDistance(word, candidate);
    // One letter changed into another single letter is another name, not a misspelling.
    if (!sameLetters && distance >= Math.max(word.length, candidate.length)) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
