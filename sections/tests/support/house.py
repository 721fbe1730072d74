"""Reads the code as text and finds where it breaks the rules of the house."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LONGEST_FILE = 300
LONGEST_TEMPLATE_LINE = 160

# Every room and its layer; the longest name that fits decides. A room may import itself and the rooms below it.
LAYERS = {
    "reportsite": 10,
    "sections.urls": 9,
    "sections.converters": 8,
    "sections.views": 8,
    "sections.api": 8,
    "sections.admin": 8,
    "sections.management.commands": 8,
    "sections.templatetags": 8,
    "sections.editing": 7,
    "sections.ops": 7,
    "sections.citing": 7,
    "sections.filters": 7,
    "sections.exports": 6,
    "sections.representations": 6,
    "sections.presenters": 5,
    "sections.search": 4,
    "sections.linking.sync": 4,
    "sections.figures.sync": 4,
    "sections.importing": 4,
    "sections.queries": 3,
    "sections.models": 2,
    "sections.importing.parse": 1,
    "sections.importing.readers": 1,
    "sections.linking": 1,
    "sections.figures": 1,
    "sections.search.engine": 1,
    "sections.markup": 1,
    "sections.charts": 1,
    "sections.basket": 1,
    "sections.text": 0,
}
WITHOUT_DJANGO = {
    "sections.text",
    "sections.basket",
    "sections.importing.parse",
    "sections.importing.readers",
    "sections.linking",
    "sections.figures",
    "sections.search.engine",
}
# Rooms with one public entry point: nobody outside imports anything else of them.
ENTRY_POINTS = {"sections.search": "sections.search.service"}
# Django's own hooks, which may reach behind an entry point.
HOOKS = ("sections.apps",)
MARKS_SAFE = {"sections.markup", "sections.charts"}
SAFE_MARKERS = {"mark_safe", "SafeString", "SafeText", "format_html", "format_html_join"}
# Not rooms: Django's own places, and the tests, which may look into every room.
OUTSIDE = ("sections.apps", "sections.management", "sections.migrations", "sections.tests", "sections")


def tracked_files(*suffixes):
    """The files of the project that git keeps, of these suffixes; generated migrations left out."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # a copy without its history
        folders = ("reportsite", "sections", "templates", "static", "bench")
        paths = [ROOT / "manage.py", *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    kept = (path for path in paths if path.suffix in suffixes and path.is_file())
    return sorted(path for path in kept if "migrations" not in path.relative_to(ROOT).parts)


def too_long(paths, root=ROOT):
    """`file: lines` for each file with more lines than the house allows."""
    counted = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{path.relative_to(root)}: {lines} lines" for path, lines in counted if lines > LONGEST_FILE]


def too_wide(paths, root=ROOT):
    """`file:line: characters` for each line of a template that is longer than the house allows."""
    return [
        f"{path.relative_to(root)}:{number}: {len(line)} characters"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]


def broken_rules(paths, root=ROOT):
    """`file:line: rule` for each import of these Python files that the rooms don't allow."""
    broken = []
    for path in paths:
        module = _module(path, root)
        if module.split(".")[0] not in {"sections", "reportsite"} or module.startswith("sections.tests"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = str(path.relative_to(root))
        if _room(module) is None and module not in OUTSIDE and not module.startswith("sections.migrations"):
            broken.append(f"{place}:1: belongs to no room")
        for line, rule in sorted(_findings(tree, module, path.name == "__init__.py")):
            broken.append(f"{place}:{line}: {rule}")
    return broken


def _findings(tree, module, is_package):
    inside = {id(node) for function in ast.walk(tree) if _is_function(function) for node in ast.walk(function)}
    room = _room(module)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for target in _targets(node, module, is_package):
            other = _room(target)
            if id(node) in inside and target.split(".")[0] in {"sections", "reportsite"}:
                yield node.lineno, f"imports {target} inside a function"
            if room and other and not _may_import(room, other):
                yield node.lineno, f"{room} (layer {LAYERS[room]}) imports {other} (layer {LAYERS[other]})"
            for package, entrance in ENTRY_POINTS.items():
                outside = not _is_in(module, package) and module not in HOOKS
                if outside and _is_in(target, package) and not _is_in(target, entrance):
                    yield node.lineno, f"imports {target}: the only entry point of {package} is {entrance}"
            if room in WITHOUT_DJANGO and target.split(".")[0] == "django":
                yield node.lineno, f"{room} knows nothing of Django, but imports {target}"
            if room not in MARKS_SAFE and target.split(".")[-1] in SAFE_MARKERS:
                yield node.lineno, f"only {' and '.join(sorted(MARKS_SAFE))} mark text as safe, not {room or module}"


def _may_import(room, other):
    """Whether the layers allow it: a room below, the room itself, or a pure neighbour in the same folder."""
    same_folder = room.split(".")[:2] == other.split(".")[:2]
    return LAYERS[other] < LAYERS[room] or other == room or (same_folder and LAYERS[other] == LAYERS[room])


def _targets(node, module, is_package):
    """The full names that an import statement may bind: modules, and the names taken out of them."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not node.level:
        base = node.module
    else:
        parts = module.split(".")
        above = parts[: len(parts) - node.level + (1 if is_package else 0)]
        base = ".".join(above + ([node.module] if node.module else []))
    return [f"{base}.{alias.name}" for alias in node.names]


def _is_in(module, package):
    return module == package or module.startswith(f"{package}.")


def _room(module):
    """The room of a module or of a name in it, None if it belongs to none."""
    fitting = [room for room in LAYERS if _is_in(module, room)]
    return max(fitting, key=len, default=None)


def _module(path, root):
    parts = list(path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_function(node):
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
