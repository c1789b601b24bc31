"""Weighting schemes: from an edition alone, from data, or from judgements."""

from inovasi_index.weighting.scheme import Criteria, WeightingScheme, Weights

__all__ = ["Criteria", "WeightingScheme", "Weights"]
