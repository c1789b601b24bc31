"""Texts of the report: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # Head
    "report.title": (
        "Regional innovation index: {region}",
        "Indeks Inovasi Daerah: {region}",
    ),
    "report.kicker": (
        "Report on the regional innovation index",
        "Laporan Indeks Inovasi Daerah",
    ),
    "report.head": (
        "Rules: {edition}. Year of the submission: {year}. Counted here: {basis}.",
        "Pedoman: {edition}. Tahun laporan: {year}. Yang dihitung di sini: {basis}.",
    ),
    "report.unofficial": (
        "This is an independent computation, not an official score. Official results come from the Ministry of Home Affairs alone.",
        "Ini perhitungan mandiri, bukan skor resmi. Hasil resmi hanya berasal dari Kementerian Dalam Negeri.",
    ),
    "report.other_year": (
        "These rules are for {period}, the submission is for {year}: read the result as a what-if.",
        "Pedoman ini untuk {period}, sedangkan laporan untuk {year}: bacalah hasilnya sebagai pengandaian.",
    ),
    "report.contents": ("Contents", "Isi"),
    "report.foot": (
        "Written by inovasi_index {version}. The same submission and the same rules always give the same score.",
        "Disusun oleh inovasi_index {version}. Laporan dan pedoman yang sama selalu memberi skor yang sama.",
    ),
    # Names of the sections
    "report.section.summary": ("In short", "Ringkasan"),
    "report.section.why": ("Why the score is what it is", "Mengapa skornya demikian"),
    "report.section.missing": ("What is missing from 100", "Apa yang masih kurang menuju 100"),
    "report.section.next": ("What to do next", "Apa yang dapat dilakukan"),
    "report.section.ineligible": (
        "Innovations that are not eligible",
        "Inovasi yang tidak memenuhi syarat",
    ),
    "report.section.certainty": ("How sure we are", "Seberapa pasti perhitungan ini"),
    "report.section.sources": ("Sources", "Sumber"),
    "report.section.glossary": ("Words", "Istilah"),
    # Bases, short and long
    "report.claimed": ("Claimed", "Diklaim"),
    "report.documented": ("Documented", "Didukung data"),
    "report.verified": ("Verified", "Terverifikasi"),
    "report.about.claimed": (
        "what the agencies say they have reached",
        "capaian menurut perangkat daerah",
    ),
    "report.about.documented": (
        "what is backed by evidence of an accepted kind",
        "capaian yang disertai data dukung yang sesuai",
    ),
    "report.about.verified": (
        "what a verifier has accepted so far",
        "capaian yang sudah diterima verifikator",
    ),
    # In short
    "report.index_of": ("Index ({basis})", "Indeks ({basis})"),
    "report.out_of": ("of 100", "dari 100"),
    "report.no_band": ("band not known", "predikat belum diketahui"),
    "report.summary.bases": (
        "{region} claims {claimed}. {documented} of that is backed by evidence. Verifiers have accepted {verified} so far.",
        "{region} mengklaim {claimed}. Yang disertai data dukung {documented}. Yang sudah diterima verifikator {verified}.",
    ),
    "report.summary.papers": (
        "{lost} points are lost because evidence is missing, of the wrong kind or rejected.",
        "{lost} poin hilang karena data dukung tidak ada, tidak sesuai, atau ditolak.",
    ),
    "report.summary.no_papers": (
        "No point is lost for want of evidence.",
        "Tidak ada poin yang hilang karena data dukung.",
    ),
    "report.summary.verification": (
        "{lost} points still wait for verification, were downgraded, or belong to innovations that are not eligible.",
        "{lost} poin masih menunggu verifikasi, diturunkan verifikator, atau milik inovasi yang tidak memenuhi syarat.",
    ),
    "report.summary.no_verification": (
        "Everything that is documented is verified.",
        "Semua yang didukung data sudah terverifikasi.",
    ),
    "report.summary.distance": (
        "{missing} points are missing to {band} ({target}).",
        "Untuk mencapai {band} ({target}) masih kurang {missing} poin.",
    ),
    "report.summary.highest": (
        "This is the highest band.",
        "Ini predikat tertinggi.",
    ),
    "report.fact.innovations": ("innovations reported", "inovasi dilaporkan"),
    "report.fact.ineligible": ("of them not eligible", "di antaranya tidak memenuhi syarat"),
    "report.fact.agencies": (
        "of {agencies} agencies report innovations",
        "dari {agencies} perangkat daerah melaporkan inovasi",
    ),
    "report.fact.affairs": (
        "of {basic} basic affairs covered",
        "dari {basic} urusan wajib pelayanan dasar terwakili",
    ),
    "report.scale.caption": (
        "The index on the three bases and on the bands",
        "Indeks pada tiga basis dan batas predikat",
    ),
    "report.scale.read": (
        "{basis}: {index}, {band}",
        "{basis}: {index}, {band}",
    ),
    # Why
    "report.why.formula": (
        "The index adds up three parts and divides them by the {total} points that are possible: ({region} + {mean} + {count}) ÷ {total} × 100 = {index}.",
        "Indeks menjumlahkan tiga bagian, lalu membaginya dengan {total} poin maksimum: ({region} + {mean} + {count}) ÷ {total} × 100 = {index}.",
    ),
    "report.why.rounded": (
        "Parts are shown with two decimals; the computation is exact and rounds once, at the end.",
        "Bagian ditampilkan dengan dua desimal; perhitungan bersifat eksak dan dibulatkan sekali, di akhir.",
    ),
    "report.why.parts": ("The three parts", "Tiga bagian indeks"),
    "report.why.part_region": (
        "what the government as a whole answers once ({rows} rows)",
        "dijawab satu kali oleh pemerintah daerah ({rows} baris)",
    ),
    "report.why.part_region_points": (
        "given as points",
        "diberikan sebagai poin",
    ),
    "report.why.part_mean": (
        "the maturities of {innovations} innovations add up to {sum}, divided by {divisor}",
        "jumlah kematangan {innovations} inovasi {sum}, dibagi {divisor}",
    ),
    "report.why.part_seats": (
        "at least {divisor} innovations are expected, so {empty} empty seats count as zero",
        "paling sedikit {divisor} inovasi diharapkan, sehingga {empty} kursi kosong bernilai nol",
    ),
    "report.why.part_count": (
        "{points} points for each of {counted} innovations, as {covered} of {basic} basic affairs are covered ({needed} are needed)",
        "{points} poin untuk setiap inovasi dari {counted} inovasi, karena {covered} dari {basic} urusan wajib pelayanan dasar terwakili (perlu {needed})",
    ),
    "report.why.part_count_zero": (
        "no points, because only {covered} of {basic} basic affairs are covered ({needed} are needed)",
        "tanpa poin, karena baru {covered} dari {basic} urusan wajib pelayanan dasar terwakili (perlu {needed})",
    ),
    "report.why.part_count_none": (
        "no innovations, so no points",
        "tidak ada inovasi, sehingga tanpa poin",
    ),
    "report.why.points_of": ("{points} of {most} points", "{points} dari {most} poin"),
    "report.why.region_rows": ("The rows of the region part", "Indikator Satuan Pemerintah Daerah"),
    "report.why.region_rows_about": (
        "Each row has a level from 0 to its highest; a level times the weight of the row gives points.",
        "Setiap indikator memiliki level dari 0 sampai yang tertinggi; level dikalikan bobot indikator menjadi poin.",
    ),
    "report.why.innovations": ("The innovations", "Inovasi"),
    "report.why.innovations_about": (
        "The maturity of an innovation is the sum of its {rows} rows, {most} points at most. The most mature come first.",
        "Kematangan inovasi adalah jumlah poin {rows} indikatornya, paling tinggi {most} poin. Yang paling matang di atas.",
    ),
    "report.why.no_innovations": (
        "No innovation was reported.",
        "Tidak ada inovasi yang dilaporkan.",
    ),
    "report.why.agencies": ("The agencies", "Perangkat daerah"),
    "report.why.agencies_about": (
        "Missing points are points of the index that the innovations of the agency could still add.",
        "Poin yang kurang adalah poin indeks yang masih dapat ditambahkan inovasi perangkat daerah itu.",
    ),
    "report.why.silent": (
        "Agencies without an innovation ({n}): {names}.",
        "Perangkat daerah yang belum melaporkan inovasi ({n}): {names}.",
    ),
    # Heads of tables
    "report.col.part": ("Part", "Bagian"),
    "report.col.to_100": ("On the way to 100", "Menuju 100"),
    "report.col.row": ("Row", "Indikator"),
    "report.col.level": ("Level", "Level"),
    "report.col.points": ("Points", "Poin"),
    "report.col.state": ("How it stands", "Keadaan"),
    "report.col.innovation": ("Innovation", "Inovasi"),
    "report.col.agency": ("Agency", "Perangkat daerah"),
    "report.col.innovations": ("Innovations", "Inovasi"),
    "report.col.mean": ("Mean maturity", "Rata-rata kematangan"),
    "report.col.missing": ("Missing points", "Poin yang kurang"),
    "report.col.cause": ("Cause", "Penyebab"),
    "report.col.share": ("Points of the index", "Poin indeks"),
    "report.col.step": ("Step", "Langkah"),
    "report.col.gain": ("Gain", "Tambahan"),
    "report.col.cost": ("Cost", "Biaya"),
    "report.col.steps": ("Steps", "Langkah"),
    "report.col.reasons": ("Why", "Alasan"),
    "report.col.papers": ("Evidence that is asked for", "Data dukung yang diminta"),
    "report.col.area": ("Area", "Bidang"),
    "report.col.certainty": ("How sure", "Kepastian"),
    "report.col.note": ("Note", "Catatan"),
    "report.level_of": ("{level} of {top}", "{level} dari {top}"),
    "report.level_claimed": (
        "{level} of {top} (claimed {claimed})",
        "{level} dari {top} (klaim {claimed})",
    ),
    "report.not_eligible": ("not eligible", "tidak memenuhi syarat"),
    "report.the_region": ("the government as a whole", "pemerintah daerah"),
    "report.no_agency": ("agency not chosen yet", "perangkat daerah belum ditentukan"),
    "report.further": ("a further innovation", "inovasi tambahan"),
    "report.more": (
        "… and {n} more, together {share} points of the index",
        "… dan {n} lainnya, bersama-sama {share} poin indeks",
    ),
    # What is missing
    "report.missing.head": (
        "{total} points separate the index {index} from 100. Each belongs to one cause only, so the causes add up to {total} exactly.",
        "Ada {total} poin di antara indeks {index} dan 100. Setiap poin hanya punya satu penyebab, sehingga jumlah semua penyebab tepat {total}.",
    ),
    "report.missing.nothing": (
        "Nothing is missing: the index is 100.",
        "Tidak ada yang kurang: indeksnya 100.",
    ),
    "report.missing.by_cause": ("By cause", "Menurut penyebab"),
    "report.missing.by_row": ("By row", "Menurut indikator"),
    "report.missing.by_row_about": (
        "The rows in which most points are missing, of the region and over all innovations.",
        "Indikator yang paling banyak kekurangan poin, dari pemerintah daerah dan semua inovasi.",
    ),
    "report.missing.papers": ("Missing papers", "Data dukung yang kurang"),
    "report.missing.papers_about": (
        "Answers that are claimed but do not count, because evidence is missing, of the wrong kind or rejected: {n} in all, together worth {share} points of the index. The most valuable come first.",
        "Jawaban yang diklaim tetapi tidak dihitung, karena data dukung tidak ada, tidak sesuai, atau ditolak: seluruhnya {n}, bersama-sama bernilai {share} poin indeks. Yang paling bernilai di atas.",
    ),
    "report.missing.no_papers": (
        "No claim fails for want of evidence.",
        "Tidak ada klaim yang gugur karena data dukung.",
    ),
    "report.missing.asked": ("What these rows ask for", "Yang diminta indikator tersebut"),
    "report.missing.asked_kinds": ("file types: {kinds}", "jenis berkas: {kinds}"),
    "report.missing.link": ("a link", "tautan"),
    "report.cause.not_answered": (
        "Nobody has filled in the row. Those who report can answer it.",
        "Indikator belum diisi. Dapat diisi oleh pelapor.",
    ),
    "report.cause.mandatory_row_empty": (
        "A row that must be answered is empty; without it the innovation may not be scored at all.",
        "Indikator wajib masih kosong; tanpa itu inovasi bisa tidak dinilai sama sekali.",
    ),
    "report.cause.below_top": (
        "The claim is below the highest level. A higher level takes work, not only papers.",
        "Klaim belum pada level tertinggi. Level lebih tinggi memerlukan kerja, bukan hanya dokumen.",
    ),
    "report.cause.no_evidence": (
        "A level is claimed and no file or link is attached.",
        "Level diklaim tanpa berkas atau tautan.",
    ),
    "report.cause.evidence_kind": (
        "Something is attached, but not of a kind that the row accepts.",
        "Ada lampiran, tetapi jenis berkasnya tidak diterima untuk indikator itu.",
    ),
    "report.cause.evidence_rejected": (
        "All that was attached was rejected. Better evidence brings the points back.",
        "Semua lampiran ditolak. Data dukung yang lebih baik mengembalikan poinnya.",
    ),
    "report.cause.rejected": (
        "The verifier rejected the answer itself.",
        "Verifikator menolak jawabannya.",
    ),
    "report.cause.pending": (
        "Documented, but no verifier has decided yet. Nothing is wrong; it is a matter of time and of good papers.",
        "Sudah didukung data, tetapi belum diputuskan verifikator. Tidak ada yang salah; tinggal menunggu.",
    ),
    "report.cause.downgraded": (
        "The verifier accepted a lower level than was claimed.",
        "Verifikator menerima level yang lebih rendah daripada klaim.",
    ),
    "report.cause.not_eligible": (
        "The answer was accepted, but its innovation may not be scored; the reasons stand in a section of their own.",
        "Jawaban diterima, tetapi inovasinya tidak boleh dinilai; alasannya ada pada bagian tersendiri.",
    ),
    "report.cause.empty_seats": (
        "The mean is taken over a minimum number of innovations; seats that nobody fills count as zero.",
        "Rata-rata dihitung atas jumlah minimum inovasi; kursi yang tidak terisi bernilai nol.",
    ),
    "report.cause.basic_affair_missing": (
        "Points for the number of innovations are given only when enough basic affairs are covered.",
        "Poin jumlah inovasi hanya diberikan bila urusan wajib pelayanan dasar cukup terwakili.",
    ),
    "report.cause.count_below_cap": (
        "Every further innovation up to {cap} adds points for the number alone. More is not always better: a weak one lowers the mean.",
        "Setiap inovasi sampai {cap} menambah poin jumlah. Lebih banyak tidak selalu lebih baik: inovasi lemah menurunkan rata-rata.",
    ),
    "report.cause.region_points": (
        "The region part was given as points, so its rows are not known.",
        "Satuan Pemerintah Daerah diberikan sebagai poin, sehingga indikatornya tidak diketahui.",
    ),
    # What to do next
    "report.next.highest": (
        "{index} is in the highest band, {band}. What remains is to keep it.",
        "{index} berada pada predikat tertinggi, {band}. Tinggal mempertahankannya.",
    ),
    "report.next.distance": (
        "To reach {band} the index has to rise from {index} to {target}: {missing} points of the index, {points} of {total} points in the sum of the parts.",
        "Untuk mencapai {band} indeks harus naik dari {index} ke {target}: {missing} poin indeks, atau {points} dari {total} poin pada jumlah bagian.",
    ),
    "report.next.one_step": (
        "{n} of {looked_at} single steps would reach it alone. The smallest:",
        "{n} dari {looked_at} langkah tunggal sudah cukup untuk mencapainya. Yang terkecil:",
    ),
    "report.next.no_step": (
        "No single step reaches it; {looked_at} were tried. The largest:",
        "Tidak ada langkah tunggal yang cukup; {looked_at} langkah dicoba. Yang terbesar:",
    ),
    "report.next.to_index": ("{gain} → {index}", "{gain} → {index}"),
    "report.next.plan": ("The cheapest way there", "Jalan termurah ke sana"),
    "report.next.plan_about": (
        "Steps: {steps}. Cost: {cost}. Result: {after} ({band}).",
        "Langkah: {steps}. Biaya: {cost}. Hasil: {after} ({band}).",
    ),
    "report.next.plan_proven": (
        "No plan costs less; this is proven.",
        "Tidak ada rencana yang lebih murah; ini terbukti.",
    ),
    "report.next.plan_open": (
        "The search was short: no plan costs less than {bound}.",
        "Pencarian dibatasi waktu: tidak ada rencana di bawah {bound}.",
    ),
    "report.next.plan_costs": (
        "Costs are counted in steps of effort by a default tariff, which is a starting point and no fact; with a tariff of your own the plan may differ (command: inovasi-index plan).",
        "Biaya dihitung dengan tarif bawaan per langkah, yang hanya titik awal dan bukan fakta; dengan tarif sendiri rencana dapat berbeda (perintah: inovasi-index plan).",
    ),
    "report.next.plan_by_agency": ("The plan by agency", "Rencana menurut perangkat daerah"),
    "report.next.plan_steps": ("The steps of the plan", "Langkah rencana"),
    "report.next.unreachable": (
        "No plan reaches {target}; the best that can be reached is {after} ({band}).",
        "Tidak ada rencana yang mencapai {target}; yang terbaik {after} ({band}).",
    ),
    "report.next.no_solver": (
        "A plan was not computed: planning needs an extra (pip install 'inovasi_index[optimise]').",
        "Rencana tidak dihitung: perencanaan memerlukan paket tambahan (pip install 'inovasi_index[optimise]').",
    ),
    "report.next.no_plan": (
        "No plan was found in the short time that a report takes; the command inovasi-index plan searches on.",
        "Rencana tidak ditemukan dalam waktu singkat sebuah laporan; perintah inovasi-index plan mencari lebih lama.",
    ),
    "report.next.largest": ("The largest single gaps", "Kesenjangan tunggal terbesar"),
    "report.next.largest_about": (
        "Where one answer is worth most.",
        "Jawaban tunggal yang paling bernilai.",
    ),
    "report.next.selection": ("Which innovations to report", "Inovasi mana yang dilaporkan"),
    "report.next.selection_all": (
        "Reporting all innovations gives the highest index.",
        "Melaporkan semua inovasi memberi indeks tertinggi.",
    ),
    "report.next.selection_some": (
        "With {reported} of the {innovations} innovations the index would be {after} instead of {before}, because weak innovations lower the mean more than their number adds.",
        "Dengan {reported} dari {innovations} inovasi indeks menjadi {after}, bukan {before}, karena inovasi yang lemah menurunkan rata-rata lebih besar daripada poin jumlahnya.",
    ),
    "report.next.selection_better": (
        "Bringing the weak ones to maturity is the better way; the break-even is a maturity of about {break_even}.",
        "Mematangkan inovasi yang lemah adalah jalan yang lebih baik; titik impasnya kematangan sekitar {break_even}.",
    ),
    "report.step.own": ("{row}, level {before} → {after}", "{row}, level {before} → {after}"),
    # Not eligible
    "report.ineligible.none": (
        "Every innovation is eligible by the rules that are known.",
        "Semua inovasi memenuhi syarat menurut aturan yang diketahui.",
    ),
    "report.ineligible.about": (
        "{n} of {innovations} innovations may not be scored. They count as zero once verified and stay in the divisor, so they lower the mean.",
        "{n} dari {innovations} inovasi tidak boleh dinilai. Setelah verifikasi nilainya nol tetapi tetap masuk pembagi, sehingga menurunkan rata-rata.",
    ),
    # Certainty
    "report.certainty.about": (
        "The rules were collected from public papers and from the pages of local governments. Each area says how sure we are of it.",
        "Aturan dihimpun dari dokumen publik dan laman pemerintah daerah. Setiap bidang menyatakan kepastiannya.",
    ),
    "report.certainty.readings": ("Our readings", "Tafsiran kami"),
    "report.certainty.readings_about": (
        "Where the papers leave a question open, this is how we answer it.",
        "Jika dokumen tidak menjawab sebuah pertanyaan, beginilah kami menafsirkannya.",
    ),
    "report.certainty.conflicts": ("Where sources disagree", "Jika sumber berbeda"),
    "report.certainty.trusted": ("we trust: {resolution}", "yang kami pakai: {resolution}"),
    "report.certainty.not_stated": (
        "The edition says nothing about how complete it is.",
        "Edisi pedoman ini tidak menyatakan kelengkapannya.",
    ),
    "report.certainty.lacking": (
        "Some answers could not be given, because the rules of this year are not known well enough:",
        "Sebagian jawaban tidak dapat diberikan, karena aturan tahun ini belum cukup diketahui:",
    ),
    "report.certainty.official": (
        "printed by an official paper, or a transcription of one",
        "tercetak dalam dokumen resmi atau salinannya",
    ),
    "report.certainty.inferred": (
        "follows from such papers by arithmetic or a reading of ours",
        "diturunkan dari dokumen itu dengan hitungan atau tafsiran",
    ),
    "report.certainty.candidate": (
        "fits every published score, but was never seen printed",
        "cocok dengan semua skor yang terbit, tetapi tidak pernah tercetak",
    ),
    "report.certainty.assumed": ("supplied by the user", "diberikan pengguna"),
    "report.certainty.missing": ("was not found", "tidak ditemukan"),
    "report.area.region_rows": ("rows of the region part", "indikator Satuan Pemerintah Daerah"),
    "report.area.region_weights": (
        "weights of the region part",
        "bobot Satuan Pemerintah Daerah",
    ),
    "report.area.innovation_rows": ("rows of an innovation", "indikator Satuan Inovasi Daerah"),
    "report.area.innovation_weights": (
        "weights of an innovation",
        "bobot Satuan Inovasi Daerah",
    ),
    "report.area.raw_values": ("levels of raw values", "level dari nilai angka"),
    "report.area.mandatory_rows": ("mandatory rows", "indikator wajib"),
    "report.area.evidence": ("evidence", "data dukung"),
    "report.area.formula": ("formula", "rumus"),
    "report.area.bands": ("bands", "predikat"),
    "report.area.eligibility": ("eligibility", "syarat inovasi"),
    "report.area.affairs": ("government affairs", "urusan pemerintahan"),
    "report.area.vocabularies": ("descriptive fields", "isian profil"),
    # Fields of an edition that notes speak of
    "report.field.lower": ("lower bound of a band", "batas bawah predikat"),
    "report.field.upper": ("upper bound of a band", "batas atas predikat"),
    "report.field.name": ("name of a band", "nama predikat"),
    "report.field.stages": ("stages that count", "tahapan yang dinilai"),
    "report.field.basic_affairs_needed": ("basic affairs needed", "urusan dasar yang diperlukan"),
    "report.field.total_max": ("points in all", "poin seluruhnya"),
    "report.field.points_per_innovation": ("points per innovation", "poin per inovasi"),
    "report.field.maturity_max": ("most points of the maturity", "poin tertinggi kematangan"),
    "report.field.minimum_divisor": ("minimum divisor", "pembagi minimum"),
    "report.field.region_max": (
        "most points of the region part",
        "poin tertinggi Satuan Pemerintah Daerah",
    ),
    "report.field.decimals": ("rounding", "pembulatan"),
    "report.field.count_cap": (
        "innovations that count at most",
        "jumlah inovasi terbanyak yang dihitung",
    ),
    "report.field.count_max": ("most points of the count", "poin tertinggi jumlah inovasi"),
    "report.field.mandatory_rows": ("mandatory rows", "indikator wajib"),
    "report.field.window_start": ("first day of application", "hari pertama penerapan"),
    "report.field.window_end": ("last day of application", "hari terakhir penerapan"),
    "report.field.development_counts": ("latest development", "pengembangan terakhir"),
    "report.field.design_min_words": ("words of the design", "jumlah kata rancang bangun"),
    # Sources
    "report.sources.read_in": ("read in: {place}", "dibaca di: {place}"),
    # Words
    "report.word.index": ("index", "indeks"),
    "report.word.index.is": (
        "One number from 0 to 100 for a region and a year, made of three parts.",
        "Satu angka dari 0 sampai 100 untuk satu daerah dan satu tahun, tersusun dari tiga bagian.",
    ),
    "report.word.band": ("band (predikat)", "predikat"),
    "report.word.band.is": (
        "The name that an index has: {bands}.",
        "Sebutan bagi suatu indeks: {bands}.",
    ),
    "report.word.region_part": (
        "region part (Satuan Pemerintah Daerah)",
        "Satuan Pemerintah Daerah",
    ),
    "report.word.region_part.is": (
        "Rows about the government as a whole, answered once: budget, poverty, licences and so on.",
        "Indikator tentang pemerintah daerah secara keseluruhan, dijawab satu kali: anggaran, kemiskinan, perizinan, dan lain-lain.",
    ),
    "report.word.maturity": ("maturity (kematangan)", "kematangan"),
    "report.word.maturity.is": (
        "The points of one innovation over all its rows.",
        "Poin satu inovasi dari semua indikatornya.",
    ),
    "report.word.row": ("row, indicator (indikator)", "indikator"),
    "report.word.row.is": (
        "One question of the official table, such as the regulation that an innovation rests on.",
        "Satu pertanyaan pada tabel resmi, misalnya regulasi yang mendasari inovasi.",
    ),
    "report.word.level": ("level", "level (parameter)"),
    "report.word.level.is": (
        "How far a row is fulfilled; 0 means that nothing counts.",
        "Seberapa jauh sebuah indikator terpenuhi; 0 berarti tidak ada yang dihitung.",
    ),
    "report.word.weight": ("weight (bobot)", "bobot"),
    "report.word.weight.is": (
        "The points that each level of a row is worth.",
        "Poin untuk setiap level sebuah indikator.",
    ),
    "report.word.evidence": ("evidence (data dukung)", "data dukung"),
    "report.word.evidence.is": (
        "The files and links that prove a level.",
        "Berkas dan tautan yang membuktikan suatu level.",
    ),
    "report.word.verification": ("verification", "verifikasi"),
    "report.word.verification.is": (
        "A verifier looks at the evidence and accepts the level, a lower one, or none.",
        "Verifikator memeriksa data dukung, lalu menerima level itu, level yang lebih rendah, atau menolaknya.",
    ),
    "report.word.agency": ("agency (perangkat daerah)", "perangkat daerah"),
    "report.word.agency.is": (
        "A unit of the government that brings innovations: an office, a health centre, a school, a village.",
        "Satuan kerja yang membawa inovasi: dinas, badan, puskesmas, sekolah, desa.",
    ),
    "report.word.affair": (
        "basic affairs (urusan wajib pelayanan dasar)",
        "urusan wajib pelayanan dasar",
    ),
    "report.word.affair.is": (
        "The basic services that every government owes: {affairs}.",
        "Pelayanan dasar yang wajib disediakan setiap pemerintah daerah: {affairs}.",
    ),
    "report.word.seat": ("empty seat", "kursi kosong"),
    "report.word.seat.is": (
        "The mean maturity is taken over at least {divisor} innovations; a seat that no innovation fills counts as zero.",
        "Rata-rata kematangan dihitung atas paling sedikit {divisor} inovasi; kursi yang tidak terisi bernilai nol.",
    ),
    "report.word.eligible": ("eligible", "memenuhi syarat"),
    "report.word.eligible.is": (
        "An innovation may be scored: it is applied, young enough, described at sufficient length, and has its mandatory rows.",
        "Inovasi boleh dinilai: sudah diterapkan, masih dalam rentang waktu, uraiannya cukup panjang, dan indikator wajibnya terisi.",
    ),
    "report.word.edition": ("rules, edition (pedoman)", "pedoman, edisi"),
    "report.word.edition.is": (
        "The rules of one year as data, each value with its source.",
        "Aturan satu tahun dalam bentuk data, setiap nilai dengan sumbernya.",
    ),
    # Command
    "cli.report": (
        "write a report for people: one HTML file for screen, phone and paper",
        "menyusun laporan untuk dibaca: satu berkas HTML untuk layar, ponsel, dan kertas",
    ),
    "cli.output": (
        "file to write (default: the name of FILE with .html, in the current folder)",
        "berkas yang ditulis (bawaan: nama FILE dengan .html, di folder ini)",
    ),
    "cli.written": ("written: {path}", "ditulis: {path}"),
}
