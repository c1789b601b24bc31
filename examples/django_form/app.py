"""A Django page that takes a submission and shows its faults, or its score and why.

    python app.py runserver

Settings, form, view and template stand in one file; in a project they go where such things go.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template import engines
from django.urls import path

import inovasi_index as ii
from inovasi_index.language import Language, number
from inovasi_index.records import require_valid

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

SUFFIXES = (".toml", ".json", ".xlsx")
LARGEST_FILE = 5_000_000  # bytes

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["localhost", "127.0.0.1", "testserver"],
        DEBUG=False,
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        ROOT_URLCONF=__name__,
        # Good for a try on one's own machine: every start has another one.
        SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY") or os.urandom(32).hex(),
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()

PAGE = """
<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Indeks Inovasi Daerah</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: auto; padding: 1rem }
  table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left }
  .errorlist { color: #a40000 } pre { white-space: pre-wrap }
</style>
<h1>Indeks Inovasi Daerah</h1>
<form method="post" enctype="multipart/form-data">
  {% csrf_token %}{{ form.as_div }}<button>Nilai</button>
</form>
{% if scores %}
<h2>{{ region }}</h2>
<table>
  {% for basis, index, band in scores %}
  <tr><th>{{ basis }}</th><td>{{ index }}</td><td>{{ band }}</td></tr>
  {% endfor %}
</table>
<pre>{{ explanation }}</pre>
{% endif %}
"""


def submission_in(file: UploadedFile) -> ii.Submission:
    """Read an upload; the reader goes by the ending, and nothing else of the name is used."""
    suffix = Path(file.name or "").suffix.casefold()
    if suffix not in SUFFIXES:
        raise ValidationError(f"berkas {', '.join(SUFFIXES)}", code="unknown-suffix")
    if (file.size or 0) > LARGEST_FILE:
        raise ValidationError(f"paling besar {LARGEST_FILE} bita", code="file-too-large")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"upload{suffix}"
        with copy.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        return ii.read_submission(copy)


class SubmissionForm(forms.Form):
    """A file that is a submission without faults under the rules of its year."""

    file = forms.FileField(label="Laporan")
    basis = forms.ChoiceField(
        label="Dasar",
        choices=[("claimed", "klaim"), ("documented", "data dukung"), ("verified", "verifikasi")],
        initial="documented",
    )

    def clean_file(self) -> ii.Submission:
        """Return the submission; each of its faults is an error of the field."""
        try:
            submission = submission_in(self.cleaned_data["file"])
            require_valid(submission, ii.load_edition(f"iid-{submission.year}"))
        except ii.errors.FaultsError as error:
            # One error a fault, so that none hides another.
            raise ValidationError(
                [
                    ValidationError("%(fault)s", code=f.code, params={"fault": f})
                    for f in error.faults
                ]
            ) from None
        except ii.errors.InovasiIndexError as error:
            raise ValidationError("%(error)s", code="refused", params={"error": error}) from None
        return submission


def submit(request: HttpRequest) -> HttpResponse:
    """Show the form, and below it what the submission scores."""
    form = SubmissionForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        submission: ii.Submission = form.cleaned_data["file"]
        code, edition = submission.region.code, ii.load_edition(f"iid-{submission.year}")
        try:
            scores = {b: ii.score(submission, edition, basis=b)[code] for b in ii.Basis}
        except ii.errors.IncompleteEditionError as error:
            form.add_error(None, ValidationError("%(error)s", params={"error": error}))
        else:
            chosen = scores[ii.Basis(form.cleaned_data["basis"])]
            context |= {
                "region": submission.region.name,
                "scores": [
                    (basis, number(one.index, Language.INDONESIAN), one.band_if_known or "?")
                    for basis, one in scores.items()
                ],
                "explanation": chosen.explain().to_text("id"),
            }
    page = engines["django"].from_string(PAGE).render(context, request)
    return HttpResponse(page, status=200 if not form.is_bound or form.is_valid() else 422)


urlpatterns = [path("", submit)]

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
