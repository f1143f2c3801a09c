import { expect, it } from 'vitest';
import { serviceOf } from '../../../../src/core/decide/same-service.ts';

it.each([
  ['checkout-staging', 'staging', 'checkout'],
  ['checkout_stg', 'staging', 'checkout'],
  ['prod.checkout', 'production', 'checkout'],
  ['checkout', 'production', 'checkout'],
  ['checkout-staging', 'production', 'checkout-staging'],
  ['checkout-prod', null, 'checkout-prod'],
  ['production', 'production', 'production'],
])('%s in %s is the service %s', (pipeline, environment, service) => {
  expect(serviceOf(pipeline, environment)).toBe(service);
});
