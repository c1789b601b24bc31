"""Write the table of all fault codes by reading the code, so that page and code cannot differ.

A code is what is passed as the parameter ``code`` of `Fault`, or of any function or class that
has such a parameter. Where a part of a code is filled in (``unknown-…``), an ellipsis stands.
"""

from __future__ import annotations

import ast
import re
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import inovasi_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

SOURCE = Path(inovasi_index.__file__).parent
CODE = re.compile(r"[a-z]+(-([a-z0-9]+|…))*")
LONGEST = 110
OTHER_CODES = {"of", "by_code", "fail", "Region", "Indicator"}  # of rows, regions, processes

# Of a function's name: where it takes the code, where the message.
Makers: TypeAlias = dict[str, set[tuple[int | None, int | None]]]


class Use(NamedTuple):
    """A place in the code that makes a fault."""

    code: str
    module: str
    message: str


def sources() -> dict[str, ast.Module]:
    """Return the syntax tree of every module by its dotted name inside the package."""
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted(SOURCE.rglob("*.py"))
    }


def _position(names: list[str], name: str) -> int | None:
    return names.index(name) if name in names else None


def makers(trees: Iterable[ast.Module]) -> Makers:
    """Return the functions and classes that take a fault's code."""
    found: Makers = {"Fault": {(0, 2)}}
    for node in chain.from_iterable(ast.walk(tree) for tree in trees):
        owner = node.name if isinstance(node, ast.ClassDef) else None
        for function in node.body if isinstance(node, ast.ClassDef) else [node]:
            if not isinstance(function, ast.FunctionDef):
                continue
            names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
            names = names[1:] if names[:1] in (["self"], ["cls"]) else names
            if "code" in (*names, *(a.arg for a in function.args.kwonlyargs)):
                name = owner if owner and function.name == "__init__" else function.name
                places = (_position(names, "code"), _position(names, "message"))
                found.setdefault(name, set()).add(places)
        if isinstance(node, ast.ClassDef):
            fields = [ast.unparse(f.target) for f in node.body if isinstance(f, ast.AnnAssign)]
            if "code" in fields:
                places = (_position(fields, "code"), _position(fields, "message"))
                found.setdefault(node.name, set()).add(places)
    return {name: places for name, places in found.items() if name not in OTHER_CODES}


def called(call: ast.Call) -> str:
    """Return the bare name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def passed(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    """Return an argument by its place or its name."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if position is not None and position < len(call.args) else None


def assigned(name: str, function: ast.AST) -> Iterator[ast.expr]:
    """Yield what a function assigns to a name, also as one of several."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            elif isinstance(target, ast.Tuple):
                names = [getattr(t, "id", "") for t in target.elts]
                values = (
                    [node.value.body, node.value.orelse]
                    if isinstance(node.value, ast.IfExp)
                    else [node.value]
                )
                for value in values:
                    if name in names and isinstance(value, ast.Tuple):
                        yield value.elts[names.index(name)]


def above(call: ast.Call, function: ast.FunctionDef) -> ast.Module:
    """Return the assignments above a call, the nearest first."""
    found = [n for n in ast.walk(function) if isinstance(n, ast.Assign) and n.lineno < call.lineno]
    return ast.Module(sorted(found, key=lambda n: -n.lineno), type_ignores=[])


def texts(node: ast.expr | None, function: ast.AST) -> Iterator[str]:
    """Yield every text that an expression can be, with an ellipsis for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "…" for v in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, function)
        yield from texts(node.orelse, function)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        for left in list(texts(node.left, function)) or ["…"]:
            for right in list(texts(node.right, function)) or ["…"]:
                yield left + right
    elif isinstance(node, ast.Name):
        for value in assigned(node.id, function):
            if not (isinstance(value, ast.Name) and value.id == node.id):
                yield from texts(value, function)


def together(pair: ast.Tuple, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield a code that is returned or collected with its message right behind it."""
    for first, second in pairwise(pair.elts):
        if isinstance(first, ast.Constant) and "-" in str(first.value):
            for message in list(texts(second, function))[:1]:
                if CODE.fullmatch(str(first.value)):
                    yield str(first.value), message


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def defaults(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the default of a parameter ``code``."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if argument.arg == "code":
            yield from texts(default, function)


def passed_codes(
    call: ast.Call, function: ast.FunctionDef, takes_code: Makers
) -> Iterator[tuple[str, str]]:
    """Yield the codes that a call is given, each with its message."""
    for at, said_at in takes_code.get(called(call), ()):
        messages = texts(passed(call, said_at, "message"), above(call, function))
        message = next((m for m in messages if m.strip(" …")), "")
        for code in texts(passed(call, at, "code"), function):
            if CODE.fullmatch(code):
                yield code, message


def uses(trees: dict[str, ast.Module]) -> Iterator[Use]:
    """Yield every code of a fault, with the module and the message where they are known."""
    takes_code = makers(trees.values())
    for module, tree in trees.items():
        for function in functions_of(tree):
            yield from (Use(code, module, "") for code in defaults(function))
            for node in ast.walk(function):
                if isinstance(node, ast.Tuple):
                    found = together(node, function)
                elif isinstance(node, ast.Call):
                    found = passed_codes(node, function, takes_code)
                else:
                    continue
                yield from (Use(code, module, message) for code, message in found)


def table() -> str:
    """Return the table in Markdown: each code, the rooms that use it, what it says."""
    rooms: dict[str, set[str]] = {}
    messages: dict[str, str] = {}
    for use in uses(sources()):
        rooms.setdefault(use.code, set()).add(use.module.partition(".")[0])
        if not messages.get(use.code):
            messages[use.code] = use.message
    lines = ["| code | where | for example |", "|---|---|---|"]
    for code in sorted(rooms):
        said = " ".join(re.sub(r"…(\s*…)+", "…", messages[code]).split())
        said = said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …"
        said = re.sub(r"([\\`*_{}\[\]<>|$~])", r"\\\1", said)
        lines.append(f"| `{code}` | {', '.join(sorted(rooms[code]))} | {said} |")
    return "\n".join([*lines, ""])


def write_table(app: Sphinx) -> None:
    """Write the table, touching it only when it changed."""
    path = Path(app.srcdir) / "_generated" / "fault_codes.md"
    path.parent.mkdir(exist_ok=True)
    content = table()
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write_table)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
