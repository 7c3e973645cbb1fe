/** Remembers the last texts, so that a short phrase does not come twice within what a person sees on one screen. */
export class RecentTexts {
  readonly #kept: string[] = [];
  readonly #known = new Set<string>();
  readonly #reach: number;

  /** `reach` is how many texts back a repetition would be noticed. */
  constructor(reach: number) {
    this.#reach = reach;
  }

  /** Asks for a text until it is a new one, at most twenty times. */
  freshOf(write: () => string): string {
    let text = write();
    for (let attempt = 1; attempt < 20 && this.#known.has(text); attempt++) text = write();
    this.#known.add(text);
    this.#kept.push(text);
    if (this.#kept.length > this.#reach) {
      const oldest = this.#kept.shift();
      if (oldest !== undefined && !this.#kept.includes(oldest)) this.#known.delete(oldest);
    }
    return text;
  }
}
