"""Keras on TensorFlow: python keras_peer.py WORKLOAD graph|xla"""

import os
import sys

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import tensorflow as tf
from keras import layers

from peer import CODE, Weights, noise, pictures, serve

workload, mode = sys.argv[1:]


def encoder(outputs):
    halvings = [layers.Conv2D(n, 4, 2, "same", activation="relu") for n in (32, 64, 128, 256)]
    dense = [layers.Dense(256, "relu"), layers.Dense(outputs)]
    return keras.Sequential([keras.Input((64, 64, 3)), *halvings, layers.Flatten(), *dense])


def decoder(inputs):
    dense = [layers.Dense(256, "relu"), layers.Dense(4096, "relu"), layers.Reshape((4, 4, 256))]
    doublings = [layers.Conv2DTranspose(n, 4, 2, "same", activation="relu") for n in (128, 64, 32)]
    last = layers.Conv2DTranspose(3, 4, 2, "same", activation="sigmoid")
    return keras.Sequential([keras.Input((inputs,)), *dense, *doublings, last])


def generator():
    def normalized():
        return [layers.BatchNormalization(momentum=0.9, epsilon=1e-3), layers.ReLU()]

    parts = [layers.Dense(4096, use_bias=False), layers.Reshape((4, 4, 256)), *normalized()]
    for n in (128, 64, 32):
        parts += [layers.Conv2DTranspose(n, 4, 2, "same", use_bias=False), *normalized()]
    last = layers.Conv2DTranspose(3, 4, 2, "same", activation="sigmoid")
    return keras.Sequential([keras.Input((CODE,)), *parts, last])


def discriminator():
    parts = [layers.Conv2D(32, 4, 2, "same"), layers.LeakyReLU(0.2)]
    for n in (64, 128, 256):
        parts += [
            layers.Conv2D(n, 4, 2, "same", use_bias=False),
            layers.BatchNormalization(momentum=0.9, epsilon=1e-3),
            layers.LeakyReLU(0.2),
        ]
    return keras.Sequential([keras.Input((64, 64, 3)), *parts, layers.Flatten(), layers.Dense(1)])


def adam(net_weights, rate=1e-3, beta_1=0.9):
    optimizer = keras.optimizers.Adam(rate, beta_1)
    optimizer.build(net_weights)
    return optimizer


def together(loss):
    """Steps that make one loss smaller by all weights of the nets."""

    def make_step(nets):
        variables = [variable for net in nets for variable in net.trainable_variables]
        optimizer = adam(variables)

        def step(x, random):
            with tf.GradientTape() as tape:
                value = loss(*nets, x, random)
            optimizer.apply(tape.gradient(value, variables), variables)
            return value

        return step

    return make_step


def autoencoder_loss(encode, decode, x, random):
    return tf.reduce_mean(tf.math.squared_difference(decode(encode(x, training=True), training=True), x))


def vae_loss(encode, decode, x, random):
    mean, log_variance = tf.split(encode(x, training=True), 2, 1)
    code = mean + random * tf.exp(log_variance / 2)
    error = tf.reduce_mean(tf.math.squared_difference(decode(code, training=True), x))
    divergence = tf.reduce_mean(mean**2 + tf.exp(log_variance) - 1 - log_variance) / 2
    return error + 0.01 * divergence


def gan_step(nets):
    generate, judge = nets
    generator_adam = adam(generate.trainable_variables, 2e-4, 0.5)
    judge_adam = adam(judge.trainable_variables, 2e-4, 0.5)

    def step(x, random):
        with tf.GradientTape() as generator_tape:
            made = generate(random, training=True)
            with tf.GradientTape() as judge_tape:
                real_loss = tf.reduce_mean(tf.math.softplus(-judge(x, training=True)))
                loss = real_loss + tf.reduce_mean(tf.math.softplus(judge(tf.stop_gradient(made), training=True)))
            variables = judge.trainable_variables
            judge_adam.apply(judge_tape.gradient(loss, variables), variables)
            generator_loss = tf.reduce_mean(tf.math.softplus(-judge(made, training=True)))
        variables = generate.trainable_variables
        generator_adam.apply(generator_tape.gradient(generator_loss, variables), variables)
        return loss

    return step


nets, make_step = {
    "autoencoder": (lambda: (encoder(2), decoder(2)), together(autoencoder_loss)),
    "vae": (lambda: (encoder(2 * CODE), decoder(CODE)), together(vae_loss)),
    "gan": (lambda: (generator(), discriminator()), gan_step),
}[workload]
nets = nets()
weights = Weights()
variables = [variable for net in nets for variable in net.trainable_variables]
for variable in variables:
    if len(variable.shape) > 1:
        variable.assign(weights.next(variable.shape))
step = tf.function(make_step(nets), jit_compile=mode == "xla")
batches = [(tf.constant(x), tf.constant(random)) for x, random in zip(pictures(), noise())]
version = f"Keras {keras.__version__}, TensorFlow {tf.__version__}"
serve(lambda batch: step(*batches[batch]), sum(variable.numpy().size for variable in variables), version)
