/** A worker as the pool sees it, in the page or in Node. */
export interface Connection<Remote> {
  /** Its functions; calls are answered in the order in which they are made. */
  readonly remote: Remote;
  /** Resolves, with the reason, when the worker is gone: calls that it had are never answered. */
  readonly lost: Promise<string>;
  /** Ends it, whatever it is at. */
  end(): void;
}

/** A service of a worker as other threads call it. */
export type RemoteOf<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends (...args: infer Given) => infer Answer
    ? (...args: Given) => Promise<Awaited<Answer>>
    : never;
};
