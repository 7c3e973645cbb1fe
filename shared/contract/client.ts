import {
  type ClientContext,
  type ClientLink,
  type ClientOptions,
  createORPCClient,
  mapEventIterator,
} from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { SatchelError } from '../errors.ts';
import { say } from '../message.ts';
import { type ContractClient, contract } from './contract.ts';
import { type Channel, type Connect, type Frame, maxFrameBytes } from './transport.ts';
import { fromWireError, isAbort } from './wire-errors.ts';

export interface ConnectedClient {
  readonly api: ContractClient;
  /** Leaves: streams end on the other side, calls under way fail with `busy`. */
  close(): void;
}

/**
 * A client of the contract over whatever carries its frames. Connects at the first call, and again at the first call
 * after the connection was lost (the worker was restarted). A call that was under way then fails with `busy`: whether
 * it was carried out is not known, so only reading calls may simply be repeated.
 *
 * Answers are validated against the contract; every failure is a SatchelError, except the abort the caller asked for.
 */
export function createContractClient(connect: Connect): ConnectedClient {
  let current: Promise<Connection> | undefined;
  let isClosed = false;

  const connection = (): Promise<Connection> => {
    if (isClosed) throw new SatchelError('busy', say`Satchel is closing.`);
    if (current) return current;
    const opening = openConnection(connect, () => {
      if (current === opening) current = undefined;
    });
    current = opening;
    opening.catch(() => {
      if (current === opening) current = undefined;
    });
    return opening;
  };

  const link: ClientLink<ClientContext> = {
    async call(path, input, options: ClientOptions<ClientContext>) {
      const used = await connection();
      const told = (error: unknown) => callerError(error, options.signal, used.isOpen());
      try {
        const output = await used.link.call(path, input, options);
        return isAsyncIterator(output)
          ? mapEventIterator(output, {
              value: (value) => Promise.resolve(value),
              error: (error) => Promise.resolve(told(error)),
            })
          : output;
      } catch (error) {
        throw told(error);
      }
    },
  };

  return {
    api: createORPCClient<ContractClient>(link),
    close() {
      isClosed = true;
      current?.then(
        ({ channel }) => channel.close(),
        () => undefined,
      );
    },
  };
}

interface Connection {
  readonly link: ClientLink<ClientContext>;
  readonly channel: Channel;
  isOpen(): boolean;
}

/** Dresses a channel as the socket that the RPC library knows. */
async function openConnection(connect: Connect, onLost: () => void): Promise<Connection> {
  const events = new EventTarget();
  let isOpen = true;
  const channel = await connect({
    onFrame: (frame) => events.dispatchEvent(new MessageEvent('message', { data: frame })),
    onClose: () => {
      isOpen = false;
      onLost();
      events.dispatchEvent(new Event('close'));
    },
  });
  const socket = {
    get readyState() {
      return isOpen ? WebSocket.OPEN : WebSocket.CLOSED;
    },
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    send(frame: Frame) {
      if (frame.length > maxFrameBytes) {
        throw new SatchelError('invalid', say`That is too much at once. Do it in smaller parts.`);
      }
      channel.send(frame);
    },
  };
  const link = new RPCLink({
    websocket: socket,
    plugins: [new ResponseValidationPlugin(contract)],
  });
  return { link, channel, isOpen: () => isOpen };
}

/** Tells an abort that the caller asked for and a lost connection from what the other side answered. */
function callerError(error: unknown, signal: AbortSignal | undefined, isOpen: boolean): unknown {
  if (signal?.aborted) return signal.reason;
  const known = fromWireError(error);
  const isAnswer = known instanceof SatchelError && known.code !== 'internal';
  return isAnswer || (isOpen && !isAbort(error))
    ? known
    : new SatchelError('busy', say`The connection to your workspace was interrupted. Try again.`);
}

function isAsyncIterator(value: unknown): value is AsyncIteratorObject<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
