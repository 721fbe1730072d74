"""House rules about single statements, each a function from a module's syntax tree to the lines that break it."""

import ast
from collections.abc import Callable, Iterator

Rule = Callable[[ast.Module, str], Iterator[int]]

DIGIT_TESTS = {"isdigit", "isdecimal", "isnumeric"}
READS_NUMBERS = ("sections.text.whole_numbers",)

READS_PARAMETERS = ("sections.views", "sections.api", "sections.admin", "sections.templatetags", "reportsite")
PARAMETERS = {"GET", "POST", "FILES", "query_params"}

WRITES = (
    "sections.editing",
    "sections.importing",
    "sections.linking.sync",
    "sections.figures.sync",
    "sections.search",
    "sections.models",
    "sections.ops",
    "sections.management.commands",
)
QUERYSET_WRITES = {"create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
ROW_WRITES = {"create_rows", "update_rows", "delete_rows"}
QUERYSETS = {"objects", "filter", "exclude", "all", "_default_manager", "_base_manager", "using"}


def reads_numbers_by_hand(tree: ast.Module, module: str) -> Iterator[int]:
    """Functions that test for digits and convert with int(): "²" passes the one and fails the other."""
    if module in READS_NUMBERS:
        return
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            tests = [call for call in calls if _name(call.func) in DIGIT_TESTS]
            if tests and any(isinstance(call.func, ast.Name) and call.func.id == "int" for call in calls):
                yield tests[0].lineno


def reads_parameters_below_views(tree: ast.Module, module: str) -> Iterator[int]:
    """Lines that read the parameters of a request in a package below the views."""
    if not _within(module, READS_PARAMETERS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in PARAMETERS:
                yield node.lineno


def writes_outside_editing(tree: ast.Module, module: str) -> Iterator[int]:
    """Lines that write rows in a package that only reads or shows."""
    if _within(module, WRITES) or not module.startswith("sections."):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (_name(node.func) in ROW_WRITES or _writes_queryset(node.func)):
            yield node.lineno


def lacks_annotations(tree: ast.Module, module: str) -> Iterator[int]:
    """Public functions and methods with an argument or a return value that is not annotated."""
    for function in _public_functions(tree):
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        own = [argument for argument in arguments[:1] if argument.arg in ("self", "cls")]
        if function.returns is None or any(argument.annotation is None for argument in arguments[len(own) :]):
            yield function.lineno


def _public_functions(node: ast.AST) -> Iterator[ast.FunctionDef]:
    for child in ast.iter_child_nodes(node):
        name = getattr(child, "name", "")
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and name.startswith("_") and name != "__init__":
            continue
        if isinstance(child, ast.FunctionDef):
            yield child
        else:
            yield from _public_functions(child)


RULES: dict[str, Rule] = {
    "test digits and convert with whole_number, not with isdigit() and int()": reads_numbers_by_hand,
    "only views, API, admin and template tags read the parameters of a request": reads_parameters_below_views,
    "only editing and the packages that load content write rows": writes_outside_editing,
    "public functions are fully annotated": lacks_annotations,
}


def broken(source: str, module: str) -> list[tuple[int, str]]:
    """Line and rule for each breach in the source of a module."""
    tree = ast.parse(source)
    return sorted((line, rule) for rule, breaches in RULES.items() for line in breaches(tree, module))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _writes_queryset(function: ast.expr) -> bool:
    """Whether a call is a write on a manager or a queryset, such as Model.objects.filter(…).update(…)."""
    if not isinstance(function, ast.Attribute) or function.attr not in QUERYSET_WRITES:
        return False
    names = {_name(node) for node in ast.walk(function.value) if isinstance(node, ast.Attribute)}
    return bool(names & QUERYSETS)


def _within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
