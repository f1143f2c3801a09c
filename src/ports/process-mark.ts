/**
 * Tells one process from every other that ever had or will have its number: the pid alone is reused.
 * A field is null where the system does not tell it; then life and death cannot be proven.
 */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process (`/proc/<pid>/stat`, field 22). */
  readonly startTicks: string | null;
  readonly bootId: string | null;
  /** Processes in another container cannot be seen from here. */
  readonly pidNamespace: string | null;
  readonly host: string;
}

/** An engine that is watching, as it last said so. */
export interface EngineBeat {
  readonly id: string;
  /** User, process and host, for people. */
  readonly holder: string;
  readonly mark: ProcessMark;
  readonly updatedAtMs: number;
}
