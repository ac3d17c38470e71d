import { tf } from "../tfjs.ts";
import { TraceError } from "./trace_error.ts";

/** The ops of TensorFlow.js that draw random numbers in JavaScript. */
const drawing = new Set(
  ["randomUniform", "randomUniformInt", "randomNormal", "randomStandardNormal", "truncatedNormal"]
    .concat(["randomGamma", "multinomial", "dropout"])
    .map((name) => `${name}__op`),
);

/**
 * While a function is traced, turns into errors what would otherwise be silently frozen into the
 * graph or leave something behind: random numbers drawn by JavaScript, variables made or disposed.
 * Returns what ends the watch.
 */
export function raiseGuards(): () => void {
  const engine = tf.engine();
  const guarded = engine as unknown as Record<string, unknown>;
  const { startScope } = engine;
  const { random } = Math;
  guarded.startScope = (name?: string) => {
    if (name && drawing.has(name)) throw randomError(name.slice(0, -"__op".length));
    startScope.call(engine, name);
  };
  guarded.makeVariable = () => {
    throw new TraceError(
      "A variable is made inside compile() after its first call, which is the one that may make " +
        "variables. Make it outside of the function",
    );
  };
  guarded.disposeVariable = () => {
    throw new TraceError("A variable is disposed inside compile(). Dispose it outside");
  };
  Math.random = () => {
    throw randomError("Math.random");
  };
  return () => {
    Math.random = random;
    for (const name of ["startScope", "makeVariable", "disposeVariable"]) delete guarded[name];
  };
}

function randomError(name: string): TraceError {
  return new TraceError(
    `${name} draws its numbers in JavaScript, so that every call of the compiled function would ` +
      "see the same ones. Use tf.randomUniform, tf.randomNormal, tf.truncatedNormal or " +
      'tf.dropout of the `tf` that "lib/tensorflow/mod.ts" exports, or pass the numbers in as an ' +
      "argument",
  );
}
