import { createHash } from 'node:crypto';

/** The idempotency key of a rollback: SHA-256 of target, deployment, from and to version, as hex. */
export function planId(targetId: string, deploymentId: string, fromVersion: string, toVersion: string): string {
  // As a JSON array, so that no two different quadruples are written alike.
  return createHash('sha256')
    .update(JSON.stringify([targetId, deploymentId, fromVersion, toVersion]))
    .digest('hex');
}
