/** What a request's parameter is once it is serialized: text as PostgreSQL reads it, or NULL. */
export type ParameterText = string | null;

const headerLength = 5;
const smallest = 8 * 1024;
/** A buffer that a large request has made longer than this is given back. */
const largestKept = 1024 * 1024;

/**
 * Messages of the frontend, one after the other in one buffer, so that one crossing into the database carries them all
 * (PostgreSQL's documentation, chapter "Frontend/Backend Protocol").
 */
export class Request {
  #bytes = Buffer.allocUnsafe(smallest);
  #length = 0;
  #begins = 0;

  /** Takes the messages written so far; valid until the next one is written. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > largestKept) this.#bytes = Buffer.allocUnsafe(smallest);
    return taken;
  }

  /** Any number of statements without parameters. */
  script(sql: string): this {
    return this.#message('Q', () => this.#cString(sql));
  }

  parse(statement: string, sql: string): this {
    return this.#message('P', () => {
      this.#cString(statement);
      this.#cString(sql);
      this.#int16(0);
    });
  }

  describeStatement(statement: string): this {
    return this.#message('D', () => this.#target('S', statement));
  }

  closeStatement(statement: string): this {
    return this.#message('C', () => this.#target('S', statement));
  }

  /** Binds to the unnamed portal; parameters and results are text. */
  bind(statement: string, parameters: readonly ParameterText[]): this {
    return this.#message('B', () => {
      this.#cString('');
      this.#cString(statement);
      this.#int16(0);
      this.#int16(parameters.length);
      for (const parameter of parameters) this.#parameter(parameter);
      this.#int16(0);
    });
  }

  describePortal(): this {
    return this.#message('D', () => this.#target('P', ''));
  }

  /** Runs the unnamed portal to its end. */
  execute(): this {
    return this.#message('E', () => {
      this.#cString('');
      this.#int32(0);
    });
  }

  sync(): this {
    return this.#message('S', () => {});
  }

  #message(type: string, write: () => void): this {
    this.#begins = this.#length;
    this.#reserve(headerLength);
    this.#bytes[this.#length] = type.charCodeAt(0);
    this.#length += headerLength;
    write();
    this.#bytes.writeInt32BE(this.#length - this.#begins - 1, this.#begins + 1);
    return this;
  }

  #target(kind: 'S' | 'P', name: string): void {
    this.#reserve(1);
    this.#bytes[this.#length] = kind.charCodeAt(0);
    this.#length += 1;
    this.#cString(name);
  }

  #parameter(text: ParameterText): void {
    if (text === null) {
      this.#int32(-1);
      return;
    }
    // No character takes more than three bytes per unit of UTF-16.
    this.#reserve(4 + text.length * 3);
    const written = this.#bytes.write(text, this.#length + 4);
    this.#bytes.writeInt32BE(written, this.#length);
    this.#length += 4 + written;
  }

  #cString(text: string): void {
    this.#reserve(text.length * 3 + 1);
    this.#length += this.#bytes.write(text, this.#length);
    this.#bytes[this.#length] = 0;
    this.#length += 1;
  }

  #int16(value: number): void {
    this.#reserve(2);
    this.#bytes.writeUInt16BE(value, this.#length);
    this.#length += 2;
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#bytes.writeInt32BE(value, this.#length);
    this.#length += 4;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
