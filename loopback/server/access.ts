import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may talk to the loopback server. Any program of this computer, and any web page that its owner visits, can reach
 * a port on 127.0.0.1: so the address that is opened holds a token which works once and is exchanged for a cookie.
 */
export class Access {
  readonly #cookieName: string;
  readonly #secret = secretText();
  #token: string | undefined;

  /** @param port part of the cookie's name, since browsers send one host's cookies to all of its ports */
  constructor(port: number) {
    this.#cookieName = `satchel_${port}`;
  }

  /** A new token; an earlier one that was not used stops working. */
  issueToken(): string {
    this.#token = secretText();
    return this.#token;
  }

  /** @returns the cookie to set, or undefined where the token is wrong, used or replaced */
  exchange(token: string): string | undefined {
    if (this.#token === undefined || !isEqual(token, this.#token)) return undefined;
    this.#token = undefined;
    return `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`;
  }

  hasSession(request: IncomingMessage): boolean {
    const prefix = `${this.#cookieName}=`;
    return (request.headers.cookie ?? '')
      .split(';')
      .map((part) => part.trim())
      .some((part) => part.startsWith(prefix) && isEqual(part.slice(prefix.length), this.#secret));
  }
}

/**
 * The request was meant for this server and no foreign page sent it. A page elsewhere can point a name of its own at
 * 127.0.0.1 (DNS rebinding), which the Host header tells, or send requests across origins, which the Origin header
 * tells.
 *
 * @param options.needsOrigin for upgrades: a browser always names the origin of a WebSocket
 */
export function isOwnRequest(
  request: IncomingMessage,
  port: number,
  options: { needsOrigin: boolean },
): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  // Of a host that is named twice Node keeps the first, and somebody else may read the other.
  if (request.headersDistinct['host']?.length !== 1) return false;
  if (host === undefined || !hosts.includes(host)) return false;
  if (origin === undefined) return !options.needsOrigin;
  return origin === `http://${host}`;
}

function secretText(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares without telling by its time how much was right; the hashes make the lengths equal. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
