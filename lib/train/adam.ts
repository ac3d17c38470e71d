import type * as tfjs from "@tensorflow/tfjs";
import { applyAdam, tf } from "../tensorflow/mod.ts";

/** Adam's constants (Kingma and Ba, "Adam: a method for stochastic optimization", 2015). */
export interface AdamOptions {
  /** Decay of the running mean of gradients. Default: 0.9. */
  readonly beta1?: number;
  /** Decay of the running mean of squared gradients. Default: 0.999. */
  readonly beta2?: number;
  /** Keeps the quotient finite. Default: 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adam with the learning rate as a tensor and all of its memory in named variables, so that a step
 * can be compiled, the rate can follow a schedule, and a checkpoint holds everything.
 */
export class Adam {
  /** Moments and powers of the betas, by name. */
  readonly state: ReadonlyMap<string, tfjs.Variable>;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;

  /** Memory for variables, all moments zero. */
  constructor(
    private readonly variables: ReadonlyMap<string, tfjs.Variable>,
    { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions = {},
  ) {
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
    const state = new Map<string, tfjs.Variable>();
    tf.tidy(() => {
      const keep = (name: string, value: tfjs.Tensor) => state.set(name, tf.variable(value, false));
      for (const [name, { shape }] of variables) {
        keep(`adam/mean/${name}`, tf.zeros(shape));
        keep(`adam/square/${name}`, tf.zeros(shape));
      }
      keep("adam/beta1_power", tf.scalar(1));
      keep("adam/beta2_power", tf.scalar(1));
    });
    this.state = state;
  }

  /** Moves every variable by one step that makes a loss smaller, and gives the loss before it. */
  minimize(loss: () => tfjs.Scalar, learningRate: tfjs.Scalar): tfjs.Scalar {
    const { value, grads } = tf.variableGrads(loss, [...this.variables.values()]);
    const gradients = [...this.variables].map(([name, variable]) =>
      [name, grads[variable.name]!] as const
    );
    this.apply(new Map(gradients), learningRate);
    return value;
  }

  /** Moves every variable by one step against its gradient. */
  apply(gradients: ReadonlyMap<string, tfjs.Tensor>, learningRate: tfjs.Scalar): void {
    tf.tidy(() => {
      const beta1Power = this.#scale("adam/beta1_power", this.#beta1);
      const beta2Power = this.#scale("adam/beta2_power", this.#beta2);
      const one = tf.scalar(1);
      const rate = learningRate.mul(one.sub(beta2Power).sqrt()).div<tfjs.Scalar>(
        one.sub(beta1Power),
      );
      const settings = { beta1: this.#beta1, beta2: this.#beta2, epsilon: this.#epsilon };
      for (const [name, value] of this.variables) {
        const gradient = gradients.get(name);
        if (!gradient) throw new Error(`Expected a gradient for ${name}`);
        const mean = this.state.get(`adam/mean/${name}`)!;
        const square = this.state.get(`adam/square/${name}`)!;
        applyAdam({ value, mean, square }, gradient, rate, settings);
      }
    });
  }

  /** Frees the memory. */
  dispose(): void {
    tf.dispose([...this.state.values()]);
  }

  #scale(name: string, factor: number): tfjs.Tensor {
    const variable = this.state.get(name)!;
    const next = variable.mul(factor);
    variable.assign(next);
    return next;
  }
}
