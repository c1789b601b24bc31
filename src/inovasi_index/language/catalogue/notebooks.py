"""Texts of the tables that notebooks show: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    "notebook.number": ("No.", "No."),
    "notebook.key": ("Key", "Kunci"),
    "notebook.name": ("Official name", "Nama resmi"),
    "notebook.part": ("Part", "Bagian"),
    "notebook.level": ("Level", "Level"),
    "notebook.text": ("Official text", "Teks resmi"),
    "notebook.points": ("Points", "Poin"),
    "notebook.per_level": ("Points per level", "Poin per level"),
    "notebook.most": ("Most", "Maksimum"),
    "notebook.mandatory": ("Mandatory", "Wajib"),
    "notebook.yes": ("yes", "ya"),
    "notebook.region": ("region", "daerah"),
    "notebook.innovation": ("innovation", "inovasi"),
    "notebook.certainty": ("Certainty", "Kepastian"),
    "notebook.area": ("Area", "Bidang"),
    "notebook.note": ("Note", "Catatan"),
    "notebook.bands": ("Bands", "Predikat"),
    "notebook.band": ("Band", "Predikat"),
    "notebook.from": ("From", "Dari"),
    "notebook.to": ("To", "Sampai"),
    "notebook.completeness": ("How complete it is", "Kelengkapan"),
    "notebook.evidence": ("Evidence", "Data dukung"),
    "notebook.share": ("Points of the index", "Poin indeks"),
    "notebook.cause": ("Cause", "Penyebab"),
    "notebook.row": ("Row", "Indikator"),
    "notebook.where": ("Largest by row", "Terbesar menurut indikator"),
    "notebook.facts": (
        "{innovations} innovations, divisor {divisor}, {affairs} basic affairs covered",
        "{innovations} inovasi, pembagi {divisor}, {affairs} urusan wajib pelayanan dasar "
        "terwakili",
    ),
    "notebook.more": ("… and {n} more", "… dan {n} lagi"),
    "notebook.mean_level": ("Mean level", "Rata-rata level"),
    "notebook.regions": (
        "regions: {regions}, innovations: {innovations}",
        "daerah: {regions}, inovasi: {innovations}",
    ),
}
