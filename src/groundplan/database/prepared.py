"""Queries that every page asks: worded once, as querysets, and compiled once.

Django compiles a queryset into SQL anew at every use. For the wide rows that pages show this takes
several times as long as the database takes to answer. A prepared query is the same queryset with
`Parameter`s for what differs from one page to the next; it is compiled at first use, a thread at a
time as connections are, and from then on its parameters are filled in.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import local
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, Field, QuerySet

KEPT = 64
"""How many forms of one query a thread keeps, such as one a viewer."""
Row = TypeVar("Row")


class Slot:
    """Where a parameter's value goes in compiled SQL."""

    def __init__(self, name: str, field: Any) -> None:
        self.name = name
        self.field = field


class Parameter(Expression):
    """A value that a prepared query gets by `name` when it is asked, of the type of `field`."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return "%s", [Slot(self.name, self.output_field)]


class Prepared(Generic[Row]):
    """A queryset that was compiled, to be asked on the thread that compiled it."""

    def __init__(self, rows: "QuerySet[Any, Row]") -> None:
        self._rows: Any = rows
        self._compiler: Any = rows.query.get_compiler(using=rows.db)
        self._vendor = connections[rows.db]
        try:
            self._sql, self._parameters = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql, self._parameters = "", ()
        converters = self._converters()
        # What Django's own iterators ask of the query and its compiler: the answers stay the same.
        rows.query.get_compiler = lambda *_, **__: self._compiler  # type: ignore[method-assign]
        self._compiler.get_converters = lambda _fields: converters

    def ask(self, **values: Any) -> list[Row]:
        """The rows for these values of the parameters, as the queryset gives them."""
        if not self._sql:
            return []
        filled = self._all_filled(values)
        self._compiler.as_sql = lambda: (self._sql, filled)
        # Django's own way from rows of the database to what the queryset promises.
        return list(self._rows._iterable_class(self._rows))  # noqa: SLF001

    def count(self, **values: Any) -> int:
        """How many rows `ask` would give: counted where they are, none is read."""
        if not self._sql:
            return 0
        with self._vendor.cursor() as cursor:
            counted = f"SELECT COUNT(*) FROM ({self._sql}) counted"
            cursor.execute(counted, self._all_filled(values))
            return int(cursor.fetchone()[0])

    def _converters(self) -> Any:
        selected = (self._compiler.select or ())[: self._compiler.col_count]
        return self._compiler.get_converters([column for column, *_ in selected])

    def _all_filled(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple([self._filled(one, values) for one in self._parameters])

    def _filled(self, parameter: Any, values: dict[str, Any]) -> Any:
        if not isinstance(parameter, Slot):
            return parameter
        value = values[parameter.name]
        return parameter.field.get_db_prep_value(value, self._vendor, prepared=False)


def prepared(
    build: "Callable[..., QuerySet[Any, Row]]",
) -> Callable[..., Prepared[Row]]:
    """Keep what `build` makes for each set of its arguments, which decide the query's form.

    The arguments have to be few and hashable; what differs from page to page is a `Parameter`.
    """
    threads = local()

    @wraps(build)
    def kept(*form: Hashable) -> Prepared[Row]:
        forms: OrderedDict[Hashable, Prepared[Row]] | None = getattr(threads, "forms", None)
        if forms is None:
            forms = threads.forms = OrderedDict()
        found = forms.get(form)
        if found is None:
            found = forms[form] = Prepared(build(*form))
            if len(forms) > KEPT:
                forms.popitem(last=False)
        else:
            forms.move_to_end(form)
        return found

    return kept
