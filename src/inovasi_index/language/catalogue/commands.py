"""Texts of the command line: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    "cli.description": (
        "Compute, explain and improve the regional innovation index (Indeks Inovasi Daerah).",
        "Menghitung, menjelaskan, dan meningkatkan Indeks Inovasi Daerah.",
    ),
    "cli.commands": ("commands", "perintah"),
    "cli.score": (
        "score a submission on the three bases",
        "menghitung indeks sebuah laporan pada tiga basis",
    ),
    "cli.explain": ("explain where a score comes from", "menjelaskan asal sebuah skor"),
    "cli.validate": (
        "check a submission and name every fault",
        "memeriksa laporan dan menyebut setiap kesalahan",
    ),
    "cli.editions": (
        "list the editions, show one, or compare two",
        "mendaftar edisi pedoman, menampilkan satu, atau membandingkan dua",
    ),
    "cli.project": (
        "project the index from totals",
        "memperkirakan indeks dari angka total",
    ),
    "cli.portal": (
        "sum up a download of the ministry's portal and project the index from it",
        "meringkas unduhan portal kementerian dan memperkirakan indeksnya",
    ),
    "cli.portal_file": ("list download, .xlsx or .csv", "unduhan daftar, .xlsx atau .csv"),
    "cli.portal_edition": (
        "edition of the download's year",
        "edisi tahun unduhan",
    ),
    "cli.stage": (
        "only innovations at this stage (application, trial, initiative)",
        "hanya inovasi pada tahapan ini (application, trial, initiative)",
    ),
    "cli.stage_word": ("stage", "tahapan"),
    "cli.agency_word": ("agency", "perangkat daerah"),
    "cli.innovations_word": ("innovations", "inovasi"),
    "cli.supply": (
        "fill in what the edition lacks: minimum_divisor=12, bands.innovative=40.01",
        "mengisi yang tidak ada pada edisi: minimum_divisor=12, bands.innovative=40.01",
    ),
    "cli.json": ("print JSON", "cetak JSON"),
    "cli.language": ("language of the texts", "bahasa teks"),
    "cli.file": (
        "submission: .toml, .json, .csv or .xlsx",
        "berkas laporan: .toml, .json, .csv, atau .xlsx",
    ),
    "cli.edition": (
        "edition id or TOML file (default: the edition of the submission's year)",
        "id edisi atau berkas TOML (bawaan: edisi tahun laporan)",
    ),
    "cli.edition_shown": ("edition to show", "edisi yang ditampilkan"),
    "cli.compare_editions": (
        "list what this other edition changes",
        "daftar perubahan terhadap edisi lain ini",
    ),
    "cli.basis": (
        "which levels count (default: %(default)s)",
        "level yang dihitung (bawaan: %(default)s)",
    ),
    "cli.innovation": ("id of one innovation", "id satu inovasi"),
    "cli.indicator": ("key of one row", "kunci satu indikator"),
    "cli.region_points": ("points of the region part", "poin Satuan Pemerintah Daerah"),
    "cli.mean_maturity": ("mean maturity in points", "rata-rata kematangan dalam poin"),
    "cli.innovations": ("number of innovations", "jumlah inovasi"),
    "cli.basic_affairs": (
        "basic affairs that they cover",
        "urusan wajib pelayanan dasar yang terwakili",
    ),
    "cli.error": ("error", "kesalahan"),
    "cli.warning": ("warning", "peringatan"),
    "cli.claimed": ("claimed", "diklaim"),
    "cli.documented": ("documented", "didukung data"),
    "cli.verified": ("verified", "terverifikasi"),
    "cli.score_facts": (
        "{innovations} innovations, divisor {divisor}; {ineligible} not eligible; "
        "{covered} of {basic} basic affairs covered",
        "{innovations} inovasi, pembagi {divisor}; {ineligible} tidak memenuhi syarat; "
        "{covered} dari {basic} urusan wajib pelayanan dasar terwakili",
    ),
    "cli.valid": (
        "valid under {edition}: {innovations} innovations, no faults",
        "sah menurut {edition}: {innovations} inovasi, tanpa kesalahan",
    ),
    "cli.edition_word": ("edition", "edisi"),
    "cli.code": ("no.", "no."),
    "cli.key": ("key", "kunci"),
    "cli.name": ("name", "nama"),
    "cli.mandatory": ("mandatory", "wajib"),
    "certainty.official": ("official", "resmi"),
    "certainty.inferred": ("inferred", "disimpulkan"),
    "certainty.candidate": ("candidate", "dugaan"),
    "certainty.assumed": ("assumed", "diandaikan"),
    "certainty.missing": ("missing", "tidak ditemukan"),
}
