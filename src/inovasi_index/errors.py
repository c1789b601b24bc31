"""Everything that the library raises on purpose.

One root, `InovasiIndexError`; each class is also the built-in exception that a
caller would catch anyway. A batch of faults travels as one `FaultsError`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import NoReturn

__all__ = [
    "BadValueError",
    "Choice",
    "EditionFileError",
    "Fault",
    "FaultsError",
    "FileFormatError",
    "FrameError",
    "IncompleteEditionError",
    "InfeasibleError",
    "InovasiIndexError",
    "MissingExtraError",
    "PeriodWarning",
    "SubmissionError",
    "SupplyError",
    "UnknownChoiceError",
    "UnknownNameError",
    "near_misses",
]


class InovasiIndexError(Exception):
    """Root of every error that the library raises deliberately."""


class BadValueError(InovasiIndexError, ValueError):
    """An argument has a value, a shape or a type that is not allowed."""


class UnknownNameError(InovasiIndexError, LookupError):
    """A name (edition, indicator, region, …) is not known; near misses are offered."""

    @classmethod
    def of(cls, what: str, name: object, known: Iterable[str]) -> UnknownNameError:
        """Build the error for a `name` that is none of the `known` ones."""
        known = tuple(known)
        said = repr(name)
        said = said if len(said) <= 200 else f"{said[:199]}…"
        return cls(f"unknown {what} {said}{near_misses(name, known) or listing(known)}")


class UnknownChoiceError(UnknownNameError, BadValueError):
    """A word is none of the few that can be chosen; near misses are offered."""


class Choice(StrEnum):
    """Named choices, of which one can also be given by its value: ``"en"`` for a language.

    Raises
    ------
    UnknownChoiceError
        For a value that is none of them.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"  # as one writes it

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise UnknownChoiceError.of(cls.__name__, value, [choice.value for choice in cls])


class IncompleteEditionError(InovasiIndexError, LookupError):
    """An edition was asked for something that its sources do not give."""


class InfeasibleError(InovasiIndexError, ValueError):
    """A target cannot be reached; the message says what can."""


class MissingExtraError(InovasiIndexError, ImportError):
    """A feature needs an optional dependency that is not installed."""

    @classmethod
    def of(cls, what: str, extra: str) -> MissingExtraError:
        """Build the error for a feature (`what`) that lives in the given `extra`."""
        return cls(f"{what} needs an extra: pip install 'inovasi_index[{extra}]'")


class PeriodWarning(UserWarning):
    """An edition is used for a year that it was not written for."""


@frozen
class Fault:
    """One thing that is wrong, and where.

    Attributes
    ----------
    code : str
        Stable identifier of the kind of fault (``"unknown-indicator"``), for programs.
    place : str
        Where: file, row, innovation, indicator, field; ``""`` for the whole.
    message : str
        What is wrong, what is allowed, near misses.
    source : str
        Where the rule stands, when a rule is broken.

    Examples
    --------
    >>> print(Fault("level-out-of-range", "inn-3.regulation", "level 4; allowed: 0 to 3"))
    inn-3.regulation: level 4; allowed: 0 to 3 [level-out-of-range]
    """

    code: str
    place: str
    message: str
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        source = f" ({self.source})" if self.source else ""
        return f"{place}{self.message}{source} [{self.code}]"

    def inside(self, place: str) -> Fault:
        """Return the same fault with its place put inside a larger `place`."""
        inner = f"{place}.{self.place}" if self.place else place
        return Fault(self.code, inner, self.message, self.source)


@define(eq=False, slots=False)  # not frozen: Python and cluster libraries note things on errors
class FaultsError(InovasiIndexError, ValueError):
    """Several faults at once, in the order of the input.

    Attributes
    ----------
    faults : tuple of Fault
        All the faults; never empty.
    """

    what: str
    faults: tuple[Fault, ...] = field(converter=tuple[Fault, ...])

    def __str__(self) -> str:
        many = f"{len(self.faults)} faults" if len(self.faults) > 1 else "1 fault"
        return "\n  ".join([f"{self.what}: {many}", *map(str, self.faults)])

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.what, self.faults)


class SubmissionError(FaultsError):
    """A submission (or a part of one) breaks rules; all its faults together."""


class EditionFileError(FaultsError):
    """An edition file is not valid; all its faults together."""


class FileFormatError(FaultsError):
    """A file cannot be read as what it should be; all its faults together."""


class FrameError(FaultsError):
    """A data frame cannot be read as what it should be; all its faults together."""


class SupplyError(FaultsError, UnknownNameError, BadValueError):
    """Values supplied to an edition do not fit it; all their faults together."""


def near_misses(name: object, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` or an empty string.

    Examples
    --------
    >>> near_misses("regulasion", ["regulation", "replication"])
    "; did you mean 'regulation'?"
    """
    if not isinstance(name, str):
        return ""
    import difflib  # only errors need it, and it is slow to import

    folded = {k.casefold(): k for k in known}
    close = difflib.get_close_matches(name.casefold()[:200], folded, n=3, cutoff=0.7)
    return f"; did you mean {' or '.join(repr(folded[c]) for c in close)}?" if close else ""


def listing(known: Sequence[str], most: int = 12) -> str:
    r"""Return ``"; known: …"``, cut after `most` names.

    Examples
    --------
    >>> listing(["63.71", "63\n72"])
    "; known: 63.71, '63\\n72'"
    """
    if not known:
        return "; none is known"
    rest = f" and {len(known) - most} more" if len(known) > most else ""
    # A name may come from a file: what hides or breaks lines is shown.
    names = (name if name.isprintable() else repr(name) for name in known[:most])
    return f"; known: {', '.join(names)}{rest}"
