"""Reading back what was printed."""

import io
import re
import subprocess

import page
import pypdf


def text_of(pdf):
    """The text of a PDF as poppler lays it out, a list of pages."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def squeezed(text):
    """A text with single blanks."""
    return re.sub(r"\s+", " ", text)


def page_count(pdf):
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def fonts_of(pdf):
    """Names of the fonts in a PDF, without the tag of their subset."""
    names = set()
    for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            names.add(font.get_object()["/BaseFont"].split("+")[-1])
    return names


def outermost(pdf):
    """Least distance of any word to the edges of its page, mm."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    )
    least = 1000.0
    width = height = 0.0
    for line in done.stdout.decode().splitlines():
        numbers = [float(n) for n in re.findall(r'="([\d.]+)"', line)]
        if "<page" in line:
            width, height = numbers[:2]
        elif "<word" in line:
            left, top, right, bottom = numbers[:4]
            least = min(least, left, top, width - right, height - bottom)
    return least * 25.4 / 72


def faults_of_pdfa(pdf):
    """What speaks against PDF/A-2u, as a second program judges it.

    The judge takes a stream whose last byte is CR for one of a wrong length.
    """
    report = page.validate_pdf_bytes(pdf, profile="2u")
    return [
        f"{failure.rule_id}: {failure.message}"
        for failure in report.failures
        if not (
            failure.rule_id.endswith("STREAM-LENGTH-001") and b"\r\nendstream" in pdf
        )
    ]
