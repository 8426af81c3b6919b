/** A problem without its expressions: what is called how, which is all that a sweep has to know where it is not solved. */
export interface Shape {
  readonly parameters: readonly Named[];
  /** `initial` is null where the initial value is free. */
  readonly states: readonly (Named & { readonly initial: unknown })[];
  readonly controls: readonly Named[];
  readonly algebraics: readonly Named[];
  readonly horizon: { readonly steps: number };
}

interface Named {
  readonly name: string;
}
