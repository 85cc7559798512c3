"""Rules of the repository: what a school copies is whole and names no machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ADDONS = ("school_ejournal", "school_ejournal_portal", "school_ejournal_reports")
MANIFEST_KEYS = {
    "name",
    "summary",
    "version",
    "category",
    "author",
    "license",
    "depends",
}
# Written so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w./-])/(?:wor[k]|roo[t]|hom[e]/\w+|Users/\w+)/\w",
    "a registry's host": r"\b(?:registry\.npmj[s]|pypi\.or[g]|pythonhoste[d]|deb\.debia[n])\b",
    "a note without an owner": r"\b(?:TOD[O]|FIXM[E]|XX[X])\b(?!\()",
    "a merge left open": r"^(?:<{7} |>{7} )",
}


def tracked_files():
    """Return the text files that git knows, as paths relative to the root."""
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def text_of(name):
    """Return the file's text, or '' for pictures, fonts and other binary files."""
    data = (ROOT / name).read_bytes()
    return "" if b"\0" in data[:8000] else data.decode("utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = [
        f"{name}: {match.group()}"
        for name in tracked_files()
        if "/static/lib/" not in name
        for match in pattern.finditer(text_of(name))
    ]
    assert found == []


@pytest.mark.parametrize("addon", ADDONS)
def test_addon_is_complete(addon):
    folder = ROOT / addon
    manifest = ast.literal_eval(
        (folder / "__manifest__.py").read_text(encoding="utf-8")
    )
    assert set(manifest) >= MANIFEST_KEYS
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert (folder / "README.rst").read_text(encoding="utf-8").startswith("===")
    missing = [
        name for name in manifest.get("data", []) if not (folder / name).is_file()
    ]
    assert missing == []


def test_addons_have_one_version():
    """They are copied together; a school must not have to find out which fit."""
    versions = {
        ast.literal_eval(
            (ROOT / addon / "__manifest__.py").read_text(encoding="utf-8")
        )["version"]
        for addon in ADDONS
    }
    assert len(versions) == 1


def test_portal_and_reports_do_not_need_each_other():
    for addon, other in (ADDONS[1:], ADDONS[:0:-1]):
        manifest = ast.literal_eval(
            (ROOT / addon / "__manifest__.py").read_text(encoding="utf-8")
        )
        assert other not in manifest["depends"]
        imports = re.compile(rf"odoo\.addons\.{other}\b")
        users = [
            str(path)
            for path in (ROOT / addon).rglob("*.py")
            if imports.search(path.read_text(encoding="utf-8"))
        ]
        assert users == []


def test_links_between_pages_lead_somewhere():
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    lost = [
        f"{name}: {target}"
        for name in tracked_files()
        if name.endswith(".md")
        for target in link.findall(text_of(name))
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert lost == []


def test_scripts_can_be_started():
    """Each script is executable and reads the shared part, so that it stops at the first error."""
    scripts = [
        ROOT / name
        for name in tracked_files()
        if name.startswith("scripts/") and "." not in name
    ]
    assert scripts
    for script in scripts:
        assert script.stat().st_mode & 0o111, script
        assert "lib.sh" in script.read_text(encoding="utf-8"), script


def test_python_requirements_are_pinned():
    for name in ("requirements.txt", "requirements-test.txt", "requirements-lint.txt"):
        lines = [
            line
            for line in text_of(name).splitlines()
            if line and not line.startswith("#")
        ]
        loose = [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]
        assert loose == []
