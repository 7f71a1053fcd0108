"""Tables of a register or an analysis, held in the core's columns and given as pandas tables to whoever asks for them.

pandas is imported when the first is asked for as a pandas table, so that what works in the core's columns needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, overload

from siptrack.school.frame import Frame
from siptrack.school.in_pandas import from_pandas, to_pandas
from siptrack.school.tables import Table

if TYPE_CHECKING:
    from pandas import DataFrame


class PandasTable:
    """A field that may be set to a table of either kind, or None, and is got as a pandas table.

    `make` makes it of the core's columns, once. One that is not set is the `empty` table, where there is one.
    """

    def __init__(self, make: Callable[[Frame], DataFrame] = to_pandas, empty: Table | None = None) -> None:
        self.make, self.empty = make, empty

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name, self.made = name, f"{name} in pandas"

    @overload
    def __get__(self, holder: None, owner: type) -> Any: ...  # noqa: ANN401  # the default of a dataclass's field
    @overload
    def __get__(self, holder: object, owner: type) -> DataFrame: ...
    def __get__(self, holder: object | None, owner: type) -> Any:
        if holder is None:
            return None
        held = vars(holder)[self.name]
        if not isinstance(held, Frame):
            return held
        if self.made not in vars(holder):
            vars(holder)[self.made] = self.make(held)
        return vars(holder)[self.made]

    def __set__(self, holder: object, table: Frame | DataFrame | None) -> None:
        vars(holder)[self.name] = self.empty.no_rows() if table is None and self.empty else table
        vars(holder).pop(self.made, None)


class OptionalPandasTable(PandasTable):
    """A field that is None where there is no such table, as it is unless it is set."""

    @overload  # type: ignore[override]  # None besides
    def __get__(self, holder: None, owner: type) -> Any: ...  # noqa: ANN401  # the default of a dataclass's field
    @overload
    def __get__(self, holder: object, owner: type) -> DataFrame | None: ...
    def __get__(self, holder: object | None, owner: type) -> Any:
        return super().__get__(holder, owner)


class Parts:
    """Tables that belong together, each a Frame, or worked out when it is first asked for."""

    def __init__(self, **tables: object) -> None:
        vars(self)["_makers"] = {name: made for name, made in tables.items() if callable(made)}
        vars(self).update((name, made) for name, made in tables.items() if not callable(made))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # what the class has annotated it as
        makers = vars(self).get("_makers", {})
        if name not in makers:
            raise AttributeError(name)
        vars(self)[name] = makers[name]()
        return vars(self)[name]

    @classmethod
    def names(cls) -> list[str]:
        """The names of what it holds."""
        return list(cls.__annotations__)

    def having(self, **tables: object) -> Self:
        """The same with others in the place of some; nothing of the rest is made anew."""
        return type(self)(**{**vars(self)["_makers"], **self._made(), **tables})

    def _made(self) -> dict[str, Any]:
        return {name: held for name, held in vars(self).items() if name != "_makers"}

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it as a pickle: everything worked out."""
        for name in self.names():
            getattr(self, name)
        return {"_makers": {}, **self._made()}


class HasTables:
    """What has fields that are tables."""

    def frame(self, name: str) -> Frame:
        """A table in the core's columns."""
        held = vars(self)[name]
        if isinstance(held, Frame):
            return held
        made = f"{name} in columns"
        if made not in vars(self):
            vars(self)[made] = from_pandas(held)
        found: Frame = vars(self)[made]
        return found

    def optional_frame(self, name: str) -> Frame | None:
        """A table in the core's columns; None where there is no such table."""
        return None if vars(self)[name] is None else self.frame(name)

    def with_tables(self, **tables: Frame | DataFrame) -> Self:
        """The same with other tables in the place of some; nothing of the rest is made anew."""
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        for name, table in tables.items():
            vars(other).pop(f"{name} in columns", None)
            object.__setattr__(other, name, table)
        return other
