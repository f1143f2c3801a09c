/** The part of papaparse that the benchmark calls; the package brings no types. */
declare module 'papaparse' {
  interface Config {
    readonly header: boolean;
    readonly chunk: (result: { readonly data: readonly unknown[] }) => void;
    readonly complete: () => void;
    readonly error: (error: Error) => void;
  }
  const Papa: { parse(input: NodeJS.ReadableStream, config: Config): void };
  export default Papa;
}
