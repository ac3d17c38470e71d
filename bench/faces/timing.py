"""What the Python chains share: a warm-up on every picture, then the time of all of them."""

import json
import time


def report(chain, pictures):
    """Prints one line of JSON: seconds, and the faces that `chain(picture)` found in each."""
    for picture in set(pictures):
        chain(picture)
    began = time.perf_counter()
    faces = [chain(picture) for picture in pictures]
    print(json.dumps({"seconds": time.perf_counter() - began, "faces": faces}))
