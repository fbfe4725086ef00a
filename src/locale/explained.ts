/** A fault or a refusal in full: what happened, and what the seller does next. */
export interface Explained {
  readonly title: string;
  readonly next: string;
}
