"""What the Python peers share: the common data, and the conversation with main.ts."""

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

BATCH, BATCHES, SIZE, CODE = 32, 8, 64, 64
folder = Path(os.environ["BENCH_DATA"])


def pictures():
    """[8, 32, 64, 64, 3], in [0, 1]."""
    return np.fromfile(folder / "pictures.f32", np.float32).reshape(BATCHES, BATCH, SIZE, SIZE, 3)


def noise():
    """[8, 32, 64], standard normal: the VAE's and the GAN's random numbers."""
    return np.fromfile(folder / "noise.f32", np.float32).reshape(BATCHES, BATCH, CODE)


class Weights:
    """First weights for all peers alike, as Keras lays them out, one after the other."""

    def __init__(self):
        self.numbers = np.fromfile(folder / "weights.f32", np.float32)
        self.used = 0

    def next(self, shape):
        """Scaled after He for kernels; vectors keep what they are, so ask for kernels only."""
        count = int(np.prod(shape))
        values = self.numbers[self.used : self.used + count].reshape(shape)
        self.used += count
        return values * np.sqrt(2 / np.prod(shape[:-1]), dtype=np.float32)


def serve(step, parameters, version):
    """Answers every line "N" of stdin with the seconds of N calls of step(batch) and the last loss."""
    say(parameters=parameters, version=version)
    position = 0
    for line in sys.stdin:
        begin, processor = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            loss = step(position % BATCHES)
            position += 1
        loss = float(loss)
        seconds, processor = time.perf_counter() - begin, time.process_time() - processor
        say(seconds=seconds, processor=processor, loss=loss, peak=peak())


def peak():
    """Resident memory at its peak, in MB."""
    status = Path("/proc/self/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields["VmHWM"].split()[0]) / 1024


def say(**fields):
    print(json.dumps(fields), flush=True)
