import type { z } from 'zod';
import type { RollbackAbility } from '../core/model/history.ts';
import type { Platform } from '../ports/platform.ts';

/** What a platform is told besides its config. */
export interface PlatformContext {
  /** Absolute folder that relative paths of the config start from: the config's own. */
  readonly baseDir: string;
  readonly host: HostIdentity;
  /** HOME of the commands. */
  readonly home: string;
  /** Why every plan is a dry run, as a clause for the dialog; null where plans are real. */
  readonly dryRunBecause: string | null;
}

/** The box commands run on. */
export interface HostIdentity {
  readonly name: string;
  /** Stays the same across reboots and renames. */
  readonly machineId: string;
}

/** A platform as the registry holds it. */
export interface PlatformAdapter<Schema extends z.ZodType = z.ZodType> {
  readonly summary: string;
  /** Of its part of the config; built into the config's schema. */
  readonly schema: Schema;
  /** Spawns nothing; what cannot be resolved is said by `plan`. */
  create(config: z.output<Schema>, context: PlatformContext): Platform;
  /** What `decide` needs to know of it. */
  ability(config: z.output<Schema>): RollbackAbility;
  /** Absolute paths of the executables and scripts the config names: `config trust` records a hash of each. */
  files(config: z.output<Schema>, context: PlatformContext): readonly string[];
}
