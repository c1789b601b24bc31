"""The risk of verification: the exact distribution of the index, and what it hangs on."""

from inovasi_index.analysis.risk.distribution import AnswerRisk, RiskDistribution
from inovasi_index.analysis.risk.survival import Survival
from inovasi_index.analysis.risk.verification import risk

__all__ = ["AnswerRisk", "RiskDistribution", "Survival", "risk"]
