"""Turns HTML into PDF/A by WeasyPrint, in a process of its own with limits.

Started by :mod:`printing` as a script, never imported: it knows nothing of Odoo, so that
a page that eats memory or time takes nobody with it. One JSON job comes by the standard
input, the answer goes out as a line of JSON (lengths) and the bytes of the documents.

Only files below the static folders that the job names are read; nothing is fetched.
"""

import json
import resource
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_URL = "http://addons.invalid/"
PDF_VARIANT = "pdf/a-2u"
# Exit codes that printing.py translates.
MISSING, REFUSED, OUT_OF_MEMORY = 3, 4, 5


def main():
    job = json.load(sys.stdin)
    limit(job)
    try:
        import pydyf
        import weasyprint
        from weasyprint.urls import (
            FatalURLFetchingError,
            URLFetcher,
            URLFetcherResponse,
        )
    except (ImportError, OSError) as error:
        # OSError: Pango's library is not there
        leave(MISSING, str(error))

    class OwnFiles(URLFetcher):
        """Reads what lies in our addons or in the page itself, and nothing else."""

        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = own_file(url, job["folders"])
            if path is None:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, path.read_bytes())

    def finish(_document, pdf):
        """PDF/A wants its metadata readable."""
        for part in pdf.objects:
            if isinstance(part, pydyf.Stream) and part.extra.get("Type") == "/Metadata":
                part.compress = False

    try:
        documents = [
            weasyprint.HTML(
                string=source["html"], base_url=BASE_URL, url_fetcher=OwnFiles()
            ).write_pdf(
                finisher=finish,
                pdf_variant=PDF_VARIANT,
                pdf_identifier=source["identifier"].encode(),
            )
            for source in job["documents"]
        ]
    except FatalURLFetchingError as error:
        leave(REFUSED, str(error))
    answer = {"lengths": [len(document) for document in documents]}
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode() + b"\n")
    for document in documents:
        out.write(document)
    out.flush()


def limit(job):
    """Let the system stop what wants too much."""
    memory = job["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    seconds = job["seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def own_file(url, folders):
    """The file of an address ``/ADDON/static/…``, or None when it is not ours."""
    address = urlsplit(url)
    addon, _, rest = unquote(address.path).lstrip("/").partition("/")
    if not url.startswith(BASE_URL) or addon not in folders:
        return None
    folder = Path(folders[addon]).resolve()
    path = (folder.parent / rest).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


def leave(code, text):
    sys.stderr.write(text)
    sys.exit(code)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        leave(OUT_OF_MEMORY, "out of memory")
