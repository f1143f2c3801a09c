/** An earlier version to go back to, as a picker shows it. */
export interface VersionChoice {
  readonly version: string;
  readonly deployedAtMs: number | null;
  readonly by: string | null;
  readonly change: string | null;
  readonly commit: string | null;
  /** Its last verdict; null when it was never judged to an end. */
  readonly healthy: boolean | null;
  /** Taken when nobody chooses: the last that was healthy, else the one just before. */
  readonly isDefault: boolean;
}

/** What a source knows of a version; parts it does not know are null. */
export type KnownVersion = Omit<VersionChoice, 'healthy' | 'isDefault'>;
