import { createRequire } from "node:module";

interface Result {
  readonly name: string;
  readonly messages: readonly string[];
}

interface Spec {
  readonly status: string;
  readonly fullName: string;
  readonly failedExpectations: readonly { message: string }[];
}

/** Makes jasmine's functions global, as the tests expect, and returns what runs them. */
export function startJasmine(): {
  run(wanted: (name: string) => boolean): Promise<{ passed: string[]; failed: Result[] }>;
} {
  const require = createRequire(import.meta.url);
  const factory = require("jasmine-core/lib/jasmine-core/jasmine.js");
  const jasmine = factory.core(factory);
  const environment = jasmine.getEnv({ suppressLoadErrors: true });
  Object.assign(globalThis, factory.interface(jasmine, environment), { jasmine, require });
  const passed: string[] = [];
  const failed: Result[] = [];
  return {
    run: (wanted) =>
      new Promise((resolve) => {
        environment.configure({
          random: false,
          specFilter: (spec: { getFullName(): string }) => wanted(spec.getFullName()),
        });
        environment.addReporter({
          specStarted: ({ fullName }: Spec) => {
            // Kept where a crash of the process leaves it to be seen.
            if (Deno.env.get("VERBOSE")) console.error(fullName);
          },
          specDone: ({ status, fullName, failedExpectations }: Spec) => {
            if (status === "passed") passed.push(fullName);
            if (status !== "failed") return;
            const messages = failedExpectations.map(({ message }) => message.slice(0, 300));
            failed.push({ name: fullName, messages });
          },
          jasmineDone: () => resolve({ passed, failed }),
        });
        environment.execute();
      }),
  };
}
