import type { MessagePort } from 'node:worker_threads';
import { mapEventIterator } from '@orpc/client';
import { StandardRPCSerializer } from '@orpc/client/standard';
import type { Context, Router } from '@orpc/server';
import {
  StandardHandler,
  type StandardHandlerOptions,
  StandardRPCCodec,
  StandardRPCMatcher,
} from '@orpc/server/standard';
import { WebsocketHandler } from '@orpc/server/websocket';
import type { Frame } from '#shared/contract/transport.ts';
import { toWireError } from '#shared/contract/wire-errors.ts';
import type { SatchelError } from '#shared/errors.ts';
import type { Log } from '../../context.ts';
import { AnswerSerializer } from './answer-serializer.ts';
import { toCallerError } from './caller-errors.ts';
import { endable } from './endable.ts';
import { lastFrame } from './messages.ts';

export interface ConnectionServer {
  /**
   * Answers the calls that arrive on a port until either side closes it. A frame that cannot be read closes the port: a
   * caller that sends one is broken or hostile, and an answer would have no call to belong to.
   */
  serve(port: MessagePort): void;
  /** Ends the streams; resolves when every port has carried its last frame and all calls are answered. */
  finish(): Promise<void>;
}

/**
 * @param router what can be called
 * @param context what every procedure is given
 * @param refusal the error for whatever the router does not have
 */
export function connectionServer<T extends Context>(
  // The contract of the router does not matter here: it was checked where the router was assembled.
  // oxlint-disable-next-line typescript/no-explicit-any
  router: Router<any, T>,
  context: T,
  log: Log,
  refusal: (path: string) => SatchelError,
): ConnectionServer {
  const finishing = new AbortController();
  const open = new Set<Promise<void>>();
  const answers = new Set<Promise<void>>();
  const options: StandardHandlerOptions<T> = {
    interceptors: [
      async (call) => {
        const result = await call.next();
        if (!result.matched) throw toWireError(refusal(call.request.url.pathname));
        return result;
      },
    ],
    clientInterceptors: [
      async (call) => {
        const name = call.path.join('.');
        try {
          const output = await call.next();
          return isStream(output)
            ? mapEventIterator(endable(output, finishing.signal), {
                value: (value) => Promise.resolve(value),
                error: (error) => Promise.resolve(toCallerError(error, log, name)),
              })
            : output;
        } catch (error) {
          throw toCallerError(error, log, name);
        }
      },
    ],
  };
  const codec = new StandardRPCCodec(new StandardRPCSerializer(new AnswerSerializer()));
  const handler = new WebsocketHandler(new StandardHandler(router, new StandardRPCMatcher(), codec, options));

  // The library makes its options optional by a conditional type, which cannot be resolved for a generic context.
  const receive = handler.message.bind(handler) as (
    socket: object,
    frame: string | ArrayBuffer,
    options: { context: T },
  ) => Promise<void>;

  const serve = (port: MessagePort) => {
    const socket = {
      send: (frame: Frame) => post(port, frame),
      addEventListener: () => undefined,
    };
    const ended = Promise.withResolvers<void>();
    keepUntilSettled(open, ended.promise);
    port.on('message', (frame: string | ArrayBuffer | typeof lastFrame) => {
      if (frame === lastFrame) {
        ended.resolve();
        return;
      }
      const answer = receive(socket, frame, { context }).catch((error: unknown) => {
        log.warn({ error: String(error) }, 'closed a connection that sent an unreadable message');
        port.close();
      });
      keepUntilSettled(answers, answer);
    });
    port.on('close', () => {
      ended.resolve();
      handler.close(socket);
    });
  };

  return {
    serve,
    async finish() {
      await Promise.all(open);
      finishing.abort();
      await Promise.all(answers);
    },
  };
}

/** A text longer than this crosses threads as bytes, which are handed over: a text is copied out and in again. */
const longText = 4 * 1024;
const encoder = new TextEncoder();

function post(port: MessagePort, frame: Frame): void {
  const bytes = typeof frame === 'string' && frame.length > longText ? encoder.encode(frame) : frame;
  if (typeof bytes === 'string') port.postMessage(bytes);
  else port.postMessage(bytes, [bytes.buffer]);
}

function keepUntilSettled(among: Set<Promise<void>>, promise: Promise<void>): void {
  among.add(promise);
  void promise.finally(() => among.delete(promise));
}

function isStream(value: unknown): value is AsyncIteratorObject<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
