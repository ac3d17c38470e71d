"""Formatting, lint, types (notebook cells included), all tests, a smoke run of every notebook.

    python tools/run_tests.py [PART...]      PART: format lint types tests notebooks lab

Prints one line for each part, in full only what failed, and closes with `N passed, N failed`.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import notebooks
from notebooks import DENO, ROOT

MEGABYTE = 2**20


def command(*words, **environment):
    """Runs a command in the repository's root; gives what it printed where it failed, else None."""
    result = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode < 0:
        return f"{result.stdout}\nended by {signal.Signals(-result.returncode).name}\n"
    return None if result.returncode == 0 else result.stdout


def check_format():
    yield "formatting", command(DENO, "fmt", "--check", "--quiet")
    for name in notebooks.all_names():
        # Not the notebook: `deno fmt --check` calls some unformatted that `deno fmt` leaves as they are.
        # Nor its cells on standard input: there it finds fault and ends with 0.
        yield f"formatting of {name}", command(DENO, "fmt", "--check", "--quiet", notebooks.extract(name))


def check_lint():
    cells = [notebooks.extract(name) for name in notebooks.all_names()]
    yield "lint", command(DENO, "lint", "--quiet")
    yield "lint of notebook cells", command(DENO, "lint", "--quiet", *cells)


def check_types():
    # Not the folders themselves: below bench/ lie environments of peers, with scripts of their own.
    files = [file for folder in ("lib", "test", "tools", "bench") for file in (ROOT / folder).rglob("*.ts")]
    own = [file for file in files if ".venv" not in file.parts]
    yield "types", command(DENO, "check", "--quiet", *own)
    for name in notebooks.all_names():
        yield f"types of {name}", command(DENO, "check", "--quiet", notebooks.extract(name))


def run_deno_tests():
    """Every Deno.test, each file in a process of its own: files load native libraries and models."""
    for file in sorted((ROOT / "test").rglob("*.test.ts")):
        yield from run_test_file(file)


def run_test_file(file, **environment):
    report = ROOT / "data" / "tests.xml"
    report.unlink(missing_ok=True)
    output = command(DENO, "test", "-A", "--no-check", f"--junit-path={report}", file, **environment)
    name = str(file.relative_to(ROOT / "test"))
    if not report.exists():
        yield name, output or "no test report was written"
        return
    failures = 0
    for case in ElementTree.parse(report).iter("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        failures += failed
        if case.find("skipped") is None:
            yield f"{name}: {case.get('name')}", output if failed else None
    if output and not failures:
        yield name, output


def smoke_notebooks():
    """Every notebook from an empty folder at its smallest sizes, with TensorFlow and without; what is kept."""
    names = notebooks.all_names()
    for engine in ("tensorflow", "wasm"):
        run = f"smoke-test-{engine}"
        switches = {"SMOKE": "1", "RUN": run, "SAMPLE": "", "FORCE_ENGINE": engine}
        shutil.rmtree(ROOT / "data" / run, ignore_errors=True)
        failure = None
        for last, name in enumerate(names, 1):
            if failure is None:
                # Those before the last are unchanged by then and are skipped.
                failure = command(sys.executable, "tools/run_notebooks.py", "--quiet", *names[:last], **switches)
                yield f"smoke run of {name} on {engine}", failure
            else:
                yield f"smoke run of {name} on {engine}", "not run: an earlier notebook failed\n"
    for name in names:
        yield f"kept outputs of {name}", "\n".join(faults_of_kept(name)) or None


def run_in_lab():
    """Notebook 04 in JupyterLab in a browser, from the smoke run of those before it."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        missing = "no Chromium is installed (Debian: apt-get install chromium)\n"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            yield "notebook 04 in JupyterLab", missing
        else:
            print(f"SKIPPED notebook 04 in JupyterLab: {missing}", end="", flush=True)
        return
    switches = {"SMOKE": "1", "RUN": "smoke-test-tensorflow", "SAMPLE": "", "FORCE_ENGINE": "tensorflow"}
    earlier = [name for name in notebooks.all_names() if name < "04"]
    failure = command(sys.executable, "tools/run_notebooks.py", "--quiet", *earlier, **switches)
    if failure is not None:
        yield "notebook 04 in JupyterLab", failure
        return
    yield from run_test_file(ROOT / "test" / "lab" / "jupyterlab.ts", **switches)


def faults_of_kept(name):
    path = notebooks.notebook_path(name)
    size = path.stat().st_size
    if size > 3 * MEGABYTE:
        yield f"{path.name} is {size / MEGABYTE:.1f} MB; at most 3 MB are kept"
    notebook = notebooks.read(name)
    if not any(cell.outputs for cell in notebooks.code_cells(notebook)):
        yield f"{path.name} keeps no outputs: run it with --keep"
    for cell in notebooks.code_cells(notebook):
        if cell.execution_count is not None:
            yield f"{cell.id}: execution count kept"
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"{cell.id}: an error is kept"
            if str(ROOT) in str(output) or str(Path.home()) in str(output):
                yield f"{cell.id}: a path of this machine is kept"


PARTS = {
    "format": check_format,
    "lint": check_lint,
    "types": check_types,
    "tests": run_deno_tests,
    "notebooks": smoke_notebooks,
    "lab": run_in_lab,
}


def main():
    chosen = sys.argv[1:] or list(PARTS)
    passed = failed = 0
    shown = set()
    for part in chosen:
        started, before = time.monotonic(), (passed, failed)
        for name, failure in PARTS[part]():
            if failure is None:
                passed += 1
                continue
            failed += 1
            print(f"\nFAILED {name}", flush=True)
            # One file's output tells of all its failures: it is printed once.
            if failure not in shown:
                print(failure, flush=True)
                shown.add(failure)
        now_passed, now_failed = passed - before[0], failed - before[1]
        outcome = f"{now_passed} passed" + (f", {now_failed} FAILED" if now_failed else "")
        print(f"{part:<12}{outcome}, {time.monotonic() - started:.0f} s", flush=True)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
