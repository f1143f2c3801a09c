import { z } from 'zod';
import { duration, recovery } from '../schema-words.ts';

function word(pattern: RegExp, error: string, description: string) {
  return z.string({ error }).regex(pattern, { error }).meta({ description });
}

/** Config of the Docker Swarm platform; durations in ms. */
export const swarmConfig = z
  .strictObject({
    cluster: word(
      /^[a-z0-9]{20,40}$/,
      "the swarm's id (docker info --format '{{.Swarm.Cluster.ID}}')",
      "Id of the swarm (docker info --format '{{.Swarm.Cluster.ID}}'): a socket that leads to another one is refused.",
    ),
    socket: word(
      /^\/[^\0\n]{1,200}$/,
      'the absolute path of a socket',
      'Socket of the Docker Engine of a manager; default /var/run/docker.sock.',
    ).optional(),
    service: word(
      /^[A-Za-z0-9{][A-Za-z0-9_.{}-]{0,100}$/,
      'the name of a service',
      'Service that is rolled back; default {pipeline}.',
    ).optional(),
    serviceId: word(
      /^[a-z0-9]{20,40}$/,
      'the id of the service (docker service inspect --format {{.ID}})',
      'Id the service must have: one made anew under the same name is refused.',
    ).optional(),
    versionFrom: word(
      /^(?:image-tag|image|label:[A-Za-z0-9][A-Za-z0-9._/-]{0,100})$/,
      'image-tag, image or label:KEY',
      'Where the version stands: image-tag (default), image or label:KEY of the service.',
    ).optional(),
    timeout: duration('How long Swarm may take for the rollback; default 5m.', 1000).optional(),
    verify: z.strictObject(recovery).meta({ description: 'What recovery means.' }).optional(),
  })
  .meta({ description: 'Rolls back a service of Docker Swarm to its previous spec.' });

/** A validated config of the Docker Swarm platform. */
export type SwarmConfig = z.output<typeof swarmConfig>;
