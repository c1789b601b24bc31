"""The keys of indicators: a contract between editions, files and programs.

A key may be added here, never renamed and never moved to another part.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from inovasi_index.rules.edition import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PART_OF"]

_REGION: tuple[str, ...] = (
    "vision_mission",
    "sipd_adoption",
    "budget_on_time",
    "mandatory_spending",
    "licensing_growth",
    "income_per_capita_growth",
    "unemployment_reduction",
    "unemployment_rate",
    "investment_growth",
    "own_source_revenue_growth",
    "audit_opinion",
    "accountability_grade",
    "poverty_reduction",
    "poverty_rate",
    "hdi_gain",
    "hdi_level",
    "innovator_awards",
    "policy_recommendations",
    "policy_quality_index",
    "science_technology_masterplan",
    "ip_facilitation",
)
_INNOVATION: tuple[str, ...] = (
    "regulation",
    "human_resources",
    "budget_support",
    "work_tools",
    "technical_guidance",
    "planning_integration",
    "actor_involvement",
    "implementers",
    "networks",
    "outreach",
    "technical_manual",
    "information_access",
    "process_ease",
    "complaint_resolution",
    "integrated_services",
    "replication",
    "creation_speed",
    "benefits",
    "monitoring_evaluation",
    "quality_video",
)

_PARTS: dict[str, Part] = dict.fromkeys(_REGION, Part.REGION)
_PARTS |= dict.fromkeys(_INNOVATION, Part.INNOVATION)
PART_OF: Mapping[str, Part] = MappingProxyType(_PARTS)
