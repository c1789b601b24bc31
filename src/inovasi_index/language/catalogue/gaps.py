"""Texts of gaps: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    "gap.total": ("{total} points are missing from 100:", "{total} poin lagi menuju 100:"),
    "gap.not_answered": ("row not answered", "indikator belum diisi"),
    "gap.mandatory_row_empty": ("mandatory row empty", "indikator wajib kosong"),
    "gap.below_top": ("level below the top", "level di bawah yang tertinggi"),
    "gap.no_evidence": ("answered without evidence", "diisi tanpa data dukung"),
    "gap.evidence_kind": (
        "evidence of a kind that does not count",
        "jenis data dukung tidak sesuai",
    ),
    "gap.evidence_rejected": ("evidence rejected", "data dukung ditolak"),
    "gap.rejected": ("answer rejected", "jawaban ditolak"),
    "gap.pending": ("waiting for verification", "menunggu verifikasi"),
    "gap.downgraded": ("downgraded by the verifier", "diturunkan verifikator"),
    "gap.not_eligible": ("innovation not eligible", "inovasi tidak memenuhi syarat"),
    "gap.empty_seats": (
        "empty seats below the divisor's floor",
        "kursi kosong di bawah pembagi minimum",
    ),
    "gap.basic_affair_missing": (
        "basic affair missing, so no count points",
        "urusan wajib pelayanan dasar belum terwakili, poin jumlah hilang",
    ),
    "gap.count_below_cap": (
        "fewer innovations than count",
        "jumlah inovasi di bawah batas yang dihitung",
    ),
    "gap.region_points": (
        "region part, given as points",
        "Satuan Pemerintah Daerah, diberikan sebagai poin",
    ),
}
