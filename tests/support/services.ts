import type { Application } from '#core/context.ts';
import { type Services, servicesOf } from '#core/services.ts';

const made = new WeakMap<Application, Services>();

/** The services of a test's application, the same for each client of it. They run once the test starts them. */
export function testServices(app: Application): Services {
  const services = made.get(app) ?? servicesOf(app);
  made.set(app, services);
  return services;
}
