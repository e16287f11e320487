"""The small language of mappings: columns, numbers, texts, a few operators and functions.

It is compiled to SQL from a fixed list of forms: nothing that a mapping writes reaches DuckDB but
as a quoted column of the staged files, a number or a quoted text. So an expression can open no
file, reach no network and call no function that isn't listed in `functions.py`.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from groundplan.engine.sql import literal
from groundplan.intake.mapping.cells import Cell, Reach
from groundplan.intake.mapping.functions import FUNCTIONS
from groundplan.intake.mapping.lexing import readable
from groundplan.intake.mapping.numbers import Mark, number_sql
from groundplan.intake.mapping.terms import Term, as_boolean, as_number, as_text
from groundplan.kernel.errors import InvalidInput

_LONGEST = 1_000
_DEEPEST = 24
_MOST = 200
_LARGEST = 1e15
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_ORDER: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. `cells` are the columns it reads, in the order they are written;
    `faults` pairs each cell that it reads as a number with that number's SQL."""

    sql: str
    cells: tuple[Cell, ...]
    faults: tuple[tuple[Cell, str], ...]


def compile_expression(
    text: str,
    reach: Reach,
    mark: Callable[[Cell], Mark],
    result: Literal["text", "boolean"] = "text",
) -> Expression:
    """`text` over the columns in `reach` as SQL of a VARCHAR (or BOOLEAN, never NULL).

    `mark` tells the decimal mark of a column that is read as a number. Raises InvalidInput that
    names what isn't understood.
    """
    reader = _Reader(text, reach, mark)
    term = reader.read()
    sql = as_text(term) if result == "text" else as_boolean(term)
    return Expression(sql, tuple(reader.cells), tuple(reader.faults.items()))


class _Reader:
    """Walks one expression's tree; every form that isn't here is refused."""

    def __init__(self, text: str, reach: Reach, mark: Callable[[Cell], Mark]) -> None:
        self.text = text
        self.reach = reach
        self.mark = mark
        self.ticked: dict[str, str] = {}
        self.cells: list[Cell] = []
        self.faults: dict[Cell, str] = {}

    def read(self) -> Term:
        if len(self.text) > _LONGEST:
            raise self.refusal(f"it is longer than {_LONGEST} characters")
        source, self.ticked = readable(self.text)
        try:
            tree = ast.parse(source, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise self.refusal("it can't be read") from error
        if sum(1 for _ in ast.walk(tree)) > _MOST:
            raise self.refusal("it has too many parts")
        return self.term(tree, 0)

    def refusal(self, why: str) -> InvalidInput:
        shown = self.text if len(self.text) <= 120 else self.text[:117] + "..."
        return InvalidInput(
            f"The expression {shown!r} isn't understood: {why}.",
            field=shown,
            mend="Columns with blanks stand in `backticks`, texts in quotes; functions are "
            + ", ".join(sorted(name.rstrip("_") for name in FUNCTIONS))
            + ".",
        )

    def term(self, node: ast.expr, depth: int) -> Term:
        if depth > _DEEPEST:
            raise self.refusal("it is nested too deeply")
        match node:
            case ast.Name(id=name):
                return self.column(name)
            case ast.Constant(value=value):
                return self.constant(value)
            case ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.Compare() | ast.Call():
                return self.compound(node, depth + 1)
        raise self.refusal(f"{ast.unparse(node)!r} is no form of it")

    def compound(self, node: ast.expr, depth: int) -> Term:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return self.arithmetic(self.term(left, depth), op, self.term(right, depth))
            case ast.UnaryOp(op=op, operand=operand):
                return self.unary(op, self.term(operand, depth))
            case ast.BoolOp(op=op, values=values):
                word = " AND " if isinstance(op, ast.And) else " OR "
                parts = [as_boolean(self.term(value, depth)) for value in values]
                return Term(f"({word.join(parts)})", "boolean")
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.comparison(self.term(left, depth), op, right, depth)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
                return self.call(name, args, depth)
        raise self.refusal(f"{ast.unparse(node)!r} is no form of it")

    def column(self, name: str) -> Term:
        if name.lower() in ("true", "false") and name not in self.ticked:
            return Term(name.upper(), "boolean")
        cell = self.reach.find(self.ticked.get(name, name))
        if cell not in self.cells:
            self.cells.append(cell)

        def number() -> str:
            self.faults[cell] = number_sql(cell.sql, self.mark(cell))
            return self.faults[cell]

        return Term(cell.sql, "text", number)

    def constant(self, value: object) -> Term:
        match value:
            case bool():
                return Term(str(value).upper(), "boolean")
            case int() | float() if abs(value) < _LARGEST:
                return Term(f"CAST({float(value)!r} AS DOUBLE)", "number")
            case str() if "\0" not in value:
                return Term(literal(value), "text", constant=value)
        raise self.refusal(f"{value!r} is neither a number nor a text")

    def arithmetic(self, left: Term, op: ast.operator, right: Term) -> Term:
        one, other = as_number(left), as_number(right)
        if isinstance(op, ast.Div):
            return Term(f"({one} / NULLIF({other}, 0))", "number")
        if type(op) not in _ARITHMETIC:
            raise self.refusal("it knows + - * / only")
        return Term(f"({one} {_ARITHMETIC[type(op)]} {other})", "number")

    def unary(self, op: ast.unaryop, operand: Term) -> Term:
        if isinstance(op, ast.Not):
            return Term(f"(NOT {as_boolean(operand)})", "boolean")
        if isinstance(op, ast.USub):
            return Term(f"(- {as_number(operand)})", "number")
        raise self.refusal("it knows not and - only")

    def comparison(self, left: Term, op: ast.cmpop, right: ast.expr, depth: int) -> Term:
        if isinstance(op, ast.In | ast.NotIn):
            listed = right.elts if isinstance(right, ast.Tuple | ast.List) else [right]
            same = [self.equal(left, self.term(each, depth)) for each in listed]
            either = f"({' OR '.join(same) or 'FALSE'})"
            return Term(either if isinstance(op, ast.In) else f"(NOT {either})", "boolean")
        other = self.term(right, depth)
        if isinstance(op, ast.Eq):
            return Term(self.equal(left, other), "boolean")
        if isinstance(op, ast.NotEq):
            return Term(f"(NOT {self.equal(left, other)})", "boolean")
        if type(op) not in _ORDER:
            raise self.refusal("it compares with == != < <= > >= and in")
        one, two = _alike(left, other)
        return Term(f"COALESCE({one} {_ORDER[type(op)]} {two}, FALSE)", "boolean")

    def equal(self, left: Term, right: Term) -> str:
        one, two = _alike(left, right)
        return f"({one} IS NOT DISTINCT FROM {two})"

    def call(self, name: str, args: list[ast.expr], depth: int) -> Term:
        if any(isinstance(each, ast.Starred) for each in args):
            raise self.refusal("* has no meaning here")
        try:
            return FUNCTIONS[name](*(self.term(each, depth) for each in args))
        except TypeError as error:
            raise self.refusal(f"{name.rstrip('_')} takes other arguments") from error


def _alike(left: Term, right: Term) -> tuple[str, str]:
    """Both sides as numbers or truth values where one of them is, else as texts.

    An empty text equals an empty cell.
    """
    kinds = {left.kind, right.kind}
    if "boolean" in kinds:
        return as_boolean(left), as_boolean(right)
    if "number" in kinds:
        return as_number(left), as_number(right)
    return f"COALESCE({as_text(left)}, '')", f"COALESCE({as_text(right)}, '')"
