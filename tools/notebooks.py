"""Notebooks as files: reading them, their code as one TypeScript module, and what is kept of outputs."""

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
DENO = ROOT / ".venv" / "bin" / "deno"
# Tests run notebooks of their own from elsewhere.
NOTEBOOKS = Path(os.environ.get("NOTEBOOKS", ROOT / "notebooks"))
PROGRESS = "application/vnd.faces.progress+json"
# What the environment may say that results follow from; RUN only says where they go.
SWITCHES = ("SMOKE", "SAMPLE", "FULL", "XCEPTION", "FORCE_ENGINE", "TENSORFLOW_LIBRARY")


def notebook_path(name):
    return NOTEBOOKS / f"{name}.ipynb"


def all_names():
    return sorted(path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb"))


def read(name):
    return nbformat.read(notebook_path(name), as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def extract(name):
    """Writes a notebook's code as one module beside notebooks/, so that its imports resolve alike."""
    path = ROOT / "data" / f"{name}.cells.ts"
    path.parent.mkdir(exist_ok=True)
    cells = [f"// {cell.id}\n{cell.source}" for cell in code_cells(read(name))]
    path.write_text("\n\n".join(cells) + "\n\nexport {};\n")
    return path


def library_folders(name):
    """The folders of lib/ that a notebook reaches, directly or through another."""
    graph = subprocess.run(
        [DENO, "info", "--json", extract(name)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    library = (ROOT / "lib").as_uri() + "/"
    specifiers = (module["specifier"] for module in json.loads(graph.stdout)["modules"])
    return sorted({url[len(library) :].split("/")[0] for url in specifiers if url.startswith(library)})


def fingerprint(name, previous):
    """A hash of everything that a stage's results follow from; `previous` is the hash of the stage before."""
    digest = hashlib.sha256()
    digest.update(repr([previous, *map(os.environ.get, SWITCHES)]).encode())
    for cell in code_cells(read(name)):
        digest.update(cell.source.encode() + b"\0")
    files = [ROOT / "deno.lock"]
    for folder in library_folders(name):
        files += sorted((ROOT / "lib" / folder).rglob("*.ts"))
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    sample = os.environ.get("SAMPLE")
    if sample:
        for file in sorted((ROOT / sample).rglob("*")):
            state = file.stat() if file.exists() else file.lstat()  # a link that leads nowhere
            digest.update(f"{file} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()


def keep(name, notebook):
    """Writes an executed notebook over the repository's, scrubbed."""
    nbformat.write(scrub(notebook), notebook_path(name))


def scrub(notebook):
    """What a notebook keeps in the repository: sources and outputs; no counts, times or machine's names."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Deno", "language": "typescript", "name": "deno"},
        "language_info": {"name": "typescript"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        cell.outputs = [output for output in coalesced(cell.outputs) if keeps(output)]
    return notebook


def keeps(output):
    """Drops what only a live page needs; says whether anything is left to show."""
    if "data" not in output:
        return True
    output.metadata = {}
    if "execution_count" in output:
        output.execution_count = None
    output.data.pop(PROGRESS, None)
    if "text/plain" in output.data:
        output.data["text/plain"] = without_colours(output.data["text/plain"])
    return len(output.data) > 0


def without_colours(text):
    """The kernel colours values for a terminal; in a file the codes are noise."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def coalesced(outputs):
    """The kernel makes one output of each printed line: joins neighbours of one stream."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else None
        if output.output_type == "stream":
            output.text = without_colours(output.text)
            if last and last.output_type == "stream" and last.name == output.name:
                last.text += output.text
                continue
        joined.append(output)
    return joined
