"""Small changes to the source of a module, of the sort that people make by mistake.

Not changed, as no test should hold it: docstrings, annotations, decorators, ``__all__``, what
only type checkers read, ``raise NotImplementedError``, ``zip(strict=True)`` (a check of what
cannot be), the words of messages (text with a space in it, and the fixed parts of f-strings;
keys, codes, formats and the values that are filled into messages are changed).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Change", "changes"]

_OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_OTHER_NAME = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "any": "all",
    "all": "any",
    "upper": "lower",
    "lower": "upper",
    "casefold": "upper",
    "partition": "rpartition",
    "rpartition": "partition",
    "sorted": "list",
    "floor": "ceil",
    "vstack": "hstack",
    "argmax": "argmin",
}


@frozen
class Change:
    """One change of a syntax tree.

    Attributes
    ----------
    line, column : int
    what : str
        Before and after.
    lines : range
        The lines of the statement, or of its head.
    function : tuple of (str, int), or None
        Qualified name and first line of the outermost function that runs the code; `None` for
        what is run when the module is imported.
    apply : callable
        Makes the change, in place, for good.
    """

    line: int
    column: int
    what: str
    lines: range
    function: tuple[str, int] | None
    apply: Callable[[], None]


@frozen
class _Place:
    """Where the walk is: the statement, and the function around it."""

    lines: range = range(0)
    function: tuple[str, int] | None = None
    inside: str = ""


def changes(tree: ast.Module, source: str) -> Iterator[Change]:
    """Yield every change of a tree that is worth a test, in the order of the source."""
    spared = {n for n, line in enumerate(source.splitlines(), 1) if "pragma: no cover" in line}
    for change in _below(tree, _Place()):
        if change.line not in spared:
            yield change


def _below(node: ast.AST, place: _Place) -> Iterator[Change]:
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        if isinstance(value, ast.AST):
            yield from _at(value, place, _setter(node, field))
        elif isinstance(value, list):
            for n, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield from _at(item, place, _item_setter(value, n))


def _setter(owner: ast.AST, field: str) -> Callable[[ast.AST], None]:
    return lambda new: setattr(owner, field, new)


def _item_setter(owner: list[ast.AST], n: int) -> Callable[[ast.AST], None]:
    return lambda new: owner.__setitem__(n, new)


def _at(  # noqa: C901 - one branch a kind of node
    node: ast.AST, place: _Place, put: Callable[[ast.AST], None]
) -> Iterator[Change]:
    if _is_spared(node):
        return
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        end = body[0].lineno if body and isinstance(body, list) else (node.end_lineno or 0) + 1
        place = _Place(range(node.lineno, max(end, node.lineno + 1)), place.function, place.inside)
    if isinstance(node, ast.expr | ast.stmt):
        before = ast.unparse(node)
        for new in _others(node):
            ast.copy_location(new, node)
            ast.fix_missing_locations(new)
            what = _difference(before, ast.unparse(new))
            apply = _applied(put, new)
            yield Change(node.lineno, node.col_offset, what, place.lines, place.function, apply)
    if isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _at(part.value, place, _setter(part, "value"))
    elif isinstance(node, ast.FunctionDef):
        yield from _below(node.args, place)
        inner = place
        if place.function is None:
            first = min([d.lineno for d in node.decorator_list] + [node.lineno])
            inner = _Place(place.lines, (place.inside + node.name, first), place.inside)
        for n, statement in enumerate(node.body):
            yield from _at(statement, inner, _item_setter(node.body, n))  # type: ignore[arg-type] # statements are nodes
    elif isinstance(node, ast.ClassDef):
        yield from _below(node, _Place(place.lines, place.function, f"{place.inside}{node.name}."))
    else:
        yield from _below(node, place)


def _applied(put: Callable[[ast.AST], None], new: ast.AST) -> Callable[[], None]:
    return lambda: put(new)


def _difference(before: str, after: str, around: int = 30) -> str:
    """Return two texts, without most of what they begin and end with alike."""
    one, two = (" ".join(text.split()) for text in (before, after))
    start = _alike(one, two)
    end = _alike(one[start:][::-1], two[start:][::-1])
    shown = []
    for text in (one, two):
        first, last = max(start - around, 0), min(len(text) - end + around, len(text))
        middle = text[first:last]
        middle = (
            middle if len(middle) <= 4 * around else f"{middle[: 3 * around]} … {middle[-around:]}"
        )
        shown.append(f"{'…' * (first > 0)}{middle}{'…' * (last < len(text))}")
    return "  →  ".join(shown)


def _alike(one: str, two: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(two)))


def _is_spared(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()):
            return True  # a docstring
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
        case ast.FunctionDef():
            return any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)
        case ast.Raise(exc=ast.Name(id="NotImplementedError")) | ast.keyword(arg="strict"):
            return True
        case _:
            return False


def _others(node: ast.expr | ast.stmt) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    if isinstance(node, ast.expr):
        yield from _other_expressions(node)
    else:
        yield from _other_statements(node)


def _other_expressions(node: ast.expr) -> Iterator[ast.expr]:  # noqa: C901 - one case a kind
    match node:
        case ast.Compare(left=left, ops=ops, comparators=right):
            for n, op in enumerate(ops):
                other = _OTHER_COMPARISON[type(op)]()
                yield ast.Compare(left, [*ops[:n], other, *ops[n + 1 :]], right)
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in _OTHER_OPERATOR:
                yield ast.BinOp(left, _OTHER_OPERATOR[type(op)](), right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for n, value in enumerate(values):
                if _is_atom(value):
                    yield ast.BoolOp(op, [*values[:n], _negated(value), *values[n + 1 :]])
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.Constant():
            yield from _other_constants(node)
        case ast.IfExp(body=body, orelse=otherwise):
            yield body
            yield otherwise
        case ast.Call(func=func, args=args, keywords=keywords):
            yield from _other_names(func, args, keywords)
            for n, keyword in enumerate(keywords):
                if keyword.arg not in {None, "strict"}:
                    yield ast.Call(func, args, [*keywords[:n], *keywords[n + 1 :]])
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _unfiltered(node)
        case _:
            pass


def _other_constants(node: ast.Constant) -> Iterator[ast.expr]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value) | float(value):
            yield ast.Constant(value + 1)
        case str(value) if " " not in value:
            yield ast.Constant(f"XX{value}XX")
        case _:
            pass


def _other_names(
    func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[ast.expr]:
    match func:
        case ast.Name(id=name) if name in _OTHER_NAME:
            if name != "sorted" or not keywords:
                yield ast.Call(ast.Name(_OTHER_NAME[name], ast.Load()), args, keywords)
        case ast.Attribute(value=value, attr=name) if name in _OTHER_NAME:
            yield ast.Call(ast.Attribute(value, _OTHER_NAME[name], ast.Load()), args, keywords)
        case _:
            pass


def _unfiltered(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
) -> Iterator[ast.expr]:
    for n, loop in enumerate(node.generators):
        for k in range(len(loop.ifs)):
            without = ast.comprehension(
                loop.target, loop.iter, [*loop.ifs[:k], *loop.ifs[k + 1 :]], loop.is_async
            )
            loops = [*node.generators[:n], without, *node.generators[n + 1 :]]
            if isinstance(node, ast.DictComp):
                yield ast.DictComp(node.key, node.value, loops)
            else:
                yield type(node)(node.elt, loops)


def _other_statements(node: ast.stmt) -> Iterator[ast.AST]:  # noqa: C901 - likewise
    match node:
        case ast.Expr() | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.AugAssign(target, _OTHER_OPERATOR[type(op)](), value)
            yield ast.Assign([target], value)
        case ast.If(test=test, body=body, orelse=otherwise) if _is_atom(test):
            yield ast.If(_negated(test), body, otherwise)
        case ast.For(target=target, body=body, orelse=otherwise):
            yield ast.For(target, ast.Tuple([], ast.Load()), body, otherwise)
        case ast.Match(subject=subject, cases=cases):
            for n in range(len(cases)):
                yield ast.Match(subject, [*cases[:n], *cases[n + 1 :]])
        case _:
            pass


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_atom(node: ast.expr) -> bool:
    """Tell a condition that no other change reverses."""
    return isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.NamedExpr)


def _negated(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), node)
