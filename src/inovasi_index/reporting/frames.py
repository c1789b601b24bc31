"""Results as data frames of pandas, Polars or PyArrow."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from attrs import frozen

from inovasi_index.errors import BadValueError, MissingExtraError, UnknownNameError
from inovasi_index.language import Language, messages, text
from inovasi_index.records import Region
from inovasi_index.reporting.headings import label
from inovasi_index.rules import Edition, load_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    import narwhals as nw
    from numpy.typing import NDArray

__all__ = ["BACKENDS", "HasColumns", "to_frame"]


class HasColumns(Protocol):
    """A result that has one array a column."""

    @property
    def to_columns(self) -> Callable[..., Mapping[str, NDArray[Any]]]:
        """Return the columns."""
        ...


#: Libraries that frames are made with, as they are imported.
BACKENDS: Final = ("pandas", "polars", "pyarrow", "modin", "cudf")


def to_frame(
    result: HasColumns | Mapping[str, NDArray[Any]] | Sequence[HasColumns],
    what: str | None = None,
    *,
    backend: str | ModuleType | nw.Implementation = "pandas",
    language: Language | str | None = None,
    names: bool | Mapping[str, Mapping[str, str]] = False,
    edition: Edition | str | None = None,
) -> Any:
    """Return a result as a data frame.

    Polars and PyArrow take columns of numbers without a copy.

    Parameters
    ----------
    result : object with ``to_columns``, mapping of arrays, or sequence of published rows
        Scores, gaps, level tables, results of robustness and sensitivity, data sets; or
        columns, where their method was called with options of one's own.
    what : str, optional
        Which of several tables: ``"regions"``, ``"innovations"`` or ``"agencies"`` of scores;
        ``"innovations"`` (wide), ``"levels"`` (long) or ``"regions"`` of a level table.
    backend : str, module or narwhals.Implementation
        The library: ``"pandas"``, ``"polars"``, ``"pyarrow"``, the module itself, or what
        narwhals calls it.
    language : Language or str, optional
        Language of the column labels. Without it columns have their field names
        (``mean_maturity``), which do not change.
    names : bool or mapping
        Whether names stand where codes and keys would (regions, agencies, indicators, affairs,
        causes), as far as the result knows them; or names of one's own besides, by column and
        code: ``{"unit": {"63.71": "Kota Banjarmasin"}}``.
    edition : Edition or str, optional
        Whose official names are used where the result does not know its edition.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table

    Raises
    ------
    BadValueError
        When the result has no columns, or not those that are asked for.
    IncompleteEditionError
        For regions whose band no source decides; supply it with `Edition.supply`.
    UnknownNameError
        For a library that frames cannot be made with.
    MissingExtraError
        Without narwhals or the library.

    Examples
    --------
    >>> import inovasi_index as ii
    >>> from inovasi_index.reporting import to_frame
    >>> scores = ii.score(ii.read_submission("examples/kota-contoh.toml"), "iid-2026")
    >>> frame = to_frame(scores, backend="polars", language="id", names=True)
    >>> frame["Daerah"].to_list(), frame["Predikat"].to_list()
    (['Kota Contoh'], ['Inovatif'])
    """
    columns = _columns_of(result, what)
    known = _Known.of(result, load_edition(edition) if isinstance(edition, str) else edition)
    headings = {name: label(name, language) for name in columns}
    if names:
        own = names if isinstance(names, Mapping) else {}
        words = {name: {**known.words(name, language), **own.get(name, {})} for name in columns}
        headings |= {name: known.rows[name] for name in columns if name in known.rows}
        regions = columns.get("region")
        columns = {name: _replaced(values, words[name]) for name, values in columns.items()}
        if "agency" in columns:
            columns["agency"] = known.agency_names(columns["agency"], regions)
    if len(set(headings.values())) < len(headings):  # labels may be alike, field names are not
        headings = {name: name for name in columns}
    return _frame({headings[name]: values for name, values in columns.items()}, backend)


def _columns_of(
    result: HasColumns | Mapping[str, NDArray[Any]] | Sequence[HasColumns], what: str | None
) -> dict[str, NDArray[Any]]:
    if isinstance(result, Mapping):
        return {str(name): np.asarray(values) for name, values in result.items()}
    owner: Any = result
    if isinstance(result, Sequence):
        if len({type(one) for one in result}) != 1:
            raise BadValueError("a sequence must hold rows of one data set, and not be empty")
        owner = type(result[0])
    if not hasattr(owner, "to_columns"):
        kind = owner.__name__ if isinstance(owner, type) else type(owner).__name__
        raise BadValueError(f"an object of type {kind} has no columns")
    if what is not None and "what" not in inspect.signature(owner.to_columns).parameters:
        raise BadValueError(f"{type(result).__name__} is one table, and has none {what!r}")
    given = () if owner is result else (result,)
    return dict(owner.to_columns(*given, *(() if what is None else (what,))))


@frozen
class _Known:
    """The names that a result knows."""

    edition: Edition | None
    regions: Mapping[str, str]
    agencies: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, result: object, edition: Edition | None) -> _Known:
        """Collect what a result and the scores or table below it know."""
        regions: dict[str, str] = {}
        agencies: dict[tuple[str, str], str] = {}
        for owner in _owners(result):
            found = getattr(owner, "edition", None)
            edition = edition or (found if isinstance(found, Edition) else None)
            those = getattr(owner, "regions", None) or (getattr(owner, "region", None),)
            codes = [r.code if isinstance(r, Region) else str(r) for r in those]
            regions |= {r.code: r.name for r in those if isinstance(r, Region)}
            submission = getattr(owner, "submission", None)
            if submission is not None:
                agencies |= {(codes[0], a.id): a.name for a in submission.agencies}
            agencies |= {(codes[r], a.id): a.name for r, a in getattr(owner, "agencies", ())}
        return cls(edition, regions, agencies)

    @property
    def rows(self) -> Mapping[str, str]:
        """Official names of indicators by key."""
        return {i.key: i.name for i in self.edition or ()}

    def words(self, column: str, language: Language | str | None) -> dict[str, str]:
        """Return names by code for a column."""
        language = Language.ENGLISH if language is None else language
        if column == "region":
            return dict(self.regions)
        if column in {"indicator", "without", "input", "row"}:
            return dict(self.rows)
        if column == "affair":
            return {a.key: a.name for a in (self.edition.affairs if self.edition else ())}
        family = {"cause": "gap", "part": "part", "kind": "kind"}.get(column)
        keys = [key for key in messages() if key.partition(".")[0] == family]
        return {key.partition(".")[2]: text(key, language) for key in keys}

    def agency_names(self, ids: NDArray[Any], regions: NDArray[Any] | None) -> NDArray[Any]:
        """Return names of agencies; ids are unique inside a region only."""
        if not self.agencies:
            return ids
        if regions is None:
            return _replaced(ids, {agency: name for (_, agency), name in self.agencies.items()})
        pairs = zip(regions.tolist(), ids.tolist(), strict=True)
        return np.array([self.agencies.get(pair, pair[1]) for pair in pairs], np.str_)


def _owners(result: object) -> Iterator[object]:
    """Yield a result and what it rests on: scores, table, the score of a region."""
    yield result
    for name in ("scores", "score", "table"):
        below = getattr(result, name, None)
        if hasattr(below, "edition"):
            yield from _owners(below)


def _replaced(values: NDArray[Any], words: Mapping[str, str]) -> NDArray[Any]:
    """Return texts with those replaced that have another word."""
    if not words or values.dtype.kind != "U":
        return values
    distinct, which = np.unique(values, return_inverse=True)
    return np.array([words.get(one, one) for one in distinct.tolist()], np.str_)[which]


def implementation_of(backend: str | ModuleType | nw.Implementation) -> Any:
    """Return what narwhals calls a library of data frames, which is installed.

    Raises
    ------
    UnknownNameError
        For a library that frames cannot be made with.
    MissingExtraError
        Without narwhals or the library.
    """
    nw = narwhals()
    given: Any = backend.casefold() if isinstance(backend, str) else backend
    implementation = nw.Implementation.from_backend(given)
    name = str(implementation.value)
    if name not in BACKENDS:
        shown = getattr(backend, "__name__", str(backend))
        raise UnknownNameError.of("library of data frames", shown, BACKENDS)
    try:
        implementation.to_native_namespace()
    except ImportError:
        message = f"frames of {name} need {name}, which is not installed: pip install {name}"
        raise MissingExtraError(message) from None
    return implementation


def narwhals() -> Any:
    """Return the module narwhals.

    Raises
    ------
    MissingExtraError
        Without it.
    """
    try:
        import narwhals as nw
    except ImportError:
        raise MissingExtraError.of("data frames", "frames") from None
    return nw


def _frame(
    columns: Mapping[str, NDArray[Any]], backend: str | ModuleType | nw.Implementation
) -> Any:
    implementation = implementation_of(backend)
    return narwhals().from_dict(columns, backend=implementation).to_native()
