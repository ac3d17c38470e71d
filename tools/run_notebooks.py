"""Runs notebooks headless, with one live line each, and skips those whose results are still true.

    python tools/run_notebooks.py [--keep] [--quiet] NAME...

An executed copy of each goes to data/<run>/notebooks. With --keep, outputs are also written into the
notebooks of the repository, without counts, times and names of this machine.
RUN and the switches that notebooks.py lists are read from the environment (lib/run, README).
"""

import argparse
import asyncio
import fcntl
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

# The imports below take a second, in which Ctrl-C has nothing to stop; main() listens.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, DeadKernelError
from nbclient.util import ensure_async

import notebooks
from notebooks import PROGRESS, ROOT

LATE_OUTPUT_SECONDS = 0.15


class Stopped(Exception):
    """The reader pressed Ctrl-C, or the terminal is gone; the running stage has kept what it had."""


class ShowsNothing(Exception):
    """A cell that shows something in the repository's copy showed nothing."""


class Client(NotebookClient):
    """nbclient, but for outputs that the Deno kernel sends after it has said that it is idle."""

    def __init__(self, *arguments, on_progress, **options):
        super().__init__(*arguments, **options)
        self.on_progress = on_progress

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        timeout = None
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=timeout))
            except queue.Empty:
                return
            if message["parent_header"].get("msg_id") != parent_msg_id:
                continue
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                timeout = LATE_OUTPUT_SECONDS

    def process_message(self, message, cell, cell_index):
        progress = message["content"].get("data", {}).get(PROGRESS)
        if progress is not None:
            self.on_progress(progress)
        return super().process_message(message, cell, cell_index)


class Line:
    """One line of the terminal for one stage: rewritten in place, or only at the end where it can't be."""

    def __init__(self, name, quiet):
        self.name = name
        self.quiet = quiet
        self.live = sys.stdout.isatty() and not quiet
        self.longest = None
        self.started = time.monotonic()

    def progress(self, report):
        if self.longest is None or report["seconds"] >= self.longest["seconds"]:
            self.longest = report
        if self.live:
            self.write(describe(report))

    def cell(self, number, count):
        if self.live:
            self.write(f"cell {number} of {count}")

    def end(self, text):
        if self.quiet:
            return
        if self.live:
            self.write("")
        print(f"{self.name:<16}{text}", flush=True)

    def finished(self):
        work = f"{self.longest['what']}: {count_of(self.longest)}, " if self.longest else ""
        self.end(f"{work}{duration(time.monotonic() - self.started)}")

    def write(self, text):
        width = shutil.get_terminal_size().columns - 1
        print("\r" + f"{self.name:<16}{text}"[:width].ljust(width), end="\r", flush=True)


def count_of(report):
    total = f" of {report['total']:,}" if report.get("total") not in (None, report["done"]) else ""
    rate = f" at {rounded(report['rate'])}/s" if report.get("rate") else ""
    return f"{report['done']:,}{total} {report.get('unit', '')}{rate}"


def rounded(rate):
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.2g}"


def describe(report):
    parts = [report["what"]]
    if report.get("total"):
        filled = round(20 * min(1, report["done"] / report["total"]))
        parts.append("█" * filled + "░" * (20 - filled))
    parts.append(count_of(report))
    if report.get("left") is not None:
        parts.append(f"{duration(report['left'])} left")
    if report.get("note"):
        parts.append(report["note"])
    return "  ".join(parts)


def duration(seconds):
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:02.0f} s"


async def execute(name, folder, line):
    """Runs every cell of a notebook in a new kernel; writes the executed copy whatever happens."""
    kept = notebooks.read(name)
    notebook = notebooks.read(name)
    log = folder / "notebooks" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    client = Client(
        notebook,
        km=AsyncKernelManager(kernel_name="deno"),
        timeout=None,
        shutdown_kernel="immediate",  # the Deno kernel does not answer a request to shut down
        resources={"metadata": {"path": str(notebooks.NOTEBOOKS)}},
        on_progress=line.progress,
    )
    stopping = False

    def stop():
        nonlocal stopping
        if stopping:
            asyncio.ensure_future(client.km.shutdown_kernel(now=True))
            return
        stopping = True
        client.on_progress = lambda _: None
        asyncio.ensure_future(client.km.interrupt_kernel())
        line.write("stopping: what is done is kept; Ctrl-C again stops at once")

    code = notebooks.code_cells(notebook)
    try:
        with log.open("w") as output:
            async with client.async_setup_kernel(cleanup_kc=True, stdout=output, stderr=output):
                for end in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    asyncio.get_running_loop().add_signal_handler(end, stop)
                for index, cell in enumerate(notebook.cells):
                    if cell.cell_type != "code":
                        continue
                    line.cell(code.index(cell) + 1, len(code))
                    await client.async_execute_cell(cell, index)
                    if stopping:
                        raise Stopped()
    except DeadKernelError as error:
        if stopping:  # in a cell without a stopSignal the kernel ends at once
            raise Stopped() from error
        tail = "\n".join(log.read_text().splitlines()[-15:])
        raise RuntimeError(f"The kernel died in {cell.id} of {name}. Its last words:\n{tail}") from error
    finally:
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
    shown = {cell.id for cell in code if cell.outputs}
    for cell in notebooks.code_cells(kept):
        if cell.outputs and cell.id not in shown:
            raise ShowsNothing(f"{cell.id} of {name} showed nothing:\n{cell.source}")
    return notebook


