/**
 * What only the host can give: the process that has the windows, the keychain and the system's notifications. The
 * application asks for it, wherever it runs.
 */
export interface Ports {
  readonly network: Network;
  readonly secrets: Secrets;
  readonly notifications: Notifications;
  readonly files: Files;
}

export interface NetworkRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface NetworkResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Network {
  /**
   * Whatever the server answers is an answer, its errors included.
   * @throws SatchelError `offline` where no server was reached
   */
  fetch(request: NetworkRequest, signal?: AbortSignal): Promise<NetworkResponse>;
}

/** Where the operating system keeps keys and passwords: never in the database, and in no backup. */
export interface Secrets {
  /** Null where there is none of that name. */
  read(name: string): Promise<string | null>;
  /** Resolves when it is kept for good. */
  write(name: string, value: string): Promise<void>;
}

export interface Notifications {
  /** Shows it where the system shows such; the text is said already. */
  show(notification: { readonly title: string; readonly body: string }): Promise<void>;
}

export interface Files {
  /** Shows a file of this computer in its folder. */
  reveal(path: string): Promise<void>;
}

/** A call of a port, as it crosses from the worker to the host. */
export type PortCall =
  | { readonly to: 'network.fetch'; readonly request: NetworkRequest }
  | { readonly to: 'secrets.read'; readonly name: string }
  | { readonly to: 'secrets.write'; readonly name: string; readonly value: string }
  | { readonly to: 'notifications.show'; readonly title: string; readonly body: string }
  | { readonly to: 'files.reveal'; readonly path: string };

/** Carries the call out; what comes back can be posted to another thread. */
export async function callPort(ports: Ports, call: PortCall, signal?: AbortSignal): Promise<unknown> {
  switch (call.to) {
    case 'network.fetch':
      return ports.network.fetch(call.request, signal);
    case 'secrets.read':
      return ports.secrets.read(call.name);
    case 'secrets.write':
      return ports.secrets.write(call.name, call.value);
    case 'notifications.show':
      return ports.notifications.show({ title: call.title, body: call.body });
    case 'files.reveal':
      return ports.files.reveal(call.path);
    default:
      return call satisfies never;
  }
}

/** The ports of a host that is reached by messages. Both sides run the same build: an answer has the type of its call. */
export function portsThrough(call: (call: PortCall, signal?: AbortSignal) => Promise<unknown>): Ports {
  return {
    network: {
      fetch: (request, signal) => call({ to: 'network.fetch', request }, signal) as Promise<NetworkResponse>,
    },
    secrets: {
      read: (name) => call({ to: 'secrets.read', name }) as Promise<string | null>,
      write: async (name, value) => void (await call({ to: 'secrets.write', name, value })),
    },
    notifications: {
      show: async ({ title, body }) => void (await call({ to: 'notifications.show', title, body })),
    },
    files: { reveal: async (path) => void (await call({ to: 'files.reveal', path })) },
  };
}
