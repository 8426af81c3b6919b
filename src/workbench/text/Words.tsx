/** A sentence in which `code` stands between backticks. */
export function Words({ children }: { readonly children: string }) {
  return children.split('`').map((part, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence keep their order
    i % 2 === 1 ? <code key={i}>{part}</code> : part,
  );
}