def run_stage(name, previous, folder, options):
    """Runs one notebook unless its results are still true. Returns its fingerprint."""
    line = Line(name, options.quiet)
    line.cell(0, len(notebooks.code_cells(notebooks.read(name))))
    fingerprint = notebooks.fingerprint(name, previous)
    record = folder / "stages" / f"{name}.json"
    if not options.keep and record.exists() and json.loads(record.read_text()) == fingerprint:
        line.end("unchanged")
        return fingerprint
    record.unlink(missing_ok=True)
    try:
        notebook = asyncio.run(execute(name, folder, line))
    except BaseException:
        line.end("stopped")
        raise
    line.finished()
    if not options.quiet:
        for said in engine_lines(notebook):
            print(said)
    if options.keep:
        notebooks.keep(name, notebook)
    record.parent.mkdir(exist_ok=True)
    record.write_text(json.dumps(fingerprint))
    return fingerprint


def engine_lines(notebook):
    """What a notebook's engine says of itself; it does where it is not TensorFlow."""
    outputs = [output for cell in notebooks.code_cells(notebook) for output in cell.outputs]
    texts = [output.text for output in outputs if output.output_type == "stream"]
    return [text for text in "".join(texts).splitlines() if text.startswith("Engine: ")]


def print_reports(names, folder):
    """The numbers and pictures that the stages have left, as one table."""
    reports = {}
    for name in names:
        file = folder / "reports" / f"{name}.json"
        if file.exists():
            reports[name] = json.loads(file.read_text())
    rows = [
        (name, what, f"{value:,}" if isinstance(value, int) else str(value))
        for name, report in reports.items()
        for what, value in report["numbers"].items()
    ]
    pictures = [
        (what, os.path.relpath(folder / path))
        for report in reports.values()
        for what, path in report["pictures"].items()
    ]
    what_width = max((len(what) for _, what, _ in rows), default=0)
    value_width = max((len(value) for _, _, value in rows), default=0)
    print()
    last = None
    for name, what, value in rows:
        print(f"{name if name != last else '':<16}{what:<{what_width}}  {value:>{value_width}}")
        last = name
    print()
    for what, path in pictures:
        print(f"{what:<16}{path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--keep", action="store_true", help="write outputs into the repository's notebooks")
    parser.add_argument("--quiet", action="store_true", help="print only what fails")
    options = parser.parse_args()

    os.environ["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    signal.signal(signal.SIGINT, signal.default_int_handler)
    fingerprint = ""
    try:
        folder = run_folder()
        lock = hold(folder)  # until this process ends
        for name in options.names:
            fingerprint = run_stage(name, fingerprint, folder, options)
    except (CellExecutionError, RuntimeError, ShowsNothing) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.strerror}: {error.filename or 'data/'}", file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        print("Stopped. The same command goes on from here.")
        return 130
    if not options.quiet:
        print_reports(options.names, folder)
    return 0


def hold(folder):
    """Locks a run's folder: two that work in it at once would take each other's files away."""
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise RuntimeError(
            f"Another one works in {os.path.relpath(folder)}: wait for its end, "
            "or give this one a folder of its own: RUN=name make run"
        ) from error
    return lock


def run_folder():
    """The run's folder, as the notebooks see it; made where it is missing."""
    code = 'import { currentRun } from "./lib/run/mod.ts"; console.log(currentRun().folder)'
    answer = subprocess.run([notebooks.DENO, "eval", code], cwd=ROOT, capture_output=True, text=True)
    if answer.returncode != 0:
        raise RuntimeError(notebooks.without_colours(answer.stderr).strip())
    return Path(answer.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
