/**
 * The part of the WebAssembly interface that the core uses, as types: neither ES2023 nor @types/node brings them.
 */
declare global {
  namespace WebAssembly {
    interface ImportDescriptor {
      readonly module: string;
      readonly name: string;
      readonly kind: string;
    }
    class Module {
      constructor(bytes: Uint8Array);
      static imports(module: Module): ImportDescriptor[];
      private readonly brand;
    }
    interface Memory {
      readonly buffer: ArrayBuffer;
    }
    class Instance<Exports> {
      constructor(module: Module, imports: Record<string, Record<string, (...values: number[]) => unknown>>);
      readonly exports: Exports;
    }
  }
}

export {};
