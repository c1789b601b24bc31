"""Schemes by name: our own, and those of other packages through an entry point.

A package offers a scheme in its metadata::

    [project.entry-points."inovasi_index.weighting"]
    my-scheme = "my_package.schemes:MyScheme"

The object is a scheme, or a class that makes one without arguments.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING

from inovasi_index.errors import BadValueError, Fault, FaultsError, UnknownNameError
from inovasi_index.weighting.benefit_of_the_doubt import BenefitOfTheDoubt
from inovasi_index.weighting.cilos import Cilos, Idocriw
from inovasi_index.weighting.components import FactorWeights, PcaWeights
from inovasi_index.weighting.critic import Correlation, Critic
from inovasi_index.weighting.given import Equal, Official
from inovasi_index.weighting.merec import Merec
from inovasi_index.weighting.scheme import WeightingScheme
from inovasi_index.weighting.spreads import (
    Angle,
    CoefficientOfVariation,
    Entropy,
    Gini,
    Lopcow,
    StandardDeviation,
    Variance,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENTRY_POINT_GROUP", "load_schemes", "scheme_by_name"]

ENTRY_POINT_GROUP = "inovasi_index.weighting"

# Those that need no arguments; the others need judgements or other schemes.
_OWN: Mapping[str, WeightingScheme] = MappingProxyType(
    {
        "official": Official(),
        "equal": Equal(),
        "standard-deviation": StandardDeviation(),
        "variance": Variance(),
        "coefficient-of-variation": CoefficientOfVariation(),
        "entropy": Entropy(),
        "critic": Critic(),
        "critic-spearman": Critic(Correlation.SPEARMAN),
        "merec": Merec(),
        "gini": Gini(),
        "cilos": Cilos(),
        "idocriw": Idocriw(),
        "lopcow": Lopcow(),
        "angle": Angle(),
        "pca": PcaWeights(),
        "factors": FactorWeights(),
        "benefit-of-the-doubt": BenefitOfTheDoubt(),
    }
)


def load_schemes() -> dict[str, WeightingScheme]:
    """Return every scheme that can be had by name, our own first.

    Raises
    ------
    FaultsError
        When schemes of other packages cannot be loaded, all of them together.

    Examples
    --------
    >>> from inovasi_index.weighting import load_schemes
    >>> list(load_schemes())[:4]
    ['official', 'equal', 'standard-deviation', 'variance']
    """
    schemes: dict[str, WeightingScheme] = dict(_OWN)
    faults = []
    for point in entry_points(group=ENTRY_POINT_GROUP):
        if point.name in schemes:
            rule = f"{point.value}: the name is taken"
            faults.append(Fault("scheme-name-taken", point.name, rule))
            continue
        try:
            schemes[point.name] = _load(point)
        except BadValueError as error:
            faults.append(Fault("scheme-not-loaded", point.name, str(error)))
    if faults:
        raise FaultsError("weighting schemes of other packages", tuple(faults))
    return schemes


def scheme_by_name(name: str) -> WeightingScheme:
    """Return one scheme by its name, one of our own or of another package.

    Nothing but that scheme is loaded.

    Parameters
    ----------
    name : str

    Raises
    ------
    UnknownNameError
        When no such scheme is installed; near misses are offered.
    BadValueError
        When it cannot be loaded, is no scheme, or several packages offer the name.

    Examples
    --------
    >>> from inovasi_index.weighting import scheme_by_name
    >>> scheme_by_name("entropy")
    Entropy()
    """
    if isinstance(name, str) and name in _OWN:
        return _OWN[name]
    points = entry_points(group=ENTRY_POINT_GROUP)
    offered = [point for point in points if point.name == name]
    if not offered:
        raise UnknownNameError.of("weighting scheme", name, [*_OWN, *points.names])
    if len(offered) > 1:
        values = ", ".join(point.value for point in offered)
        raise BadValueError(f"weighting scheme {name!r} is offered more than once: {values}")
    return _load(offered[0])


def _load(point: EntryPoint) -> WeightingScheme:
    try:
        found = point.load()
        scheme = found() if isinstance(found, type) else found
    except Exception as error:  # whatever another package raises
        raise BadValueError(f"weighting scheme {point.value} cannot be loaded: {error}") from error
    if not isinstance(scheme, WeightingScheme):
        raise BadValueError(f"weighting scheme {point.value} has no method weigh")
    return scheme
